import type { PostKeys } from "../contracts/finding.ts";
import { enoughPassages, type KeyRules, mostPassages } from "../contracts/keys.ts";
import { BECAME_HUB, Lists, NO_HUB_NOW, NOTHING } from "./lists.ts";
import { longer } from "./longer.ts";
import { Shelf } from "./shelf.ts";
import { Tally } from "./tally.ts";
import { WordingNumbers } from "./wording-numbers.ts";

/** In the count of who is met: passages that are no hubs, below; whether a hub is among them; and bands, above. */
const HUB = 2 ** 25;
const BAND = 2 ** 26;

/** What a wording's coming or going did to others. */
export interface Effects {
  /** Wordings of which at least one pair is alike no longer. */
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
  #nearAt = new Uint32Array(1 << 10);
  /** A bit for each wording that one was ever alike to, one of 32: what was not alike cannot be parted. */
  #partners = new Uint32Array(1 << 10);
  #nearCounts = new Uint8Array(1 << 10);
  readonly #rules: Pick<KeyRules, "passage" | "near">;
  readonly #passages: Lists;
  readonly #near: Lists;
  readonly #tally = new Tally();
  /** Of the passages of the wording that is looked at, which are hubs. */
  #isHub = new Uint8Array(1 << 10);

  constructor(rules: Pick<KeyRules, "passage" | "near">) {
    const before = (a: number, b: number) => this.#numbers.of(a) < this.#numbers.of(b);
    this.#rules = rules;
    this.#passages = new Lists(rules.passage, before, HUB);
    this.#near = new Lists(rules.near, before);
  }

  /** The place of a wording; it is made known by its first post. */
  place(keys: PostKeys, number: number): number {
    const known = this.#numbers.find(number);
    if (known !== NOTHING) return known;
    const place = this.#numbers.add(number);
    this.#reserve(place);
    this.#passagesAt[place] = this.#runs.put(keys.passages);
    this.#passageCounts[place] = keys.passages.length;
    this.#nearAt[place] = this.#runs.put(keys.near);
    this.#nearCounts[place] = keys.near.length;
    return place;
  }

  /** How many carry a passage of the wording that joined last, if that is a number to tell; else zero. */
  get reached(): number {
    return this.#passages.reached;
  }

  number(wording: number): number {
    return this.#numbers.of(wording);
  }

  /** Puts a wording on its lists and says which others it is alike to. */
  join(wording: number, { parted }: Effects): readonly number[] {
    const tally = this.#tally;
    this.#passages.reached = 0;
    const changed: [Lists, number, number][] = [];
    for (const [lists, keys, weight] of this.#listsOf(wording)) {
      lists.touch(keys);
      for (let i = 0; i < keys.length; i++) {
        const change = lists.join(keys[i]!, wording, tally, weight);
        if (change !== NOTHING) changed.push([lists, keys[i]!, change]);
      }
    }
    const alike = this.#alike(wording);
    for (const [lists, key, change] of changed) this.#part(lists, key, change, parted);
    return alike;
  }

  /** The wordings that one on its lists is alike to. */
  ask(wording: number): readonly number[] {
    for (const [lists, keys, weight] of this.#listsOf(wording))
      for (let i = 0; i < keys.length; i++) lists.ask(keys[i]!, wording, this.#tally, weight);
    return this.#alike(wording);
  }

  /** Takes a wording off its lists, when its last post has changed. */
  leave(wording: number, { again }: Effects): void {
    for (const [lists, keys] of this.#listsOf(wording)) {
      for (let i = 0; i < keys.length; i++) {
        const change = lists.leave(keys[i]!, wording);
        if (change === NO_HUB_NOW) for (const member of lists.members(keys[i]!)) again.add(member);
        else if (change !== NOTHING) again.add(change);
      }
    }
  }

  areAlike(a: number, b: number): boolean {
    const [first, second] = [this.#passagesOf(a), this.#passagesOf(b)];
    const enough = enoughPassages(first.length, second.length);
    let [open, hubs] = [0, 0];
    let inPassage = false;
    for (let i = 0, j = 0; i < first.length && j < second.length; ) {
      const [one, other] = [first[i]!, second[j]!];
      if (one <= other) i++;
      if (other <= one) j++;
      if (one !== other) continue;
      if (this.#passages.isHub(one)) hubs++;
      else if (++open >= enough) return true;
      inPassage ||= this.#passages.meet(one, a, b);
    }
    const inBand = this.#meetInBand(a, b);
    if (hubs === 0 || !(inBand || inPassage)) return inBand;
    return open + hubs >= mostPassages(first.length, second.length, inBand ? "inBand" : "inPassage");
  }

  /** Notes one wording of each pair that a change of a hub has parted. */
  #part(lists: Lists, key: number, change: number, parted: Set<number>): void {
    const members = lists.members(key);
    const near = lists === this.#near;
    // Representatives go on to meet all. But a passage that is a hub now counts for less, theirs as well.
    const { representatives } = this.#rules[near ? "near" : "passage"];
    const others = near || change !== BECAME_HUB ? members.subarray(representatives) : members;
    const changed = change === BECAME_HUB ? others : [change];
    const partners = this.#partners;
    for (const a of changed) {
      const own = partners[a]!;
      if (own === 0 || parted.has(a)) continue;
      const bit = bitOf(a);
      for (const b of others) {
        if ((own & bitOf(b)) === 0 || (partners[b]! & bit) === 0 || a === b || this.areAlike(a, b)) continue;
        parted.add(a);
        break;
      }
    }
  }

  #meetInBand(a: number, b: number): boolean {
    const [nearA, nearB] = [this.#nearOf(a), this.#nearOf(b)];
    for (let i = 0; i < nearA.length && i < nearB.length; i++)
      if (nearA[i] === nearB[i] && this.#near.meet(nearA[i]!, a, b)) return true;
    return false;
  }

  /** How many hubs are among the passages that the wording looked at and another have in common; 1 at most if `any`. */
  #hubsInCommon(wording: number, other: number, any: boolean): number {
    const [first, second] = [this.#passagesOf(wording), this.#passagesOf(other)];
    let hubs = 0;
    for (let i = 0, j = 0; i < first.length && j < second.length; ) {
      const [one, another] = [first[i]!, second[j]!];
      if (one === another && this.#isHub[i] === 1) {
        hubs++;
        if (any) return hubs;
      }
      if (one <= another) i++;
      if (another <= one) j++;
    }
    return hubs;
  }

  /** Reads off the tally who is alike, and clears it. */
  #alike(wording: number): readonly number[] {
    const { counts, met, size } = this.#tally;
    const own = this.#passageCounts[wording]!;
    const found: number[] = [];
    // How many of its passages are hubs: looked for once, and only where it could matter.
    let hubs = -1;
    for (let i = 0; i < size; i++) {
      const other = met[i]!;
      const count = counts[other]!;
      counts[other] = 0;
      const others = this.#passageCounts[other]!;
      const enough = enoughPassages(own, others);
      const open = count & (HUB - 1);
      if (enough === 0 || open < enough) {
        if (hubs < 0) hubs = this.#markHubs(wording);
        const inBand = count >= BAND;
        if (hubs === 0 && !inBand) continue;
        if (hubs > 0) {
          const wanted = mostPassages(own, others, inBand ? "inBand" : "inPassage") - open;
          const meet = inBand || open > 0 || (count & HUB) !== 0;
          const mayBe = meet && hubs >= wanted;
          if (!mayBe && !inBand) continue;
          const common = this.#hubsInCommon(wording, other, !mayBe);
          if (common === 0 ? !inBand : !mayBe || common < wanted) continue;
        }
      }
      found.push(other);
      this.#partners[other]! |= bitOf(wording);
      this.#partners[wording]! |= bitOf(other);
    }
    this.#tally.size = 0;
    return found;
  }

  /** Marks which of a wording's passages are hubs, and says how many. */
  #markHubs(wording: number): number {
    const passages = this.#passagesOf(wording);
    if (this.#isHub.length < passages.length) this.#isHub = new Uint8Array(passages.length * 2);
    let hubs = 0;
    for (let i = 0; i < passages.length; i++) {
      const hub = this.#passages.isHub(passages[i]!);
      this.#isHub[i] = hub ? 1 : 0;
      if (hub) hubs++;
    }
    return hubs;
  }

  #listsOf(wording: number): readonly (readonly [Lists, Uint32Array, number])[] {
    return [
      [this.#near, this.#nearOf(wording), BAND],
      [this.#passages, this.#passagesOf(wording), 1],
    ];
  }

  #passagesOf(wording: number): Uint32Array {
    return this.#runs.at(this.#passagesAt[wording]!, this.#passageCounts[wording]!);
  }

  #nearOf(wording: number): Uint32Array {
    return this.#runs.at(this.#nearAt[wording]!, this.#nearCounts[wording]!);
  }

  #reserve(place: number): void {
    this.#tally.reserve(place + 1);
    if (this.#passagesAt.length > place) return;
    this.#passagesAt = longer(this.#passagesAt);
    this.#passageCounts = longer(this.#passageCounts);
    this.#nearAt = longer(this.#nearAt);
    this.#partners = longer(this.#partners);
    this.#nearCounts = longer(this.#nearCounts);
  }
}

/** The bit that stands for a wording among the partners of others. */
function bitOf(wording: number): number {
  return 1 << (Math.imul(wording, 0x9e3779b1) >>> 27);
}
