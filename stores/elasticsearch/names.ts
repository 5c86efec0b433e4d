import { createHash } from "node:crypto";
import type { Kind } from "../../contracts/store.ts";

/**
 * The indexes. `ledger` holds each post whole with all that is known of it, and is the truth; `posts` is made from it
 * for searching, a month an index. `keys` restores a key index, `versions` keeps former contents, `meta` says which
 * layout the indexes have.
 */
export const INDEXES = [
  "posts",
  "links",
  "stories",
  "traces",
  "runs",
  "quarantine",
  "alerts",
  "deliveries",
  "captures",
  "ledger",
  "keys",
  "versions",
  "cursors",
  "meta",
] as const satisfies readonly (Kind | string)[];
export type IndexKind = (typeof INDEXES)[number];

/**
 * The alias by which an index is read and, months of posts apart, written. What it names is numbered, so that another
 * may take its place.
 */
export function aliasOf(prefix: string, kind: IndexKind): string {
  return `${prefix}-${kind}`;
}

/**
 * What one month of posts is written to: an index of this name, which comes into being with its first post, or once it
 * was made anew an alias of it.
 */
export function monthName(prefix: string, month: string): string {
  return `${prefix}-posts-${month}`;
}

/** Elasticsearch takes ids of up to 512 bytes; a longer one is named by its hash. */
const LONGEST_ID = 512;

export function documentId(id: string): string {
  if (id.length * 3 <= LONGEST_ID || Buffer.byteLength(id) <= LONGEST_ID) return id;
  return `sha256:${createHash("sha256").update(id).digest("hex")}`;
}

/** Posts of earlier years are few and share one index. */
const FIRST_YEAR = 2000;

/** The part of `posts` that holds what was published at `at`, milliseconds. */
export function monthOf(at: number): string {
  if (!Number.isFinite(at)) return "unknown";
  const date = new Date(at);
  if (date.getUTCFullYear() < FIRST_YEAR) return "earlier";
  return date.toISOString().slice(0, 7).replace("-", ".");
}
