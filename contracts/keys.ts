import type { PostKeys } from "./finding.ts";
import type { Pair, Pairs } from "./pairs.ts";
import type { PostId } from "./post.ts";

/**
 * How many may meet, the same for every key index. **Posts** of one wording form a group; its representatives are the
 * posts whose ids have the lowest `hashName`, equal ones by id. **Wordings** that carry a key form its list; beyond
 * `hub` of them the list is a hub, and its representatives are the wordings of the lowest numbers (of a name's list,
 * the posts whose ids hash lowest). A choice by hash depends on which posts there are and never on their order, and
 * changes about K·ln(n/K) times in n arrivals.
 */
export interface KeyRules {
  /** Posts of one wording: representatives meet the whole group, the others only them. */
  readonly group: { readonly representatives: number };
  readonly passage: ListRule;
  readonly near: ListRule;
  readonly name: ListRule;
}

/** Who of a list's members meets whom. `hub` is at least 2 and at least `representatives`, which are at least 1. */
export interface ListRule {
  /** More members than this make a hub. */
  readonly hub: number;
  /** Through a hub its lowest members meet all, and the others only them. */
  readonly representatives: number;
}

export const KEY_RULES: KeyRules = {
  group: { representatives: 8 },
  // A passage that more wordings carry is a slogan, a footer, a common phrase, or very widely copied.
  passage: { hub: 32, representatives: 8 },
  // Wordings that share a band are nearly always near twins, so that more of them may meet.
  near: { hub: 128, representatives: 8 },
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

/**
 * Where hubs are among what two wordings have in common, it must be most of what the shorter one says: this share of its
 * passages, and less for two that meet in a band, which twins of likeness 0.7 have in common.
 */
export const MOST = { inPassage: 0.75, inBand: 0.6 } as const;

/** How many passages two wordings must have in common where hubs are among them, by how many each has. */
export function mostPassages(a: number, b: number, meet: keyof typeof MOST): number {
  return Math.ceil(Math.min(a, b) * MOST[meet]);
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
 * - Two wordings **meet in a key** that both carry if its list is no hub, or one of them represents it.
 * - Two wordings are **alike** if `enoughPassages` that they have in common are no hubs. If no passage in common is a
 *   hub, it is enough that they meet in a band. Where hubs are among them, they must meet, in a passage or in a band, and
 *   have `mostPassages` in common: what very many carry, a footer or a slogan, joins only those that say little else.
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
  readonly size: number;
}
