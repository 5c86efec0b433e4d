/**
 * The table is in so many parts, and each grows by itself: growing one table of 20 million keys would stop everything
 * for a second and for that time hold it twice.
 */
const PARTS_LOG = 6;
const FIRST_LOG = 5;
/** Fuller than this a part grows: linear probing stays short up to three quarters. */
const FULL = 0.75;

/** A number for each 32-bit key, zero if none was set. Open addressing; a key and its number lie side by side. */
export class Slots {
  readonly #parts: Uint32Array[] = Array.from(
    { length: 2 ** PARTS_LOG },
    () => new Uint32Array(2 ** (FIRST_LOG + 1)),
  );
  readonly #used = new Uint32Array(2 ** PARTS_LOG);
  #part: Uint32Array = this.#parts[0]!;

  /** The number of a key. */
  find(key: number): number {
    const hash = Math.imul(key, 0x9e3779b1) >>> 0;
    const part = this.#parts[hash >>> (32 - PARTS_LOG)]!;
    return part[place(part, key, hash) + 1]!;
  }

  /**
   * Looks at the places of many keys at once. Each is somewhere else in memory, and a processor fetches places together
   * that do not wait for each other: what is done with them afterwards then finds them near by.
   */
  touch(keys: Uint32Array): number {
    let sum = 0;
    for (let i = 0; i < keys.length; i++) {
      const hash = Math.imul(keys[i]!, 0x9e3779b1) >>> 0;
      const part = this.#parts[hash >>> (32 - PARTS_LOG)]!;
      sum += part[((hash << PARTS_LOG) >>> (Math.clz32(part.length) + 2)) << 1]!;
    }
    return sum;
  }

  /** Where a key's number is kept, until the next claim; set it right after. */
  claim(key: number): number {
    const hash = Math.imul(key, 0x9e3779b1) >>> 0;
    const which = hash >>> (32 - PARTS_LOG);
    let part = this.#parts[which]!;
    let slot = place(part, key, hash);
    if (part[slot + 1] === 0) {
      this.#used[which]! += 1;
      if (this.#used[which]! * 2 > part.length * FULL) {
        part = grown(part);
        this.#parts[which] = part;
        slot = place(part, key, hash);
      }
      part[slot] = key;
    }
    this.#part = part;
    return slot;
  }

  value(slot: number): number {
    return this.#part[slot + 1]!;
  }

  /** Sets a claimed number; never to zero. */
  set(slot: number, value: number): void {
    this.#part[slot + 1] = value;
  }
}

function place(part: Uint32Array, key: number, hash: number): number {
  const mask = part.length - 1;
  // The high bits chose the part; of the others the highest are the best mixed, as many as the part has pairs.
  let slot = ((hash << PARTS_LOG) >>> (Math.clz32(part.length) + 2)) << 1;
  while (part[slot + 1] !== 0 && part[slot] !== key) slot = (slot + 2) & mask;
  return slot;
}

function grown(part: Uint32Array): Uint32Array {
  const larger = new Uint32Array(part.length * 2);
  const mask = larger.length - 1;
  const shift = Math.clz32(larger.length) + 2;
  for (let at = 0; at < part.length; at += 2) {
    const value = part[at + 1]!;
    if (value === 0) continue;
    // All keys differ, so that only an empty place is looked for.
    let slot = ((Math.imul(part[at]!, 0x9e3779b1) << PARTS_LOG) >>> shift) << 1;
    while (larger[slot + 1] !== 0) slot = (slot + 2) & mask;
    larger[slot] = part[at]!;
    larger[slot + 1] = value;
  }
  return larger;
}
