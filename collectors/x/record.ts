import type { Fields } from "../fields.ts";

/** Another post that a post refers to; its content is null where it is not given out. */
export interface Referenced {
  /** `retweeted`, `quoted`, `replied_to`. */
  readonly type: string;
  readonly id: string;
  readonly tweet: Fields | null;
  readonly author: Fields | null;
}

/** One post as `collect` yields it, with what the answer holds of it elsewhere. */
export interface TweetRecord {
  readonly tweet: Fields;
  readonly author: Fields | null;
  readonly referenced: readonly Referenced[];
  readonly media: readonly Fields[];
  readonly polls: readonly Fields[];
  readonly sha256: string;
}
