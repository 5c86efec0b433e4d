import type { ListRule } from "../contracts/keys.ts";
import { HashSet } from "../text/hash-set.ts";
import { bandsOf, shinglesOf } from "../text/sketch.ts";
import { Lists } from "./lists.ts";
import { longer } from "./longer.ts";
import { Shelf } from "./shelf.ts";
import { Tally } from "./tally.ts";

/** An earlier text that is a near twin of the one that was added. */
export interface NearTwin {
  /** Its place in the order of adding, from zero. */
  readonly text: number;
  /** The Jaccard index of the two texts' shingles: exact. */
  readonly jaccard: number;
}

/** Every text is compared with all that share a band: for a collection without clusters of tens of thousands. */
const ALL: ListRule = { hub: Infinity, representatives: 1 };

/**
 * Near twins among texts, whole text against whole text, by bands of their sketches. Each candidate is verified, so that
 * what comes back is exact and only what shares no band is missed. The pipeline finds them by their passages.
 */
export class NearTwins {
  readonly #least: number;
  readonly #lists = new Lists(ALL, (a, b) => a < b);
  readonly #shingles = new Shelf();
  readonly #tally = new Tally();
  readonly #set = new HashSet();
  #places = new Uint32Array(1 << 10);
  #counts = new Uint32Array(1 << 10);
  #units = new Uint16Array(1 << 12);
  #size = 0;

  /** `least`: the Jaccard index from which two texts count as near twins. The bands are made for 0.7 and more. */
  constructor(least: number) {
    this.#least = least;
  }

  get size(): number {
    return this.#size;
  }

  /** Adds a text, as it is compared (text/wording.ts folds), and gives its near twins among the earlier ones. */
  addAndAsk(text: string): readonly NearTwin[] {
    const shingles = shinglesOf(this.#unitsOf(text), this.#set);
    const added = this.#keep(shingles);
    const bands = bandsOf(shingles);
    this.#lists.touch(bands);
    for (let i = 0; i < bands.length; i++) this.#lists.join(bands[i]!, added, this.#tally, 1);
    return this.#tally.size === 0 ? [] : this.#verified(shingles);
  }

  #verified(shingles: Uint32Array): readonly NearTwin[] {
    const tally = this.#tally;
    const found: NearTwin[] = [];
    for (let i = 0; i < tally.size; i++) {
      const other = tally.met[i]!;
      const jaccard = this.#jaccard(
        shingles.length,
        this.#shingles.at(this.#places[other]!, this.#counts[other]!),
      );
      if (jaccard >= this.#least) found.push({ text: other, jaccard });
    }
    tally.clear();
    return found;
  }

  /** The Jaccard index of the set with other shingles; 0 as soon as it must stay below the least. */
  #jaccard(own: number, others: Uint32Array): number {
    const both = own + others.length;
    // |A ∩ B| ÷ (|A| + |B| − |A ∩ B|) ≥ t is |A ∩ B| ≥ t (|A| + |B|) ÷ (1 + t).
    const enough = Math.ceil((this.#least * both) / (1 + this.#least) - 1e-9);
    let mayMiss = others.length - enough;
    if (own < enough || mayMiss < 0) return 0;
    for (let i = 0; i < others.length; i++) if (!this.#set.has(others[i]!) && --mayMiss < 0) return 0;
    const shared = enough + mayMiss;
    return shared / (both - shared);
  }

  #keep(shingles: Uint32Array): number {
    const text = this.#size++;
    this.#tally.reserve(this.#size);
    if (text === this.#places.length) {
      this.#places = longer(this.#places);
      this.#counts = longer(this.#counts);
    }
    this.#places[text] = this.#shingles.put(shingles);
    this.#counts[text] = shingles.length;
    return text;
  }

  #unitsOf(text: string): Uint16Array {
    if (this.#units.length < text.length) this.#units = new Uint16Array(text.length * 2);
    for (let i = 0; i < text.length; i++) this.#units[i] = text.charCodeAt(i);
    return this.#units.subarray(0, text.length);
  }
}
