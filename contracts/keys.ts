import type { PostKeys } from "./finding.ts";
import type { Pair, Pairs } from "./pairs.ts";
import type { PostId } from "./post.ts";

/**
 * How many may meet, the same for every key index. **Posts** of one wording form a group; its representatives are the
 * posts whose ids have the lowest `hashName`, equal ones by id. **Wordings** that carry a passage form its list; beyond
 * `hub` of them the list is a hub, and its representatives are the wordings of the lowest numbers (of a name's list,
 * the posts whose ids hash lowest). A choice by hash depends on which posts there are and never on their order, and
 * changes about K·ln(n/K) times in n arrivals.
 */
export interface KeyRules {
  /** Posts of one wording: representatives meet the whole group, the others only them. */
  readonly group: { readonly representatives: number };
  readonly passage: PassageRule;
  readonly name: ListRule;
}

/** Who of a list's members meets whom. `hub` is at least 2 and at least `representatives`, which are at least 1. */
export interface ListRule {
  /** More members than this make a hub. */
  readonly hub: number;
  /** Through a hub its lowest members meet all, and the others only them. */
  readonly representatives: number;
}

export interface PassageRule extends ListRule {
  /** A passage that more wordings carry is common: alone it ties nothing. At least 2 and at most `hub`. */
  readonly common: number;
}

export const KEY_RULES: KeyRules = {
  group: { representatives: 8 },
  // What more than 32 carry is a slogan, a footer, a common phrase, or very widely copied; what more than 512 do as well,
  // but there are too many to meet each other.
  passage: { common: 32, hub: 512, representatives: 8 },
  // An address that more posts call their own, a picture that more posts show.
  name: { hub: 64, representatives: 8 },
};

/** Two wordings must have this share of the shorter one's passages in common, at least two and … */
const ENOUGH = 0.12;
/** … at most so many: a paragraph lifted out of a long article is a small share of both. */
const ENOUGH_AT_MOST = 6;

/** How many passages two wordings must have in common, by how many each has; none are never enough. */
export function enoughPassages(a: number, b: number): number {
  const shorter = Math.min(a, b);
  const share = Math.ceil(shorter * ENOUGH);
  return Math.min(shorter, Math.max(2, Math.min(share, ENOUGH_AT_MOST)));
}

/** Where common passages are among what two wordings share, it must be most of what the shorter one says, … */
export const MOST = 0.7;
/** … and where a hub is among them, next to all of what the longer one says; … */
export const NEXT_TO_ALL = 0.9;
/** … in any case so many. */
export const LEAST_OF_MOST = 3;

/** How many passages two wordings must have in common where common ones, or a hub, are among them, by how many each has. */
export function mostPassages(a: number, b: number, hub: boolean): number {
  const most = hub ? Math.max(a, b) * NEXT_TO_ALL : Math.min(a, b) * MOST;
  return Math.max(LEAST_OF_MOST, Math.ceil(most));
}

export interface KeyEntry {
  readonly post: PostId;
  readonly keys: PostKeys;
}

export interface KeyAnswer {
  /**
   * The pairs to compare: of each entry with every other post that shares enough with it, entries of the same call
   * included, and pairs that came back because a changed post has left a hub. A pair may come twice.
   */
  readonly pairs: Pairs;
  /**
   * At least one post of every pair that shared enough before and does not any more, and perhaps others. Their stories
   * are to be traced again; the trace asks `share` of each link.
   */
  readonly unsettled: readonly PostId[];
  /** Where so many carry the same that representatives must do, told when their number reaches a power of ten. */
  readonly crowded: readonly Crowd[];
}

export interface Crowd {
  readonly what: "wording" | "passage";
  readonly count: number;
  /** The post that made the number full. */
  readonly post: PostId;
}

/**
 * Finds the posts that share keys. Adding comes before asking, in one atomic step, so that of two posts analysed at
 * once at least one sees the other (invariant 4). Which pairs share enough is decided by the posts that are there and
 * never by the order in which they came (invariant 1):
 *
 * - Two wordings **meet** if they have a passage in common whose list is no hub, or which one of them represents.
 * - Two wordings are **alike** if `enoughPassages` that they have in common are not common. Where common ones are among
 *   them, they must meet and have `mostPassages` in common: what many carry, a footer or a slogan, joins only those that
 *   say little else.
 * - Two posts of one wording share enough if one of them represents it; of two alike wordings, if each represents its
 *   own.
 * - Two posts share enough if one has an own name that the other refers to and no more than `name.hub` posts have that
 *   name, or it is among those whose ids hash lowest; or if both show the same and meet in that list.
 *
 * Adding a post never makes two others share enough, so asking once, when the later of two comes, finds every pair.
 */
export interface KeyIndex {
  /** An entry of a post that is known takes the place of its old keys. */
  addAndAsk(entries: readonly KeyEntry[]): Promise<KeyAnswer>;
  /** Whether each pair shares enough as the index stands now. Of a post that it does not know it cannot tell: true. */
  share(pairs: readonly Pair[]): Promise<readonly boolean[]>;
  /**
   * Changes when the index was lost and filled again from the store. What was added before and was not in the store
   * then is missing: it is to be added, and asked for, once more.
   */
  generation(): Promise<string>;
  /** Adds without asking: restores the index from the store. */
  restore(entries: Iterable<KeyEntry>): Promise<void>;
  /** Lets go of posts that are being taken away, as if they had never come. */
  forget(posts: readonly PostId[]): Promise<void>;
  readonly size: number;
}
