import { DROP, foldCodePoint, foldingTable, SLOW } from "./folding.ts";

/** The words of a phrase query; `prefix` when the last of them is only how a word of the index begins. */
export interface SearchPhrase {
  readonly words: string;
  readonly prefix: boolean;
}

/**
 * A text as the full-text index of every store takes it in: words folded as in a wording (width, case, accents,
 * simplified/traditional), and runs of a script that is written without spaces as overlapping pairs of characters,
 * the last one also alone: `新华社 reports` → `新华 华社 社 reports`. So each character begins exactly one word of the
 * index, and any stretch of characters is found as a phrase. Linear. Pure ASCII is given back as it is: the index
 * itself splits at what is neither letter nor digit, and lowers case.
 */
export function searchable(text: string): string {
  return isAscii(text) ? text : fold(text).words;
}

/** A search for a stretch of what `searchable` indexed; null when it has no letter or digit to search for. */
export function searchPhrase(value: string): SearchPhrase | null {
  const { words, pending } = isAscii(value) ? { words: value, pending: 0 } : fold(value);
  if (!/[\p{L}\p{N}]/u.test(words)) return null;
  // What follows the stretch is open: its last character may begin any pair, so its single is left out, or asked for
  // as a prefix when no pair says the same.
  if (pending === RUN) return { words: words.slice(0, words.lastIndexOf(" ")), prefix: false };
  return { words, prefix: pending === ALONE };
}

/** What `searchable` gave, one space between two words and lower case: for an index that splits at spaces only. */
export function spacedWords(words: string): string {
  return words.toLowerCase().replace(NO_WORD, " ").trim();
}

/** As SQLite's unicode61 tokenizer splits, so that both stores find the same. */
const NO_WORD = /[^\p{L}\p{N}\p{Co}]+/gu;

/** What a text ended in: a word, one character of an unspaced script, or a run of several. */
const ALONE = 1;
const RUN = 2;

interface Folding {
  length: number;
  /** The last character of a run, whose single is not written yet; 0 when there is none. */
  previous: number;
  pending: 0 | typeof ALONE | typeof RUN;
  inWord: boolean;
  /** Space or punctuation has been passed since the last character. */
  gapped: boolean;
}

const SPACE = 0x20;
/** The longest fold of one character is 18 letters (U+FDFA). */
const LONGEST_FOLD = 18;
/** Each character may write a space and two surrogate pairs, and the single of the run before it. */
const ROOM = LONGEST_FOLD * 8;

let units = new Uint16Array(1 << 14);

function fold(text: string): { readonly words: string; readonly pending: Folding["pending"] } {
  const folding = foldingTable();
  const kinds = kindTable();
  const state: Folding = { length: 0, previous: 0, pending: 0, inWord: false, gapped: true };
  for (let at = 0; at < text.length; ) {
    if (state.length + ROOM > units.length) grow();
    const unit = text.charCodeAt(at);
    const folded = folding[unit]!;
    if (folded === DROP) {
      if (kinds[unit] !== IGNORED) state.gapped = true;
      at++;
    } else if (folded === SLOW) {
      const codePoint = text.codePointAt(at)!;
      const expanded = foldCodePoint(codePoint);
      if (expanded === "" && !isIgnored(codePoint)) state.gapped = true;
      for (const character of expanded) put(state, character.codePointAt(0)!, kinds);
      at += codePoint > 0xffff ? 2 : 1;
    } else {
      // Most characters go on with a word.
      if (state.inWord && !state.gapped && kinds[folded] === 0) units[state.length++] = folded;
      else put(state, folded, kinds);
      at++;
    }
  }
  if (state.previous !== 0) single(state);
  const words = Buffer.from(units.buffer, 0, state.length * 2).toString("utf16le");
  return { words, pending: state.pending };
}

function put(state: Folding, codePoint: number, kinds: Uint8Array): void {
  const unspaced =
    codePoint > 0xffff
      ? UNSPACED_SCRIPT.test(String.fromCodePoint(codePoint))
      : kinds[codePoint] === UNSPACED;
  if (unspaced) {
    if (state.previous !== 0 && !state.gapped) {
      units[state.length++] = SPACE;
      write(state, state.previous);
      write(state, codePoint);
      state.pending = RUN;
    } else {
      if (state.previous !== 0) single(state);
      state.pending = ALONE;
    }
    state.previous = codePoint;
    state.inWord = false;
  } else {
    if (state.previous !== 0) single(state);
    if (state.gapped || !state.inWord) units[state.length++] = SPACE;
    write(state, codePoint);
    state.previous = 0;
    state.pending = 0;
    state.inWord = true;
  }
  state.gapped = false;
}

function single(state: Folding): void {
  units[state.length++] = SPACE;
  write(state, state.previous);
}

function write(state: Folding, codePoint: number): void {
  if (codePoint > 0xffff) {
    units[state.length++] = 0xd800 + ((codePoint - 0x10000) >> 10);
    units[state.length++] = 0xdc00 + ((codePoint - 0x10000) & 0x3ff);
  } else {
    units[state.length++] = codePoint;
  }
}

function grow(): void {
  const wider = new Uint16Array(units.length * 2);
  wider.set(units);
  units = wider;
}

function isAscii(text: string): boolean {
  return /^[\x00-\x7f]*$/.test(text);
}

const UNSPACED = 1;
const IGNORED = 2;
/** Scripts written without spaces, and Korean, whose words carry their particles with them. ー lengthens kana. */
const UNSPACED_SCRIPT =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

let table: Uint8Array | null = null;

/** For each UTF-16 code unit whether it belongs to such a script, or is a mark or format control that parts nothing. */
function kindTable(): Uint8Array {
  if (table !== null) return table;
  table = new Uint8Array(0x10000);
  for (let unit = 0; unit < 0xffff; unit++) {
    if (unit >= 0xd800 && unit <= 0xdfff) continue;
    if (isIgnored(unit)) table[unit] = IGNORED;
    else if (UNSPACED_SCRIPT.test(String.fromCharCode(unit))) table[unit] = UNSPACED;
  }
  return table;
}

function isIgnored(codePoint: number): boolean {
  return /[\p{M}\p{Cf}]/u.test(String.fromCodePoint(codePoint));
}
