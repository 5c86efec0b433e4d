import { DROP, foldCodePoint, foldingTable, SLOW } from "./folding.ts";
import { room } from "./pieces.ts";

/**
 * A text as compared: only folded letters and digits. URLs, mentions and bracketed emoticons are left out, because
 * relays change them while the wording stays.
 */
export interface Words {
  /** Folded UTF-16 code units. */
  readonly units: Uint16Array;
  /** The weight of all units before each, and of all at the end: one longer than `units`. */
  readonly weights: Uint32Array;
}

/** The same, each with its place in the original. */
export interface Wording extends Words {
  /** For each unit, where it stood in the original text. */
  readonly offsets: Uint32Array;
}

const AT = 0x40;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
/** Weibo writes emoticons as `[微笑]`; the longest seen in use has eight characters. */
const LONGEST_EMOTICON = 8;
/**
 * Laughter and howls (哈哈哈哈, hahaha, aaaaa) say no more for being longer, and two people who laugh have not copied
 * each other. Of one or two characters that repeat, six are kept; of digits all, for 1,000 is not 1,000,000.
 */
const REPEATS = 4;

let units = new Uint16Array(1 << 16);
let offsets = new Uint32Array(1 << 16);
/** "RT @name:" is how reposts by hand begin; the name goes with the mention. */
const REPOST = /^\s*RT(?=\s@)/;

/** Folds a text into its wording. Linear in its length. */
export function wordingOf(text: string): Wording {
  // The longest fold of one character is 18 letters (U+FDFA); four times the length is ample for real text and the
  // rest is caught by the check below.
  if (units.length < text.length * 2 + 64) {
    units = new Uint16Array(text.length * 2 + 64);
    offsets = new Uint32Array(text.length * 2 + 64);
  }
  const folding = foldingTable();
  let length = 0;
  // The last two units, and how many in a row were each the same as the last but one.
  let last = 0;
  let lastButOne = 0;
  let repeated = 0;
  let at = REPOST.exec(text)?.[0].length ?? 0;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    const folded = folding[unit]!;
    if (folded === DROP) {
      if (unit === AT) at = mentionEnd(text, at);
      else if (unit === OPEN_BRACKET) at = emoticonEnd(text, at);
      else at++;
    } else if (folded === SLOW) {
      const codePoint = text.codePointAt(at)!;
      const expanded = foldCodePoint(codePoint);
      last = 0;
      for (let i = 0; i < expanded.length && length < units.length; i++) {
        units[length] = expanded.charCodeAt(i);
        offsets[length++] = at;
      }
      at += codePoint > 0xffff ? 2 : 1;
    } else {
      // 'h' or 'w' may begin a URL.
      if (folded === 0x68 || folded === 0x77) {
        const end = urlEnd(text, at);
        if (end > at) {
          at = end;
          continue;
        }
      }
      if (length === units.length) break;
      repeated = folded === lastButOne ? repeated + 1 : 0;
      lastButOne = last;
      last = folded;
      if (repeated <= REPEATS || isDigit(folded)) {
        units[length] = folded;
        offsets[length++] = at;
      }
      at++;
    }
  }
  return kept(length);
}

/** What was folded. */
function kept(length: number): Wording {
  const { memory, at } = room(10 * length + 4);
  const weights = new Uint32Array(memory, at, length + 1);
  weigh(units, weights);
  const ownOffsets = new Uint32Array(memory, at + 4 * length + 4, length);
  ownOffsets.set(offsets.subarray(0, length));
  const ownUnits = new Uint16Array(memory, at + 8 * length + 4, length);
  ownUnits.set(units.subarray(0, length));
  return { units: ownUnits, offsets: ownOffsets, weights };
}

/** Folded units as they were kept, weighed again. */
export function wordsOfUnits(own: Uint16Array): Words {
  const weights = new Uint32Array(own.length + 1);
  weigh(own, weights);
  return { units: own, weights };
}

function weigh(from: Uint16Array, weights: Uint32Array): void {
  for (let i = 0, weight = 0; i + 1 < weights.length; i++) {
    weight += weightOf(from[i]!);
    weights[i + 1] = weight;
  }
}

/** The folded characters as a string: for equality and for people. */
export function wordingText(wording: Wording): string {
  let out = "";
  for (let i = 0; i < wording.units.length; i += 8192) {
    out += String.fromCharCode(...wording.units.subarray(i, i + 8192));
  }
  return out;
}

/** Where the original character after unit `index` begins: the exclusive end of a span that ends at `index`. */
export function spanEnd(wording: Wording, index: number, text: string): number {
  const last = wording.offsets[index - 1]!;
  return last + ((text.codePointAt(last) ?? 0) > 0xffff ? 2 : 1);
}

/** The units of a wording that stand between two places of the original text, as `[from, to]`. */
export function unitsBetween({ offsets }: Wording, from: number, to: number): readonly [number, number] {
  const firstAt = (place: number) => {
    let [low, high] = [0, offsets.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (offsets[middle]! < place) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return [firstAt(from), firstAt(to)];
}

/**
 * How much a character says, in sixths of a fingerprint: a Han character, kana or Hangul syllable carries about as
 * much as two letters. Floors and thresholds are given in this measure, so that one number serves all scripts.
 */
export function weightOf(unit: number): 1 | 2 {
  return (unit >= 0x2e80 && unit <= 0x9fff) ||
    (unit >= 0xac00 && unit <= 0xd7a3) ||
    unit >= 0xf900 ||
    isSurrogate(unit)
    ? 2
    : 1;
}

/** The weight of a stretch of a wording. */
export function weightBetween({ weights }: Words, from: number, to: number): number {
  return weights[to]! - weights[from]!;
}

/** The weight of a whole wording. */
export function weightOfAll({ weights }: Words): number {
  return weights[weights.length - 1]!;
}

/** Latin, Arabic and Persian ones. */
function isDigit(unit: number): boolean {
  return (
    (unit >= 0x30 && unit <= 0x39) || (unit >= 0x660 && unit <= 0x669) || (unit >= 0x6f0 && unit <= 0x6f9)
  );
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

function mentionEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && at - start <= 40 && isNameUnit(text.charCodeAt(at))) at++;
  return at;
}

// Names end at space or punctuation. A mention glued to Chinese text runs on to the next mark, but at most 40 units.
function isNameUnit(unit: number): boolean {
  return unit === 0x5f || unit === 0x2d || unit === 0x00b7 || foldingTable()[unit] !== DROP;
}

function emoticonEnd(text: string, start: number): number {
  const limit = Math.min(text.length, start + LONGEST_EMOTICON + 2);
  for (let at = start + 1; at < limit; at++) {
    const unit = text.charCodeAt(at);
    if (unit === CLOSE_BRACKET) return at + 1;
    if (foldingTable()[unit] === DROP) break;
  }
  return start + 1;
}

/** End of a URL that begins at `start`, or `start` when none does. */
function urlEnd(text: string, start: number): number {
  // Cheap look before the pattern: this runs at every h and w of a text.
  const second = text.charCodeAt(start + 1) | 0x20;
  if (second !== 0x74 && second !== 0x77) return start;
  const scheme = /^(?:https?:\/\/|www\.)/i.exec(text.slice(start, start + 8));
  if (scheme === null) return start;
  let at = start + scheme[0].length;
  // A URL ends at anything outside printable ASCII: Chinese text often follows one without a space.
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    if (unit <= 0x20 || unit >= 0x7f || unit === 0x22 || unit === 0x3c || unit === 0x3e) break;
    at++;
  }
  return at;
}
