import { room } from "./pieces.ts";
import type { Words } from "./wording.ts";

/** How long a gram is: the shortest run in which letters and Han characters of these weights reach `least`. */
export interface GramSize {
  readonly letter: number;
  readonly han: number;
  readonly least: number;
}

/** Six letters or three Han characters: the least that two texts can have in common when they are aligned. */
export const SHORT_GRAM: GramSize = { letter: 1, han: 2, least: 6 };
/**
 * Eight letters or three Han characters: what fingerprints are made of. Six letters are often a common word, which
 * makes many posts meet for nothing; Chinese copies are found by 3-grams.
 */
export const PASSAGE_GRAM: GramSize = { letter: 3, han: 8, least: 24 };

/**
 * Winnowing window, in grams: of each run of so many grams the smallest hash is kept, so two texts that share a
 * passage of WINDOW + 1 grams share a fingerprint whatever surrounds it.
 * Schleimer, Wilkerson, Aiken 2003, "Winnowing: local algorithms for document fingerprinting".
 */
export const WINDOW = 4;

/**
 * Hashes of runs are rolled: one unit goes in at the end and one out at the front. An odd number without structure makes
 * runs that differ collide as seldom as chance has it; `mix` spreads the bits.
 */
export const BASE = 0x2c1b3c6d;
/** Powers of the base, up to the longest run. */
export const POWERS = powers(16);

let kept = new Uint32Array(1 << 13);
let scratch = new Uint32Array(1 << 14);

/** The gram hash that begins at each unit; the last few units begin none. */
export function gramHashes(wording: Words, size: GramSize): Uint32Array {
  const count = roll(wording, size);
  const { memory, at } = room(4 * count);
  const hashes = new Uint32Array(memory, at, count);
  hashes.set(scratch.subarray(0, count));
  return hashes;
}

/** Puts the gram hashes into `scratch` and says how many. */
function roll({ units, weights }: Words, { letter, han, least }: GramSize): number {
  if (scratch.length < units.length) scratch = new Uint32Array(units.length * 2);
  let count = 0;
  let end = 0;
  let weight = 0;
  let hash = 0;
  for (let start = 0; start < units.length; start++) {
    while (end < units.length && weight < least) {
      hash = (Math.imul(hash, BASE) + units[end]!) | 0;
      weight += weights[end + 1]! - weights[end]! === 2 ? han : letter;
      end++;
    }
    if (weight < least) break;
    scratch[count++] = mix(hash);
    hash = (hash - Math.imul(units[start]!, POWERS[end - start - 1]!)) | 0;
    weight -= weights[start + 1]! - weights[start]! === 2 ? han : letter;
  }
  return count;
}

/** Local fingerprints of a wording: sorted, distinct. None for a text shorter than one gram. */
export function fingerprints(wording: Words): Uint32Array {
  const count = roll(wording, PASSAGE_GRAM);
  const hashes = scratch;
  if (kept.length < count) kept = new Uint32Array(count * 2);
  let size = 0;
  let smallest = -1;
  for (let end = 0; end < count; end++) {
    const begin = Math.max(0, end - WINDOW + 1);
    if (smallest < begin) {
      smallest = begin;
      for (let i = begin + 1; i <= end; i++) if (hashes[i]! <= hashes[smallest]!) smallest = i;
      kept[size++] = hashes[smallest]!;
    } else if (hashes[end]! <= hashes[smallest]!) {
      smallest = end;
      // Until the first window is full its minimum is not yet final.
      if (end < WINDOW && size > 0) size--;
      kept[size++] = hashes[smallest]!;
    }
  }
  return distinct(kept.subarray(0, size).sort());
}

/** Sorted, distinct union of two sorted arrays. */
export function union(a: Uint32Array, b: Uint32Array): Uint32Array {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const both = new Uint32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return distinct(both.sort());
}

/** A 32-bit hash of a name (a URL, an id), for use as a key beside fingerprints. FNV-1a, mixed. */
export function hashName(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return mix(hash);
}

function distinct(sorted: Uint32Array): Uint32Array {
  let size = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[size++] = sorted[i]!;
  }
  return sorted.slice(0, size);
}

/** murmur3's finalizer: every bit of a hash comes to depend on every other. */
export function mix(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function powers(count: number): Int32Array {
  const all = new Int32Array(count);
  for (let i = 0, power = 1; i < count; i++, power = Math.imul(power, BASE)) all[i] = power;
  return all;
}
