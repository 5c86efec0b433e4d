import type { ReportLanguage } from "../../reports/messages/index.ts";

export const FORMATS = ["html", "md", "pdf"] as const;
export type ReportFormat = (typeof FORMATS)[number];

export interface ReportOptions {
  readonly lang: ReportLanguage;
  readonly format: ReportFormat;
  /** File to write, `-` for standard output; the reports folder when left out. */
  readonly out?: string;
  /** Show private accounts by name. */
  readonly names?: boolean;
}
