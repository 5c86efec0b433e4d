/**
 * Lists of post numbers by 32-bit key, in typed arrays: open addressing for the keys, and for each key one contiguous
 * list in an arena, so that walking a list touches memory in order. Lists grow by doubling; outgrown places are used
 * again by lists of that size.
 */
export class Postings {
  #keys = new Uint32Array(1 << 12);
  /** Where a key's list begins in the arena, plus one; zero marks a free slot. */
  #starts = new Uint32Array(1 << 12);
  #counts = new Uint32Array(1 << 12);
  #used = 0;
  #arena = new Int32Array(1 << 14);
  #end = 0;
  /** Places given up, by the binary logarithm of their capacity. */
  readonly #free: number[][] = [];

  /** Puts a post on a key's list and says how long the list is now. The caller never adds a post twice. */
  add(key: number, post: number): number {
    if (this.#used * 2 >= this.#keys.length) this.#grow();
    const slot = this.#slot(key);
    const count = this.#counts[slot]!;
    if (this.#starts[slot] === 0) {
      this.#keys[slot] = key;
      this.#used++;
      this.#starts[slot] = this.#place(0) + 1;
    } else if (count > 0 && (count & (count - 1)) === 0) this.#move(slot, count);
    this.#arena[this.#starts[slot]! - 1 + count] = post;
    this.#counts[slot] = count + 1;
    return count + 1;
  }

  /** Takes a post off a key's list: for a post whose text has changed. The place keeps its capacity. */
  remove(key: number, post: number): void {
    const slot = this.#slot(key);
    const list = this.list(key);
    const at = list.indexOf(post);
    if (at < 0) return;
    const kept = [...list];
    kept.splice(at, 1);
    // A list of a power of two is taken for full, so the shorter list gets a place of its own size.
    this.#starts[slot] = this.#place(logOfCapacity(kept.length)) + 1;
    this.#arena.set(kept, this.#starts[slot]! - 1);
    this.#counts[slot] = kept.length;
  }

  count(key: number): number {
    return this.#counts[this.#slot(key)]!;
  }

  /** The posts on a key's list: a view that holds until the next `add` or `remove`. */
  list(key: number): Int32Array {
    const slot = this.#slot(key);
    if (this.#starts[slot] === 0) return this.#arena.subarray(0, 0);
    const start = this.#starts[slot]! - 1;
    return this.#arena.subarray(start, start + this.#counts[slot]!);
  }

  /** Counts every post on a key's list once more, and notes those met for the first time. */
  tally(key: number, counts: Uint32Array, met: number[]): void {
    const slot = this.#slot(key);
    const start = this.#starts[slot]! - 1;
    const end = start + this.#counts[slot]!;
    const arena = this.#arena;
    for (let i = start; i < end; i++) {
      const post = arena[i]!;
      if (counts[post]!++ === 0) met.push(post);
    }
  }

  #slot(key: number): number {
    const mask = this.#keys.length - 1;
    for (let slot = (Math.imul(key, 0x9e3779b1) >>> 0) & mask; ; slot = (slot + 1) & mask) {
      if (this.#starts[slot] === 0 || this.#keys[slot] === key) return slot;
    }
  }

  #move(slot: number, count: number): void {
    const from = this.#starts[slot]! - 1;
    const log = logOfCapacity(count);
    const to = this.#place(log + 1);
    this.#arena.copyWithin(to, from, from + count);
    this.#starts[slot] = to + 1;
    this.#free[log] ??= [];
    this.#free[log].push(from);
  }

  /** A place for a list of 2^log posts. */
  #place(log: number): number {
    const free = this.#free[log]?.pop();
    if (free !== undefined) return free;
    const start = this.#end;
    this.#end += 2 ** log;
    if (this.#end > this.#arena.length) {
      const larger = new Int32Array(Math.max(this.#arena.length * 2, this.#end));
      larger.set(this.#arena);
      this.#arena = larger;
    }
    return start;
  }

  #grow(): void {
    const [keys, starts, counts] = [this.#keys, this.#starts, this.#counts];
    this.#keys = new Uint32Array(keys.length * 2);
    this.#starts = new Uint32Array(keys.length * 2);
    this.#counts = new Uint32Array(keys.length * 2);
    for (let old = 0; old < keys.length; old++) {
      if (starts[old] === 0) continue;
      const slot = this.#slot(keys[old]!);
      this.#keys[slot] = keys[old]!;
      this.#starts[slot] = starts[old]!;
      this.#counts[slot] = counts[old]!;
    }
  }
}

function logOfCapacity(count: number): number {
  return count <= 1 ? 0 : 32 - Math.clz32(count - 1);
}
