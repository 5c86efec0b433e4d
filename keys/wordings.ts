import type { PostKeys } from "../contracts/finding.ts";
import { enoughPassages, LEAST_OF_MOST, mostPassages, type PassageRule } from "../contracts/keys.ts";
import { isTold, Lists, LOOSENED, NOTHING } from "./lists.ts";
import { longer } from "./longer.ts";
import { Shelf, startOf } from "./shelf.ts";
import { Tally } from "./tally.ts";
import { WordingNumbers } from "./wording-numbers.ts";

/** In the count of who is met: whether in a hub; passages that are not common; and, above, common ones that are no hubs. */
const HUB = 1;
const OPEN = 2;
const COMMON = 2 ** 18;
/** So many common passages, or more. */
const FULL = 2 ** 32 / COMMON - 1;

const NONE: readonly number[] = [];

/** What a wording's coming or going did to others. */
export interface Effects {
  /** Wordings of which at least one pair is alike no longer, and perhaps others. */
  readonly parted: Set<number>;
  /** Wordings that may be alike to more than before. */
  readonly again: Set<number>;
}

/** The distinct wordings, numbered from zero, and which of them are alike: see contracts/keys.ts. */
export class Wordings {
  readonly #numbers = new WordingNumbers();
  readonly #runs = new Shelf();
  #passagesAt = new Uint32Array(1 << 10);
  #passageCounts = new Uint32Array(1 << 10);
  /** The same up to 255, which decides whether few or many are enough: looked at for all who are met, so kept small. */
  #fewPassages = new Uint8Array(1 << 10);
  /** A bit for each wording that one was ever alike to, one of 32: what was not alike cannot be parted. */
  #partners = new Uint32Array(1 << 10);
  readonly #rule: PassageRule;
  readonly #lists: Lists;
  readonly #tally = new Tally();
  /** Of each passage of the wording that is looked at, how many carry it. */
  #carriers = new Uint32Array(1 << 10);
  /** The passages that two wordings have in common: see #inCommon. */
  #shared = new Uint32Array(1 << 10);
  /** How many of them are common, and how many of those are hubs. */
  #common = 0;
  #hubs = 0;
  /** Passages of the wording that joined last, whose lists have become common or hubs by that. */
  #grown: readonly number[] = [];
  /** How many carry a passage of the wording that joined last, if that is a number to tell; else zero. */
  reached = 0;

  constructor(rule: PassageRule) {
    this.#rule = rule;
    this.#lists = new Lists(rule, (a, b) => this.#numbers.of(a) < this.#numbers.of(b));
  }

  /** The place of a wording; it is made known by its first post. */
  place(keys: PostKeys, number: number): number {
    const known = this.#numbers.find(number);
    if (known !== NOTHING) return known;
    const place = this.#numbers.add(number);
    this.#reserve(place);
    this.#passagesAt[place] = this.#runs.put(keys.passages);
    this.#passageCounts[place] = keys.passages.length;
    this.#fewPassages[place] = Math.min(keys.passages.length, 255);
    return place;
  }

  number(wording: number): number {
    return this.#numbers.of(wording);
  }

  /** Puts a wording on its lists and says which others it is alike to. Without `parted` nothing is looked for that goes there. */
  join(wording: number, parted: Effects["parted"] | null): readonly number[] {
    this.reached = 0;
    const changed: [number, number][] = [];
    const passages = this.#begin(wording);
    this.#lists.touch(passages);
    for (let i = 0; i < passages.length; i++) {
      const change = this.#lists.join(passages[i]!, wording, this.#tally, OPEN);
      this.#look(i);
      if (change !== NOTHING) changed.push([passages[i]!, change]);
      if (isTold(this.#lists.carriers)) this.reached = this.#lists.carriers;
    }
    const alike = this.#alike(wording);
    if (parted === null) return alike;
    this.#grown = changed.flatMap(([passage, change]) => (change >= 0 ? [] : [passage]));
    for (const [, change] of changed) if (change >= 0 && this.#partners[change] !== 0) parted.add(change);
    for (let i = 0; i < this.#grown.length; i++) this.#part(i, parted);
    this.#tally.clear();
    return alike;
  }

  /** The wordings that one on its lists is alike to. */
  ask(wording: number): readonly number[] {
    const passages = this.#begin(wording);
    for (let i = 0; i < passages.length; i++) {
      this.#lists.ask(passages[i]!, wording, this.#tally, OPEN);
      this.#look(i);
    }
    return this.#alike(wording);
  }

  /** Takes a wording off its lists, when its last post has changed. */
  leave(wording: number, { again }: Effects): void {
    for (const passage of this.#passagesOf(wording)) {
      const change = this.#lists.leave(passage, wording);
      if (change === LOOSENED) for (const member of this.#lists.members(passage)) again.add(member);
      else if (change !== NOTHING) again.add(change);
    }
  }

  areAlike(a: number, b: number): boolean {
    return this.#shareEnough(a, b, this.#inCommon(a, b), NONE);
  }

  /**
   * Whether two wordings are alike by the passages that were just found in common: as the lists are, or as they were when
   * each of those that have grown had a member less.
   */
  #shareEnough(a: number, b: number, shared: number, grown: readonly number[]): boolean {
    const own = this.#passageCounts[a]!;
    const others = this.#passageCounts[b]!;
    const enough = enoughPassages(own, others);
    if (shared < enough) return false;
    const run = this.#runs.chunkOf(this.#passagesAt[a]!);
    const start = startOf(this.#passagesAt[a]!);
    let open = 0;
    let meet = false;
    let hub = false;
    for (let i = 0; i < shared; i++) {
      const passage = run[start + this.#shared[i]!]!;
      const carriers = this.#lists.size(passage) - (grown.includes(passage) ? 1 : 0);
      if (carriers <= this.#rule.common && ++open >= enough) return true;
      hub ||= carriers > this.#rule.hub;
      meet ||= carriers <= this.#rule.hub || this.#lists.meet(passage, a, b);
    }
    return open < shared && meet && shared >= mostPassages(own, others, hub);
  }

  /**
   * Notes one wording of each pair that a list has parted which has grown. Those who carry one of them often carry the
   * others: who has been looked at for an earlier one bears its mark in the tally.
   */
  #part(grown: number, parted: Set<number>): void {
    const partners = this.#partners;
    const { counts: marks } = this.#tally;
    // Every phrase becomes common once, some a hub, and few pairs rest on it: those are looked for.
    const members = this.#lists.members(this.#grown[grown]!);
    for (let i = 0; i < members.length; i++) {
      const a = members[i]!;
      const own = partners[a]!;
      if (own === 0 || parted.has(a)) continue;
      const bit = bitOf(a);
      for (let j = i + 1; j < members.length; j++) {
        const b = members[j]!;
        if ((marks[a]! & marks[b]!) !== 0) continue;
        if ((own & bitOf(b)) === 0 || (partners[b]! & bit) === 0 || parted.has(b)) continue;
        const shared = this.#inCommon(a, b);
        if (this.#shareEnough(a, b, shared, NONE) || !this.#shareEnough(a, b, shared, this.#grown)) continue;
        parted.add(a);
        break;
      }
    }
    if (grown < 32) for (const member of members) this.#tally.mark(member, 1 << grown);
  }

  #begin(wording: number): Uint32Array {
    const passages = this.#passagesOf(wording);
    if (this.#carriers.length < passages.length) this.#carriers = new Uint32Array(passages.length * 2);
    this.#common = 0;
    this.#hubs = 0;
    return passages;
  }

  /** Notes how many carry the passage that was joined or asked last. */
  #look(passage: number): void {
    const { carriers } = this.#lists;
    this.#carriers[passage] = carriers;
    if (carriers > this.#rule.common) this.#common++;
    if (carriers > this.#rule.hub) this.#hubs++;
  }

  /** Reads off the tally who is alike, and clears it. */
  #alike(wording: number): readonly number[] {
    // Whom it meets in common passages alone it is alike to through no fewer than these.
    const counted = this.#common >= LEAST_OF_MOST;
    if (counted) this.#lists.countCommon(wording, this.#tally, COMMON, HUB);
    this.#lists.forgetCommon();
    const uncounted = counted ? 0 : this.#common;
    const { counts, met, size } = this.#tally;
    const own = this.#passageCounts[wording]!;
    const found: number[] = [];
    for (let i = 0; i < size; i++) {
      const other = met[i]!;
      const count = counts[other]!;
      counts[other] = 0;
      const others = this.#fewPassages[other]!;
      const open = (count % COMMON) >>> 1;
      if (open < enoughPassages(own, others)) {
        if (this.#common === 0) continue;
        const told = Math.floor(count / COMMON);
        // A hub tells only some of those who carry it, so that each of its hubs may be in common, or none.
        const shared = open + told + uncounted;
        const mayBe =
          told === FULL ||
          shared >= mostPassages(own, others, false) ||
          (this.#hubs > 0 && shared + this.#hubs >= mostPassages(own, others, true));
        if (!mayBe || !this.#shareMost(wording, other)) continue;
      }
      found.push(other);
      this.#partners[other]! |= bitOf(wording);
      this.#partners[wording]! |= bitOf(other);
    }
    this.#tally.size = 0;
    return found;
  }

  /** Whether the wording that is looked at and one that it meets have most in common, common passages among it. */
  #shareMost(wording: number, other: number): boolean {
    const own = this.#passageCounts[wording]!;
    const others = this.#passageCounts[other]!;
    const shared = this.#inCommon(wording, other);
    if (shared < mostPassages(own, others, false)) return false;
    let most = 0;
    for (let i = 0; i < shared; i++) most = Math.max(most, this.#carriers[this.#shared[i]!]!);
    return most > this.#rule.common && shared >= mostPassages(own, others, most > this.#rule.hub);
  }

  /** Finds the passages that two wordings have in common, by their places among those of the first, and says how many. */
  #inCommon(a: number, b: number): number {
    const first = this.#runs.chunkOf(this.#passagesAt[a]!);
    const second = this.#runs.chunkOf(this.#passagesAt[b]!);
    const start = startOf(this.#passagesAt[a]!);
    const end = start + this.#passageCounts[a]!;
    let j = startOf(this.#passagesAt[b]!);
    const endOfOthers = j + this.#passageCounts[b]!;
    if (this.#shared.length < end - start) this.#shared = new Uint32Array((end - start) * 2);
    const shared = this.#shared;
    let count = 0;
    for (let i = start; i < end && j < endOfOthers; ) {
      const one = first[i]!;
      const other = second[j]!;
      if (one === other) shared[count++] = i - start;
      if (one <= other) i++;
      if (other <= one) j++;
    }
    return count;
  }

  #passagesOf(wording: number): Uint32Array {
    return this.#runs.at(this.#passagesAt[wording]!, this.#passageCounts[wording]!);
  }

  #reserve(place: number): void {
    this.#tally.reserve(place + 1);
    if (this.#passagesAt.length > place) return;
    this.#passagesAt = longer(this.#passagesAt);
    this.#passageCounts = longer(this.#passageCounts);
    this.#fewPassages = longer(this.#fewPassages);
    this.#partners = longer(this.#partners);
  }
}

/** The bit that stands for a wording among the partners of others. */
function bitOf(wording: number): number {
  return 1 << (Math.imul(wording, 0x9e3779b1) >>> 27);
}
