import type { Fields } from "../fields.ts";

/** A post as an answer or a page has it, with what is needed to read it. */
export interface MblogRecord {
  readonly mblog: Fields;
  /** When the answer came, ISO 8601. */
  readonly seen_at: string;
  readonly long_text?: string;
  readonly sha256: string;
}

/** An address that gave no post. */
export interface MissingPost {
  readonly url: string;
  readonly problem: string;
}
