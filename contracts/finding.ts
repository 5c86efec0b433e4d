import type { PostId } from "./post.ts";

/** BCP 47 tag (`zh-Hans`, `zh-Hant`, `yue`, `en`, … or `und`), with how sure the analyzer is, 0 to 1. */
export interface LanguageFinding {
  readonly lang: string;
  readonly confidence: number;
  /** The second language of a mixed text. */
  readonly second?: string;
}

/**
 * The short values a post can be looked up by, all of them hashes. `own`, `refers` and `shows` are of names (ids, URLs,
 * media hashes): an own name meets those who refer to it, a shown one the same shown one. Arrays are sorted and distinct.
 */
export interface PostKeys {
  /** The whole wording, a whole number below 2^53: what has the same has the same `passages`. Null: no letters. */
  readonly wording: number | null;
  /** Fingerprints of passages (text/fingerprints.ts). */
  readonly passages: Uint32Array;
  readonly own: Uint32Array;
  readonly refers: Uint32Array;
  readonly shows: Uint32Array;
}

/** Why a post belongs to a watch: a narrative that an analyst follows. */
export interface WatchMatch {
  /** The watch's name in the config. */
  readonly watch: string;
  /** `suggested` is for a person to look at; rules count what they are told to. */
  readonly status: "suggested" | "confirmed";
  /** 0 to 1. */
  readonly score: number;
  /** Which queries, terms and patterns matched, as the config writes them. */
  readonly reasons: readonly string[];
}

/** What the analyzers said of one post, beside its links. */
export interface PostFindings {
  readonly post: PostId;
  readonly language: LanguageFinding;
  /** Actor of the registry that the account or domain belongs to. */
  readonly actor: string | null;
  readonly keys: PostKeys;
  /** By name of the watch. */
  readonly watches: readonly WatchMatch[];
  /** Analyzer version and config hash: findings of another version are stale. */
  readonly version: string;
}
