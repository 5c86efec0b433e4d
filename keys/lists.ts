import type { ListRule, PassageRule } from "../contracts/keys.ts";
import { Blocks } from "./blocks.ts";
import { Slots } from "./slots.ts";
import type { Tally } from "./tally.ts";

/** What became of a list: nothing; it is now common, or a hub, or that no longer; else the representative that changed. */
export const NOTHING = -1;
export const BECAME_COMMON = -2;
export const BECAME_HUB = -3;
export const LOOSENED = -4;

/** The numbers of members at which a crowd is told: from a thousand on, each power of ten. */
export function isTold(size: number): boolean {
  return size >= 1000 && size % 1000 === 0 && Number.isInteger(Math.log10(size));
}

/**
 * For each 32-bit key the members that carry it. A key of one member, the most common by far, is only a slot; of two
 * and more the slot leads to one contiguous list, so that walking it touches memory in order. A hub's list begins with
 * its representatives, lowest first; everything else is in no order.
 */
export class Lists {
  readonly #common: number;
  readonly #hub: number;
  readonly #representatives: number;
  readonly #before: (a: number, b: number) => boolean;
  readonly #slots = new Slots();
  readonly #blocks = new Blocks();
  /** The common lists of the member that is looked at, whose members are not counted yet. */
  readonly #later: number[] = [];
  /** How many the list has that was joined or asked last. */
  carriers = 0;
  /** Kept only so that the looking is not optimised away. */
  touched = 0;

  constructor(rule: ListRule | PassageRule, before: (a: number, b: number) => boolean) {
    this.#common = "common" in rule ? rule.common : Infinity;
    this.#hub = rule.hub;
    this.#representatives = rule.representatives;
    this.#before = before;
  }

  /** Makes the lists of many keys quick to reach: see Slots. */
  touch(keys: Uint32Array): void {
    this.touched = this.#slots.touch(keys);
  }

  /**
   * Puts a member on a key's list and counts those it meets there, `weight` each; of a common list only when
   * `countCommon` is asked for. The caller never puts one on a list twice.
   */
  join(key: number, member: number, tally: Tally, weight: number): number {
    const slot = this.#slots.claim(key);
    const value = this.#slots.value(slot);
    this.carriers = 1;
    if (value === 0) {
      this.#slots.set(slot, (member << 1) | 1);
      return NOTHING;
    }
    if ((value & 1) === 1) {
      const other = value >>> 1;
      count(tally, other, weight);
      this.#slots.set(slot, this.#blocks.make(other, member) << 1);
      this.carriers = 2;
      return NOTHING;
    }
    const list = this.#blocks.push(value >>> 1, member);
    if (list !== value >>> 1) this.#slots.set(slot, list << 1);
    const change = this.#settle(list, member);
    this.#tally(list, member, tally, weight);
    return change;
  }

  /** Counts those whom a member of the list meets there. */
  ask(key: number, member: number, tally: Tally, weight: number): void {
    const value = this.#slots.find(key);
    this.carriers = value === 0 ? 0 : 1;
    if (value !== 0 && (value & 1) === 0) this.#tally(value >>> 1, member, tally, weight);
  }

  /**
   * Counts those whom a member meets on its common lists: `common` more for each, and the bit `hub` where it is a hub.
   * A count that would grow beyond its bits stays as it is.
   */
  countCommon(member: number, tally: Tally, common: number, hub: number): void {
    const most = 2 ** 32 - common;
    const { cells } = this.#blocks;
    const { counts, met } = tally;
    let { size: found } = tally;
    for (const list of this.#later) {
      const isHub = this.#blocks.size(list) > this.#hub;
      const end = this.#endOfMet(list, member);
      for (let i = list + 1; i < end; i++) {
        const other = cells[i]!;
        if (other === member) continue;
        const before = counts[other]!;
        if (before === 0) met[found++] = other;
        counts[other] = isHub ? before | hub : before < most ? before + common : before;
      }
    }
    tally.size = found;
  }

  /** Leaves the common lists uncounted. */
  forgetCommon(): void {
    this.#later.length = 0;
  }

  /** Counts those whom someone outside the list, who looks for its members, meets there. */
  look(key: number, tally: Tally): void {
    const value = this.#slots.find(key);
    if (value === 0) return;
    if ((value & 1) === 1) count(tally, value >>> 1, 1);
    else this.#tally(value >>> 1, NOTHING, tally, 1);
  }

  /** Takes a member off a list. A changed representative is the one in its place. */
  leave(key: number, member: number): number {
    const slot = this.#slots.claim(key);
    const value = this.#slots.value(slot);
    if (value === ((member << 1) | 1) >>> 0) {
      this.#slots.set(slot, this.#blocks.makeEmpty() << 1);
      return NOTHING;
    }
    const list = value >>> 1;
    const { cells } = this.#blocks;
    const size = this.#blocks.size(list);
    const [first, end] = [list + 1, list + 1 + size];
    const at = cells.indexOf(member, first);
    const represented = size > this.#hub && at - first < this.#representatives;
    this.#blocks.shrink(list);
    if (!represented || size - 1 === this.#hub) {
      cells[at] = cells[end - 1]!;
      return size - 1 === this.#hub || size - 1 === this.#common ? LOOSENED : NOTHING;
    }
    const last = first + this.#representatives - 1;
    let next = last + 1;
    for (let i = next + 1; i < end; i++) if (this.#before(cells[i]!, cells[next]!)) next = i;
    const promoted = cells[next]!;
    cells.copyWithin(at, at + 1, last + 1);
    cells[last] = promoted;
    cells[next] = cells[end - 1]!;
    return promoted;
  }

  /** Whether two members of a list meet there. */
  meet(key: number, a: number, b: number): boolean {
    const value = this.#slots.find(key);
    if (value === 0 || (value & 1) === 1) return false;
    const list = value >>> 1;
    return (
      this.#blocks.size(list) <= this.#hub ||
      this.#isRepresentative(list, a) ||
      this.#isRepresentative(list, b)
    );
  }

  /** Whether a member of a list meets those who look for the list from outside. */
  isMet(key: number, member: number): boolean {
    const value = this.#slots.find(key);
    if (value === 0 || (value & 1) === 1) return value !== 0;
    return this.#blocks.size(value >>> 1) <= this.#hub || this.#isRepresentative(value >>> 1, member);
  }

  size(key: number): number {
    const value = this.#slots.find(key);
    if (value === 0) return 0;
    return (value & 1) === 1 ? 1 : this.#blocks.size(value >>> 1);
  }

  /** All members of a list, a hub's representatives first: a view that holds until the next change. */
  members(key: number): Int32Array {
    const value = this.#slots.find(key);
    if (value === 0) return new Int32Array();
    if ((value & 1) === 1) return Int32Array.of(value >>> 1);
    const list = value >>> 1;
    return this.#blocks.cells.subarray(list + 1, list + 1 + this.#blocks.size(list));
  }

  /** Brings the representatives of a list to its front after its last cell was filled. */
  #settle(list: number, member: number): number {
    const size = this.#blocks.size(list);
    if (size <= this.#hub) return size === this.#common + 1 ? BECAME_COMMON : NOTHING;
    const { cells } = this.#blocks;
    const first = list + 1;
    if (size === this.#hub + 1) {
      const sorted = [...cells.subarray(first, first + size)].sort((a, b) => (this.#before(a, b) ? -1 : 1));
      cells.set(sorted, first);
      return BECAME_HUB;
    }
    const last = first + this.#representatives - 1;
    const displaced = cells[last]!;
    if (!this.#before(member, displaced)) return NOTHING;
    let at = last;
    while (at > first && this.#before(member, cells[at - 1]!)) {
      cells[at] = cells[at - 1]!;
      at--;
    }
    cells[at] = member;
    cells[first + size - 1] = displaced;
    return displaced;
  }

  #isRepresentative(list: number, member: number): boolean {
    const { cells } = this.#blocks;
    const end = list + 1 + this.#representatives;
    for (let i = list + 1; i < end; i++) if (cells[i] === member) return true;
    return false;
  }

  /** Where those end whom a member of the list meets. */
  #endOfMet(list: number, member: number): number {
    const size = this.#blocks.size(list);
    const all = size <= this.#hub || this.#isRepresentative(list, member);
    return list + 1 + (all ? size : this.#representatives);
  }

  #tally(list: number, member: number, tally: Tally, weight: number): void {
    this.carriers = this.#blocks.size(list);
    if (this.carriers > this.#common) {
      this.#later.push(list);
      return;
    }
    const { cells } = this.#blocks;
    const { counts, met } = tally;
    const end = this.#endOfMet(list, member);
    let { size: found } = tally;
    for (let i = list + 1; i < end; i++) {
      const other = cells[i]!;
      if (other === member) continue;
      const before = counts[other]!;
      if (before === 0) met[found++] = other;
      counts[other] = before + weight;
    }
    tally.size = found;
  }
}

function count(tally: Tally, other: number, weight: number): void {
  if (tally.counts[other] === 0) tally.met[tally.size++] = other;
  tally.counts[other]! += weight;
}
