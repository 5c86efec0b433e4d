import type { PostKeys } from "./finding.ts";
import type { PostId } from "./post.ts";

export interface KeyEntry {
  readonly post: PostId;
  readonly keys: PostKeys;
}

export interface KeyAnswer {
  /** For each entry the other posts that share enough keys with it, entries of the same call included. */
  readonly candidates: readonly (readonly PostId[])[];
  /**
   * Posts whose earlier candidates may no longer hold, because a key they share has become a hub. Their stories are
   * to be traced again; the trace asks `share` of each link that rests on wording.
   */
  readonly unsettled: readonly PostId[];
}

/**
 * Finds the posts that share keys. Adding comes before asking, in one step, so that of two posts analysed at once
 * at least one sees the other (invariant 4). Which pairs share enough is decided by the posts that are there and
 * never by the order in which they came (invariant 1).
 */
export interface KeyIndex {
  addAndAsk(entries: readonly KeyEntry[]): Promise<KeyAnswer>;
  /** Whether each pair still shares enough keys, as the index stands now. */
  share(pairs: readonly (readonly [PostId, PostId])[]): Promise<readonly boolean[]>;
  /** Adds without asking: restores the index from the store. */
  restore(entries: Iterable<KeyEntry>): Promise<void>;
  readonly size: number;
}
