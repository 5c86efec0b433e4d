import type { PostId } from "./post.ts";

export type Pair = readonly [PostId, PostId];

/** Pairs of posts, of which there are many: each post once, each pair by the places of its two posts. */
export class Pairs implements Iterable<Pair> {
  readonly posts: PostId[] = [];
  /** Sixteen numbers lie within their object; more would be memory of their own, which is dear where most ask of one post. */
  #places = new Int32Array(1 << 4);
  #size = 0;

  static of(pairs: Iterable<Pair>): Pairs {
    const all = new Pairs();
    const places = new Map<PostId, number>();
    const placeOf = (id: PostId): number => {
      let place = places.get(id);
      if (place === undefined) {
        place = all.posts.push(id) - 1;
        places.set(id, place);
      }
      return place;
    };
    for (const [one, other] of pairs) all.push(placeOf(one), placeOf(other));
    return all;
  }

  /** Of posts by their places. */
  push(one: number, other: number): void {
    if (this.#size + 2 > this.#places.length) {
      const larger = new Int32Array(this.#places.length * 2);
      larger.set(this.#places);
      this.#places = larger;
    }
    this.#places[this.#size++] = one;
    this.#places[this.#size++] = other;
  }

  get length(): number {
    return this.#size / 2;
  }

  /** The two places of each pair, one pair after the other. */
  get places(): Int32Array {
    return this.#places.subarray(0, this.#size);
  }

  [Symbol.iterator](): Generator<Pair> {
    return this.#between(0, this.length);
  }

  /** The same in parts of so many pairs at most; at least one part. */
  *parts(most: number): Generator<Pairs> {
    if (this.length <= most) yield this;
    else
      for (let from = 0; from < this.length; from += most) yield Pairs.of(this.#between(from, from + most));
  }

  *#between(from: number, to: number): Generator<Pair> {
    for (let i = 2 * from; i < Math.min(2 * to, this.#size); i += 2)
      yield [this.posts[this.#places[i]!]!, this.posts[this.#places[i + 1]!]!];
  }
}
