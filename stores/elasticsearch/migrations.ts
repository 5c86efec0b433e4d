import type { IndexKind } from "./names.ts";

/** What one change of the layout asks of indexes that are there. New ones are made by the layout as it is now. */
export interface Migration {
  readonly what: string;
  /** These only get further fields; documents have them from the next time they are written. */
  readonly extended: readonly IndexKind[];
  /** These are made anew, document by document. */
  readonly anew: readonly IndexKind[];
}

/**
 * Each entry brings the indexes from the layout before it (its place in this list) to the next; the document `layout`
 * of the index `meta` says where they stand. Entries that have been released are never changed.
 */
export const MIGRATIONS: readonly Migration[] = [
  { what: "the first layout", extended: [], anew: [] },
  { what: "an index of captures", extended: [], anew: [] },
  {
    what: "what became of posts: existence, deleted_by, deleted_at, edited_at, revisit_at",
    extended: ["posts"],
    anew: [],
  },
  {
    what: "private accounts by pseudonym in what people see; whole records packed",
    extended: [],
    anew: ["posts", "links", "stories", "traces", "runs", "quarantine", "alerts", "deliveries", "captures"],
  },
  { what: "when posts were collected, in the ledger", extended: ["ledger"], anew: [] },
  { what: "older posts found by their keys", extended: [], anew: ["keys"] },
];
