/**
 * A set of 32-bit hashes that is emptied at no cost, for work that is done once a text. Open addressing; a slot counts
 * only while it bears the mark of the present content.
 */
export class HashSet {
  #slots = new Uint32Array(1 << 12);
  #marks = new Uint32Array(1 << 12);
  #mark = 0;
  /** Of a small content only the first slots are used, which stay near by. */
  #mask = 0;

  /** Empties the set and makes room for so many. */
  begin(count: number): void {
    const length = 2 ** (32 - Math.clz32(count * 2));
    this.#mask = length - 1;
    if (this.#slots.length < length) {
      this.#slots = new Uint32Array(length);
      this.#marks = new Uint32Array(length);
      this.#mark = 0;
    }
    this.#mark = (this.#mark + 1) >>> 0;
    // After 2^32 contents old marks would come up again.
    if (this.#mark === 0) {
      this.#marks.fill(0);
      this.#mark = 1;
    }
  }

  /** Whether the hash is new. */
  add(hash: number): boolean {
    const slot = this.#slot(hash);
    if (this.#marks[slot] === this.#mark) return false;
    this.#marks[slot] = this.#mark;
    this.#slots[slot] = hash;
    return true;
  }

  has(hash: number): boolean {
    return this.#marks[this.#slot(hash)] === this.#mark;
  }

  #slot(hash: number): number {
    const mask = this.#mask;
    let slot = hash & mask;
    while (this.#marks[slot] === this.#mark && this.#slots[slot] !== hash) slot = (slot + 1) & mask;
    return slot;
  }
}
