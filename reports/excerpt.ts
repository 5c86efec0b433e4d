import type { Range } from "../contracts/link.ts";
import { toSimplified } from "../text/chinese.ts";
import { plain } from "./terminal.ts";

/** Enough characters to know a sentence again, few enough for a line or two. */
export const EXCERPT = 60;

/** The beginning of a stretch of text, in quotation marks, with … where it goes on. */
export function excerpt(text: string, [from, to]: Range, most = EXCERPT): string {
  const characters = [...plain(text.slice(from, to))];
  if (characters.length <= most) return `“${characters.join("")}”`;
  return `“${characters.slice(0, most).join("").trimEnd()}…”`;
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

/** Not between the two units of one character. */
function whole(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}
