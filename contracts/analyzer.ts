import type { ComponentInfo } from "./component.ts";
import type { Post } from "./post.ts";

/**
 * A pure judgement of one post in the light of others that share its keys. Same in, same out; the order of
 * `past` plays no part; input is never changed.
 */
export interface Analyzer<Options, Finding> {
  readonly info: ComponentInfo<Options>;
  /** Raised when findings change: stored findings name it. */
  readonly version: number;
  /** Run as a test and printed as the manual. */
  readonly example: { readonly post: Post; readonly past: readonly Post[]; readonly finding: Finding };
  analyze(post: Post, past: readonly Post[], options: Options): Finding;
}
