import type { PostKeys } from "../contracts/finding.ts";
import type { KeyAnswer, KeyEntry, KeyIndex } from "../contracts/keys.ts";
import type { PostId } from "../contracts/post.ts";
import { hashName } from "../text/fingerprints.ts";
import { Postings } from "./postings.ts";

/**
 * A fingerprint that more posts than this carry is a hub: a slogan, a footer, a common phrase, or one very widely
 * copied text. Comparing all its carriers with each other would cost the square of their number.
 */
const HUB = 64;
/**
 * Through a hub a post meets only this many representatives: the carriers whose ids hash lowest. A choice by hash
 * depends on which posts there are and never on their order, and changes about K·ln(n/K) times in n arrivals.
 */
const REPRESENTATIVES = 8;
/** Two posts are compared when they share this share of the shorter one's fingerprints, and at least two. */
const ENOUGH = 0.15;

interface Known {
  readonly fingerprints: Uint32Array;
  readonly names: readonly string[];
}

/** The hot keys of the embedded construction: everything in memory, restored from the store at start. */
export function createMemoryKeys(): KeyIndex {
  return new MemoryKeys();
}

class MemoryKeys implements KeyIndex {
  readonly #ids: PostId[] = [];
  readonly #numbers = new Map<PostId, number>();
  readonly #known: Known[] = [];
  readonly #hashes: number[] = [];
  readonly #passages = new Postings();
  readonly #own = new Postings();
  readonly #referring = new Postings();
  readonly #shown = new Postings();
  readonly #representatives = new Map<number, number[]>();
  #counts = new Uint32Array(1024);

  get size(): number {
    return this.#ids.length;
  }

  async addAndAsk(entries: readonly KeyEntry[]): Promise<KeyAnswer> {
    const unsettled = new Set<number>();
    for (const entry of entries) this.#add(entry, unsettled);
    const candidates = entries.map((entry) => this.#ask(this.#numbers.get(entry.post)!));
    return { candidates, unsettled: [...unsettled].map((post) => this.#ids[post]!) };
  }

  async share(pairs: readonly (readonly [PostId, PostId])[]): Promise<readonly boolean[]> {
    return pairs.map(([a, b]) => {
      const [first, second] = [this.#numbers.get(a), this.#numbers.get(b)];
      return first !== undefined && second !== undefined && this.#shareEnough(first, second);
    });
  }

  async restore(entries: Iterable<KeyEntry>): Promise<void> {
    const unsettled = new Set<number>();
    for (const entry of entries) this.#add(entry, unsettled);
  }

  #add(entry: KeyEntry, unsettled: Set<number>): void {
    let post = this.#numbers.get(entry.post);
    if (post !== undefined) {
      if (sameKeys(this.#known[post]!, entry.keys)) return;
      this.#remove(post);
    } else {
      post = this.#ids.length;
      this.#ids.push(entry.post);
      this.#numbers.set(entry.post, post);
      this.#hashes.push(hashName(entry.post));
    }
    this.#known[post] = { fingerprints: entry.keys.fingerprints, names: entry.keys.names };
    for (const key of entry.keys.fingerprints) {
      const count = this.#passages.add(key, post);
      if (count > HUB) this.#elect(key, post, count, unsettled);
    }
    for (const name of entry.keys.names) this.#table(name).add(hashName(name.slice(1)), post);
  }

  #remove(post: number): void {
    const known = this.#known[post]!;
    for (const key of known.fingerprints) {
      this.#passages.remove(key, post);
      if (this.#representatives.has(key)) this.#choose(key);
    }
    for (const name of known.names) this.#table(name).remove(hashName(name.slice(1)), post);
  }

  /** Keeps a hub's representatives right after `post` joined it. */
  #elect(key: number, post: number, count: number, unsettled: Set<number>): void {
    if (count === HUB + 1) {
      this.#choose(key);
      for (const carrier of this.#passages.list(key)) unsettled.add(carrier);
      return;
    }
    const chosen = this.#representatives.get(key)!;
    const last = chosen[chosen.length - 1]!;
    if (this.#before(post, last)) {
      chosen[chosen.length - 1] = post;
      chosen.sort((a, b) => (this.#before(a, b) ? -1 : 1));
      unsettled.add(last);
    }
  }

  #choose(key: number): void {
    const carriers = [...this.#passages.list(key)];
    if (carriers.length <= HUB) {
      this.#representatives.delete(key);
      return;
    }
    carriers.sort((a, b) => (this.#before(a, b) ? -1 : 1));
    this.#representatives.set(key, carriers.slice(0, REPRESENTATIVES));
  }

  #before(a: number, b: number): boolean {
    const [first, second] = [this.#hashes[a]!, this.#hashes[b]!];
    return first !== second ? first < second : this.#ids[a]! < this.#ids[b]!;
  }

  #ask(post: number): readonly PostId[] {
    const { fingerprints, names } = this.#known[post]!;
    if (this.#counts.length < this.#ids.length) this.#counts = new Uint32Array(this.#ids.length * 2);
    const counts = this.#counts;
    const met: number[] = [];
    for (const key of fingerprints) {
      const chosen = this.#representatives.get(key);
      if (chosen === undefined || chosen.includes(post)) this.#passages.tally(key, counts, met);
      else for (const other of chosen) if (counts[other]!++ === 0) met.push(other);
    }
    const found = new Set<number>();
    for (const other of met) {
      const enough = this.#enough(fingerprints.length, this.#known[other]!.fingerprints.length);
      if (counts[other]! >= enough) found.add(other);
      counts[other] = 0;
    }
    for (const name of names) {
      const key = hashName(name.slice(1));
      const meeting = name[0] === "=" ? this.#referring : name[0] === ">" ? this.#own : this.#shown;
      if (meeting === this.#shown && meeting.count(key) > HUB) continue;
      for (const other of meeting.list(key)) found.add(other);
    }
    found.delete(post);
    return [...found].map((other) => this.#ids[other]!);
  }

  #enough(a: number, b: number): number {
    const shorter = Math.min(a, b);
    return Math.min(shorter, Math.max(2, Math.ceil(shorter * ENOUGH)));
  }

  #shareEnough(a: number, b: number): boolean {
    const [first, second] = [this.#known[a]!, this.#known[b]!];
    const enough = this.#enough(first.fingerprints.length, second.fingerprints.length);
    return (
      (enough > 0 && this.#sharedBy(a, first.fingerprints, b, second.fingerprints, enough) >= enough) ||
      namesMeet(first.names, second.names)
    );
  }

  /** How many fingerprints two posts share, a hub's only where one of them represents it; stops at `most`. */
  #sharedBy(a: number, first: Uint32Array, b: number, second: Uint32Array, most: number): number {
    let shared = 0;
    for (let i = 0, j = 0; i < first.length && j < second.length && shared < most; ) {
      if (first[i]! < second[j]!) i++;
      else if (first[i]! > second[j]!) j++;
      else {
        const chosen = this.#representatives.get(first[i]!);
        if (chosen === undefined || chosen.includes(a) || chosen.includes(b)) shared++;
        i++;
        j++;
      }
    }
    return shared;
  }

  #table(name: string): Postings {
    if (name[0] === "=") return this.#own;
    return name[0] === ">" ? this.#referring : this.#shown;
  }
}

function namesMeet(first: readonly string[], second: readonly string[]): boolean {
  const others = new Set(second);
  return first.some((name) => {
    if (name[0] === "~") return others.has(name);
    return others.has((name[0] === "=" ? ">" : "=") + name.slice(1));
  });
}

function sameKeys(known: Known, keys: PostKeys): boolean {
  return (
    known.fingerprints.length === keys.fingerprints.length &&
    known.fingerprints.every((value, i) => value === keys.fingerprints[i]) &&
    known.names.length === keys.names.length &&
    known.names.every((name, i) => name === keys.names[i])
  );
}
