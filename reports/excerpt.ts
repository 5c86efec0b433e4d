import type { Range } from "../contracts/link.ts";
import { toSimplified } from "../text/chinese.ts";
import { plain } from "./terminal.ts";

/** Enough characters to know a sentence again, few enough for a line or two. */
export const EXCERPT = 60;

/** The beginning of a stretch of text, in quotation marks, with … where it goes on. */
export function excerpt(text: string, range: Range, most = EXCERPT): string {
  const characters = [...plain(text.slice(...wholeWords(text, range)))];
  if (characters.length > most) return `“${characters.slice(0, most).join("").trimEnd()}…”`;
  const whole = characters.join("");
  // A headline that is a quotation as a whole has its marks already.
  return /^“[^“”]*”$/.test(whole) ? whole : `“${whole}”`;
}

/** The text around a place, in quotation marks, with … on the sides that go on. */
export function excerptAround(text: string, at: number, length: number, most = EXCERPT): string {
  const before = Math.max(0, Math.floor((most - length) / 3));
  const from = whole(text, Math.max(0, at - before));
  const to = whole(text, Math.min(text.length, from + most));
  return `“${from > 0 ? "…" : ""}${plain(text.slice(from, to))}${to < text.length ? "…" : ""}”`;
}

/** Where a name stands in a text, simplified and traditional, large and small alike; -1 when it does not. */
export function placeOf(name: string, text: string): number {
  return folded(text).indexOf(folded(name));
}

function folded(text: string): string {
  return toSimplified(text.toLowerCase());
}

const IN_WORD = /^(?:(?!\p{Script=Han})[\p{L}\p{N}])+$/u;
/** Longer runs of letters are no words that a reader would miss the beginning of. */
const LONGEST_WORD = 24;

/** The range up to the next word boundaries: half a word that differs is told as the word. */
function wholeWords(text: string, [from, to]: Range): Range {
  let [start, end] = [from, to];
  while (start > 0 && from - start < LONGEST_WORD && IN_WORD.test(text.slice(start - 1, start + 1))) start--;
  while (end < text.length && end - to < LONGEST_WORD && IN_WORD.test(text.slice(end - 1, end + 1))) end++;
  return [start, end];
}

/** Not between the two units of one character. */
function whole(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}
