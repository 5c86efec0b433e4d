import { UsageError } from "../contracts/errors.ts";

/** A place in the text of a search, and how much of the query stands before it. */
export interface Reader {
  readonly text: string;
  at: number;
  depth: number;
  clauses: number;
}

const CLOSING: Readonly<Record<string, string>> = { '"': '"', "“": "”" };

/** Whether nothing more follows within these parentheses. */
export function atEnd({ text, at }: Reader): boolean {
  return at === text.length || text[at] === ")";
}

export function atQuote({ text, at }: Reader): boolean {
  return (text[at] ?? "") in CLOSING;
}

export function atOperator({ text, at }: Reader, word: "AND" | "OR" | "NOT"): boolean {
  return text.startsWith(word, at) && /[\s()"“]/.test(text[at + word.length] ?? " ");
}

export function takeOperator(reader: Reader, word: "AND" | "OR" | "NOT"): boolean {
  if (!atOperator(reader, word)) return false;
  reader.at += word.length;
  skipSpace(reader);
  return true;
}

/** What matches at this very place, passed; null when nothing does. The pattern must be sticky. */
export function take(reader: Reader, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text);
  if (found !== null) reader.at += found[0].length;
  return found;
}

export function skipSpace(reader: Reader): void {
  take(reader, /\s+/y);
}

/** What stands in quotation marks, without them. */
export function takeQuoted(reader: Reader): string {
  const { text } = reader;
  const opened = reader.at;
  const close = CLOSING[text[opened]!]!;
  for (let at = opened + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === close) {
      reader.at = at + 1;
      return unescaped(text.slice(opened + 1, at));
    }
  }
  throw mistake(reader, "this quotation mark is never closed");
}

/** A word as written, up to a space, a parenthesis or a quotation mark. */
export function takeWord(reader: Reader): string {
  return take(reader, /(?:\\.|[^\s()"“\\]|\\$)+/sy)?.[0] ?? "";
}

/** Where the first star stands that is not escaped, or -1. */
export function starOf(written: string): number {
  for (let at = 0; at < written.length; at++) {
    if (written[at] === "\\") at++;
    else if (written[at] === "*") return at;
  }
  return -1;
}

/** What stands before, between and after the stars that are not escaped. */
export function partsBetweenStars(written: string): readonly string[] {
  const parts: string[] = [];
  let rest = written;
  for (let star = starOf(rest); star >= 0; star = starOf(rest)) {
    parts.push(rest.slice(0, star));
    rest = rest.slice(star + 1);
  }
  return [...parts, rest];
}

export function unescaped(written: string): string {
  return written.replace(/\\(.)/gsu, "$1");
}

/** Characters shown on either side of a mistake. */
const SHOWN = 40;
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60]/;

/** The error for a mistake at the reader's place, or at `at`, with the text and a mark below it. */
export function mistake(reader: Reader, sentence: string, at = reader.at): UsageError {
  const before = reader.text.slice(Math.max(0, at - SHOWN), at).replace(/\s/g, " ");
  const after = reader.text.slice(at, at + SHOWN).replace(/\s/g, " ");
  // A wide character takes two columns of a terminal, as does an ideographic space.
  const indent = before.replace(/./gu, (character) => (WIDE.test(character) ? "\u3000" : " "));
  return new UsageError(
    `The search cannot be read at character ${at + 1}: ${sentence}.\n  ${before}${after}\n  ${indent}^`,
  );
}
