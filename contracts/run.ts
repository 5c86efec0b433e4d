/**
 * Where an item of a run ended, exactly one of: `added` (new), `undated` (new, but its time is missing or cannot
 * be true, so it is only known to have been seen), `changed` (known, with new content), `known` (seen before),
 * `rejected` (no post: in quarantine with the reason and the raw record).
 */
export const BUCKETS = ["added", "undated", "changed", "known", "rejected"] as const;
export type Bucket = (typeof BUCKETS)[number];

/** What records are looked at for: how many there were that make posts, and how many of them carried each. */
export const CARRIED = [
  "records",
  "title",
  "text",
  "date",
  "account",
  "url",
  "media",
  "counts",
  "references",
] as const;
export type Carried = (typeof CARRIED)[number];

/** One execution of a collection: what was asked, what came, what failed. */
export interface Run {
  readonly run: string;
  readonly source: string;
  readonly collector: string;
  readonly started_at: string;
  readonly ended_at: string | null;
  readonly status: "running" | "done" | "failed" | "interrupted";
  /** Items seen; always the sum of the buckets. */
  readonly seen: number;
  readonly buckets: Readonly<Record<Bucket, number>>;
  /** Fields nobody knows, with how many records carried them. */
  readonly unknown_fields: Readonly<Record<string, number>>;
  readonly problems: readonly string[];
  /** Left out by runs of before it was counted. */
  readonly carried?: Readonly<Record<Carried, number>>;
  /** How a file was found to be written. */
  readonly read_as?: string;
}

/** A record or job set aside: nothing is dropped. */
export interface Quarantined {
  readonly id: string;
  readonly run: string;
  readonly source: string;
  readonly where: string;
  readonly reason: string;
  readonly raw: string;
  readonly at: string;
}

/** What the runs of one source add up to. */
export interface RunSummary {
  readonly runs: number;
  readonly first_at: string;
  /** When a run last brought something new; null when none ever did. */
  readonly last_new_at: string | null;
  /** Since then: how many runs ended, how many of them failed, and what the last one failed of. */
  readonly since: number;
  readonly failed: number;
  readonly problem: string | null;
}
