import type { PostKeys } from "./finding.ts";
import type { PostId } from "./post.ts";

export interface KeyEntry {
  readonly post: PostId;
  readonly keys: PostKeys;
}

/**
 * Finds the posts that share keys. Adding comes before asking, in one step, so that of two posts analysed at once
 * at least one sees the other (invariant 4).
 */
export interface KeyIndex {
  /** For each entry the other posts that share enough keys with it, entries of the same call included. */
  addAndAsk(entries: readonly KeyEntry[]): Promise<readonly (readonly PostId[])[]>;
  /** Adds without asking: restores the index from the store. */
  restore(entries: Iterable<KeyEntry>): Promise<void>;
  readonly size: number;
}
