/**
 * ELD's large table (Nito T.M., Apache-2.0; see NOTICE) in typed arrays: which byte 4-grams speak for which language,
 * and how loudly. As the npm package keeps it, in one object an n-gram, it takes 400 MB; like this 7 MB. The table is
 * made by scripts/language-table.ts, without the languages that have a script of their own.
 */

export interface NgramTable {
  readonly languages: readonly string[];
  /** Chosen so that no two n-grams of the table have the same hash of 32 bits. */
  readonly seed: number;
  readonly count: number;
  /** Base64 of the hashes in rising order: the differences, seven bits a byte, the last with the eighth bit set. */
  readonly hashes: string;
  /** Base64 of two bytes a language and n-gram, in the order of the hashes: see `LAST`; then the score. */
  readonly entries: string;
}

/** Marks the last language of an n-gram; the other six bits are its place in `languages`. */
export const LAST = 0x80;

/** ELD subtracts it from all scores to store them in fewer digits. */
const LEAST_SCORE = 53;
/** ELD reads on to the end of the word at this many bytes: enough to tell, and never much more. */
const BYTES_READ = 350;
const LONGEST_WORD = 70;
const SPACE = 0x20;

export interface NgramScorer {
  /** The mean score in each language, in the order of the table's languages; 0 where no n-gram speaks for it. */
  scores(words: string): Float64Array;
}

/** Unpacks the table. One scorer serves one thread: it writes into arrays of its own. */
export function ngramScorer(table: NgramTable): NgramScorer {
  const { slots, starts, entries, mask } = unpack(table);
  // The round in which a slot was last met: an n-gram counts once a text.
  const met = new Uint32Array(slots.length);
  let round = 0;
  const bytes = new Uint8Array(LONGEST_WORD + 2);
  const totals = new Float64Array(table.languages.length);
  let ngrams = 0;

  function count(from: number, to: number): void {
    const hash = ngramHash(bytes, from, to, table.seed);
    let slot = hash & mask;
    while (slots[slot] !== 0 && slots[slot] !== hash) slot = (slot + 1) & mask;
    // An n-gram that the table lacks counts every time it occurs; a text repeats few of them.
    if (slots[slot] === 0) {
      ngrams++;
      return;
    }
    if (met[slot] === round) return;
    met[slot] = round;
    ngrams++;
    for (let at = starts[slot]!; ; at += 2) {
      const language = entries[at]!;
      totals[language & ~LAST]! += entries[at + 1]! + LEAST_SCORE;
      if (language & LAST) return;
    }
  }

  /** Counts the 4-grams of the word in bytes[1 … length], a space on either side; the stride is three. */
  function countWord(length: number): void {
    bytes[0] = SPACE;
    let at = 0;
    for (; at + 4 < length; at += 3) count(at === 0 ? 0 : at + 1, at + 5);
    bytes[length + 1] = SPACE;
    const last = length !== 3 ? Math.max(0, length - 4) : 0;
    count(at === 0 ? 0 : last + 1, length + 2);
  }

  return {
    scores(words) {
      round++;
      totals.fill(0);
      ngrams = 0;
      let length = 0;
      let read = 0;
      for (let at = 0; at <= words.length; at++) {
        const codePoint = at < words.length ? words.codePointAt(at)! : SPACE;
        if (codePoint > 0xffff) at++;
        if (codePoint === SPACE) {
          if (length > 0) countWord(length);
          length = 0;
          if (++read > BYTES_READ) break;
          continue;
        }
        const size = codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
        read += size;
        if (length + size <= LONGEST_WORD) length = writeUtf8(bytes, length, codePoint, size);
      }
      if (ngrams > 0) for (let i = 0; i < totals.length; i++) totals[i]! /= ngrams;
      return totals;
    },
  };
}

/** A hash of bytes (murmur3's mixing), never 0, which marks an empty slot. */
export function ngramHash(bytes: Uint8Array, from: number, to: number, seed: number): number {
  let hash = seed;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 0x5bd1e995) ^ (hash >>> 15);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0 || 1;
}

function writeUtf8(bytes: Uint8Array, length: number, codePoint: number, size: number): number {
  let at = length + 1;
  if (size === 1) bytes[at++] = codePoint;
  else {
    bytes[at++] = (0xf00 >> size) | (codePoint >> (6 * (size - 1)));
    for (let shift = 6 * (size - 2); shift >= 0; shift -= 6)
      bytes[at++] = 0x80 | ((codePoint >> shift) & 0x3f);
  }
  return at - 1;
}

function unpack({ count, hashes, entries }: NgramTable) {
  const packed = Buffer.from(hashes, "base64");
  const votes = new Uint8Array(Buffer.from(entries, "base64"));
  // At most two thirds of the slots are taken, so that a missing n-gram is known after a step or two.
  const size = 2 ** Math.ceil(Math.log2(count * 1.5));
  const slots = new Uint32Array(size);
  const starts = new Uint32Array(size);
  const mask = size - 1;
  let hash = 0;
  let next = 0;
  let at = 0;
  for (let i = 0; i < count; i++) {
    let difference = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = packed[at++]!;
      difference += (byte & 0x7f) * scale;
      if (byte & 0x80) break;
    }
    hash += difference;
    let slot = hash & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = hash;
    starts[slot] = next;
    while (!(votes[next]! & LAST)) next += 2;
    next += 2;
  }
  return { slots, starts, entries: votes, mask };
}
