import { toSimplified } from "./chinese.ts";

/** Dropped: punctuation, space, emoji, marks, controls. */
export const DROP = 0;
/** Folds to more than one character, or stands for half of a surrogate pair: ask `foldCodePoint`. */
export const SLOW = 0xffff;

let table: Uint16Array | null = null;
const slow = new Map<number, string>();

/**
 * What each UTF-16 code unit becomes in a wording: width, case, accents and simplified/traditional folded, all but
 * letters and digits dropped. Built once, on first use (about 30 ms), from Unicode's own properties.
 */
export function foldingTable(): Uint16Array {
  table ??= buildTable();
  return table;
}

/** Folds one code point to nothing, one or more characters (`ﬁ` → `fi`, `𝐀` → `a`). */
export function foldCodePoint(codePoint: number): string {
  const known = slow.get(codePoint);
  if (known !== undefined) return known;
  const folded = fold(String.fromCodePoint(codePoint));
  slow.set(codePoint, folded);
  return folded;
}

function fold(character: string): string {
  // Hangul and kana keep their composed form: decomposed they would be twice as long and lose their voicing marks.
  const form = /[\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(character) ? "NFKC" : "NFKD";
  const plain = character
    .normalize(form)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
  return toSimplified(plain);
}

function buildTable(): Uint16Array {
  const built = new Uint16Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit++) {
    if (unit >= 0xd800 && unit <= 0xdfff) {
      built[unit] = SLOW;
      continue;
    }
    const folded = fold(String.fromCharCode(unit));
    if (folded.length === 1) built[unit] = folded.charCodeAt(0);
    else if (folded.length > 1) {
      built[unit] = SLOW;
      slow.set(unit, folded);
    }
  }
  return built;
}
