/** Numbers of one chunk; a longer run gets a chunk of its own. 4 MB: little to waste at the end of each. */
const CHUNK = 1 << 20;

const NONE = new Uint32Array();

/**
 * Runs of 32-bit numbers, kept one after the other in large chunks: a million short runs as objects of their own would
 * cost more than what is in them. What is put here stays; a changed post leaves its old run behind.
 */
export class Shelf {
  readonly #chunks: Uint32Array[] = [];
  #used = CHUNK;

  /** Keeps a copy of the run and says where. */
  put(run: Uint32Array): number {
    if (run.length === 0) return 0;
    if (run.length > CHUNK) {
      this.#chunks.push(run.slice());
      this.#used = CHUNK;
      return (this.#chunks.length - 1) * CHUNK;
    }
    if (this.#used + run.length > CHUNK) {
      this.#chunks.push(new Uint32Array(CHUNK));
      this.#used = 0;
    }
    const place = (this.#chunks.length - 1) * CHUNK + this.#used;
    this.#chunks.at(-1)!.set(run, this.#used);
    this.#used += run.length;
    return place;
  }

  /** The run of this length that begins at a place. */
  at(place: number, length: number): Uint32Array {
    if (length === 0) return NONE;
    const start = startOf(place);
    return this.chunkOf(place).subarray(start, start + length);
  }

  /** Where the run at a place is read without a view of its own: see startOf. A run of no numbers is nowhere. */
  chunkOf(place: number): Uint32Array {
    return this.#chunks[Math.floor(place / CHUNK)] ?? NONE;
  }
}

/** Where in its chunk the run at a place begins. */
export function startOf(place: number): number {
  return place % CHUNK;
}
