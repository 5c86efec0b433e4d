import { BASE, mix, POWERS } from "./fingerprints.ts";
import type { HashSet } from "./hash-set.ts";

/**
 * Runs of this many characters: the likeness of two whole texts is told as the Jaccard index of their shingles, as is
 * usual in the field.
 */
export const SHINGLE = 5;
/**
 * Two texts meet when all five places of one of 27 bands of their sketches agree: at Jaccard 0.7 that happens to 99 %
 * of pairs, at 0.8 to all but 3 in 100,000, at 0.1 to one in 4,000.
 */
export const BANDS = 27;
const ROWS = 5;
const PLACES = BANDS * ROWS;
/** Five rounds fill nine in ten places for 60 shingles, the length of a short post. */
const ROUNDS = 5;

let found = new Uint32Array(1 << 11);
/** The round that filled each place above, and 28 bits of value: the earlier round is the smaller. None is negative. */
const places = new Int32Array(PLACES);
const OPEN = 0x7fffffff;
const bands = new Uint32Array(BANDS);
const NONE = new Uint32Array();

/**
 * The distinct shingles of a folded text as hashes, until the next call, and in `seen`; a text shorter than one shingle
 * is one itself. No text, none.
 */
export function shinglesOf(units: Uint16Array, seen: HashSet): Uint32Array {
  const last = Math.max(0, units.length - SHINGLE);
  if (units.length === 0) return NONE;
  if (found.length <= last) found = new Uint32Array(last * 2);
  seen.begin(last + 1);
  let count = 0;
  let rolled = 0;
  const first = Math.min(SHINGLE, units.length);
  for (let i = 0; i < first; i++) rolled = (Math.imul(rolled, BASE) + units[i]!) | 0;
  const power = POWERS[first - 1]!;
  for (let at = 0; at <= last; at++) {
    const hash = mix(rolled);
    if (seen.add(hash)) found[count++] = hash;
    rolled = (Math.imul(rolled - Math.imul(units[at]!, power), BASE) + units[at + first]!) | 0;
  }
  return found.subarray(0, count);
}

/**
 * The 27 band keys of a set of shingles, until the next call; none for no shingles. The sketch is made in rounds of
 * one-permutation hashing (Dahlgaard, Knudsen, Thorup 2017, "Fast similarity sketching"); what no round has filled takes
 * the value of a filled place (Shrivastava 2017, "Optimal densification"). Places of two sketches agree as often as the
 * Jaccard index says.
 */
export function bandsOf(shingles: Uint32Array): Uint32Array {
  if (shingles.length === 0) return NONE;
  places.fill(OPEN);
  for (let round = 0; round < ROUNDS && places.includes(OPEN); round++) fill(shingles, round);
  for (let band = 0, place = 0; band < BANDS; band++) {
    // Bands of one number share a table, so the number of the band is part of its key.
    let key = band + 1;
    for (let row = 0; row < ROWS; row++, place++) {
      const value = places[place]!;
      key = Math.imul(key ^ (value === OPEN ? lentTo(place) : value), 0x85ebca6b);
      key ^= key >>> 15;
    }
    bands[band] = mix(key);
  }
  return bands;
}

/** The value that an open place takes from a filled one. */
function lentTo(place: number): number {
  let lender = mix(place + 1);
  while (places[lender % PLACES] === OPEN) lender = mix(lender + 1);
  return places[lender % PLACES]!;
}

/** One round: each shingle has a value in one place and the smallest stays. Places of earlier rounds are settled. */
function fill(shingles: Uint32Array, round: number): void {
  const seed = mix(round + 1);
  const high = round << 28;
  for (let i = 0; i < shingles.length; i++) {
    let value = Math.imul(shingles[i]! ^ seed, 0x85ebca6b);
    value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
    // A place is a range of values, so the value can tell both.
    const place = ((value >>> 16) * PLACES) >>> 16;
    const before = places[place]!;
    // The smaller of the two without a branch, which a processor would guess wrong every other time.
    const less = (high | (value >>> 4)) - before;
    places[place] = before + (less & (less >> 31));
  }
}
