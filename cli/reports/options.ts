import type { ReportLanguage } from "../../reports/messages/index.ts";

export const KINDS = ["story", "sitrep", "after-action", "watch"] as const;
export const FORMATS = ["html", "md", "pdf"] as const;
export type ReportFormat = (typeof FORMATS)[number];

export interface ReportOptions {
  readonly lang: ReportLanguage;
  readonly format: ReportFormat;
  /** File to write, `-` for standard output; the reports folder when left out. */
  readonly out?: string;
  /** First and last day of the period, UTC. */
  readonly from?: string;
  readonly to?: string;
  /** Show private accounts by name. */
  readonly names?: boolean;
}
