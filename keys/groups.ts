import { NOTHING } from "./lists.ts";
import { longer } from "./longer.ts";

/**
 * The posts of each wording, as chains: one number a post. The representatives, lowest first, stand at the front of
 * their chain; the others follow in no order.
 */
export class Groups {
  readonly #representatives: number;
  readonly #before: (a: number, b: number) => boolean;
  #first = new Int32Array(1 << 10).fill(NOTHING);
  #sizes = new Uint32Array(1 << 10);
  #next = new Int32Array(1 << 10);

  constructor(representatives: number, before: (a: number, b: number) => boolean) {
    this.#representatives = representatives;
    this.#before = before;
  }

  /** Puts a post into a group. Returns the representative that it displaced, or NOTHING. */
  join(group: number, post: number): number {
    this.#reserve(group, post);
    const size = this.#sizes[group]!++;
    let before = NOTHING;
    let after = this.#first[group]!;
    let place = 0;
    while (place < this.#representatives && after !== NOTHING && this.#before(after, post)) {
      before = after;
      after = this.#next[after]!;
      place++;
    }
    this.#next[post] = after;
    if (before === NOTHING) this.#first[group] = post;
    else this.#next[before] = post;
    if (place === this.#representatives || size < this.#representatives) return NOTHING;
    return this.#at(group, this.#representatives);
  }

  /** Takes a post out of its group. Returns who represents it in its place, or NOTHING. */
  leave(group: number, post: number): number {
    let before = NOTHING;
    let place = 0;
    for (let at = this.#first[group]!; at !== post; at = this.#next[at]!) {
      before = at;
      place++;
    }
    this.#sizes[group]!--;
    this.#unhook(group, before, post);
    const size = this.#sizes[group]!;
    if (place >= this.#representatives || size < this.#representatives) return NOTHING;
    // The lowest of the others goes to the end of the representatives.
    const last = this.#representatives > 1 ? this.#at(group, this.#representatives - 2) : NOTHING;
    let lowest = last === NOTHING ? this.#first[group]! : this.#next[last]!;
    let beforeLowest = last;
    for (let prior = lowest, at = this.#next[prior]!; at !== NOTHING; prior = at, at = this.#next[at]!) {
      if (!this.#before(at, lowest)) continue;
      lowest = at;
      beforeLowest = prior;
    }
    this.#unhook(group, beforeLowest, lowest);
    if (last === NOTHING) {
      this.#next[lowest] = this.#first[group]!;
      this.#first[group] = lowest;
    } else {
      this.#next[lowest] = this.#next[last]!;
      this.#next[last] = lowest;
    }
    return lowest;
  }

  size(group: number): number {
    return this.#sizes[group] ?? 0;
  }

  isRepresentative(group: number, post: number): boolean {
    let at = this.#first[group]!;
    for (let i = 0; i < this.#representatives && at !== NOTHING; i++) {
      if (at === post) return true;
      at = this.#next[at]!;
    }
    return false;
  }

  /** The first post of a group, of which the representatives are the first, or NOTHING. */
  first(group: number): number {
    return this.#first[group]!;
  }

  /** The post that follows in the same group, or NOTHING. */
  after(post: number): number {
    return this.#next[post]!;
  }

  representatives(group: number): readonly number[] {
    const found: number[] = [];
    for (let at = this.#first[group]!; at !== NOTHING; at = this.#next[at]!) {
      if (found.push(at) === this.#representatives) break;
    }
    return found;
  }

  #at(group: number, place: number): number {
    let at = this.#first[group]!;
    for (let i = 0; i < place; i++) at = this.#next[at]!;
    return at;
  }

  #unhook(group: number, before: number, post: number): void {
    if (before === NOTHING) this.#first[group] = this.#next[post]!;
    else this.#next[before] = this.#next[post]!;
  }

  #reserve(group: number, post: number): void {
    if (this.#first.length <= group) {
      this.#first = longer(this.#first, NOTHING);
      this.#sizes = longer(this.#sizes);
    }
    if (this.#next.length <= post) this.#next = longer(this.#next);
  }
}
