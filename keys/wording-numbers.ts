import { NOTHING } from "./lists.ts";
import { longer } from "./longer.ts";

/** The numbers of wordings by place, and the place of each: a Map of a million such numbers would take 70 MB. */
export class WordingNumbers {
  #numbers = new Float64Array(1 << 10);
  #count = 0;
  #places = new Int32Array(1 << 11).fill(NOTHING);

  of(place: number): number {
    return this.#numbers[place]!;
  }

  find(number: number): number {
    return this.#places[this.#slot(number)]!;
  }

  /** Gives a number that is not known the next place. */
  add(number: number): number {
    const place = this.#count++;
    if (place === this.#numbers.length) {
      this.#numbers = longer(this.#numbers);
      this.#places = new Int32Array(place * 4).fill(NOTHING);
      for (let i = 0; i < place; i++) this.#places[this.#slot(this.#numbers[i]!)] = i;
    }
    this.#numbers[place] = number;
    this.#places[this.#slot(number)] = place;
    return place;
  }

  /** Where the number is or would be. It is a hash already, so its low bits will do. */
  #slot(number: number): number {
    const mask = this.#places.length - 1;
    let slot = (number % 0x1_0000_0000) & mask;
    for (; ; slot = (slot + 1) & mask) {
      const place = this.#places[slot]!;
      if (place === NOTHING || this.#numbers[place] === number) return slot;
    }
  }
}
