import { en } from "./en.ts";
import { fr } from "./fr.ts";

/** The words of reports in one language. */
export type Messages = typeof en;

export const LANGUAGES = ["en", "fr"] as const;
export type ReportLanguage = (typeof LANGUAGES)[number];

export const MESSAGES: Readonly<Record<ReportLanguage, Messages>> = { en, fr };
