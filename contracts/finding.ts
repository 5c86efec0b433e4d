import type { PostId } from "./post.ts";

/** BCP 47 tag (`zh-Hans`, `zh-Hant`, `yue`, `en`, … or `und`), with how sure the analyzer is, 0 to 1. */
export interface LanguageFinding {
  readonly lang: string;
  readonly confidence: number;
  /** The second language of a mixed text. */
  readonly second?: string;
}

/**
 * The short values a post can be looked up by. `fingerprints` are hashes of passages of its wording; `names` are
 * exact: `=url:…` and `=post:…` are the post's own, `>url:…` and `>post:…` those it refers to, `~sha256:…` what it
 * shows. An own name meets those who refer to it; a shown one meets the same shown one.
 */
export interface PostKeys {
  readonly fingerprints: Uint32Array;
  readonly names: readonly string[];
}

/** What the analyzers said of one post, beside its links. */
export interface PostFindings {
  readonly post: PostId;
  readonly language: LanguageFinding;
  /** Actor of the registry that the account or domain belongs to. */
  readonly actor: string | null;
  readonly keys: PostKeys;
  /** Analyzer version and config hash: findings of another version are stale. */
  readonly version: string;
}
