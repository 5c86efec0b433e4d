import { toSimplified } from "./chinese.ts";

/** A name of fewer than two Han characters or four letters is too common to be recognised in a text. */
export function isWeightyName(name: string): boolean {
  return FOUR_LETTERS.test(name) || TWO_HAN.test(name);
}

const FOUR_LETTERS = /[\p{L}\p{N}](?:[^\p{L}\p{N}]*[\p{L}\p{N}]){3}/u;
const TWO_HAN = /\p{Script=Han}\P{Script=Han}*\p{Script=Han}/u;

/** A text or name as names are compared: case and script folded. Places in it are places in the original. */
export function foldName(text: string): string {
  const lower = text.toLowerCase();
  // A few letters grow when lowered (İ); then case stays, so that places stay.
  return toSimplified(lower.length === text.length ? lower : text);
}

/** Where a name stands in a folded text, as a whole word; -1 when it does not. Both are folded with `foldName`. */
export function placeOfName(text: string, name: string, from = 0): number {
  for (let at = text.indexOf(name, from); at >= 0; at = text.indexOf(name, at + 1)) {
    if (/\p{Script=Han}/u.test(name)) return at;
    const before = text[at - 1] ?? " ";
    const after = text[at + name.length] ?? " ";
    if (!/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) return at;
    // Letters glued to Chinese text are a word of their own.
    if (!/[\p{Script=Latin}\p{Script=Cyrillic}\p{N}]/u.test(before + after)) return at;
  }
  return -1;
}

/** What ends a sentence: Chinese and Western marks, and a new line. */
const SENTENCE_END = /[。！？!?\n；;]|\.(?=\s|$)/g;

/** `[start, end]` of each sentence of a text that names one of the names. */
export function sentencesNaming(
  text: string,
  names: readonly string[],
): readonly (readonly [number, number])[] {
  const wanted = names.filter(isWeightyName).map(foldName);
  if (wanted.length === 0) return [];
  const folded = foldName(text);
  if (!wanted.some((name) => folded.includes(name))) return [];
  return sentencesOf(text).filter(([start, end]) => {
    const sentence = folded.slice(start, end);
    return wanted.some((name) => placeOfName(sentence, name) >= 0);
  });
}

/** `[start, end]` of each sentence of a text, its mark included; together they are the whole text. */
export function sentencesOf(text: string): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  let start = 0;
  for (const end of [...[...text.matchAll(SENTENCE_END)].map((mark) => mark.index + 1), text.length]) {
    if (end > start) found.push([start, end]);
    start = end;
  }
  return found;
}
