/** Columns of a terminal that a text takes: Chinese, Japanese, Korean and emoji take two, marks none. */
export function widthOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += widthOfCharacter(character);
  return width;
}

// Unicode Standard Annex 11, wide and full-width; the ranges that posts use.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;

function widthOfCharacter(character: string): number {
  if (WIDE.test(character)) return 2;
  return NO_WIDTH.test(character) ? 0 : 1;
}

/**
 * A stranger's text on one line and harmless to a terminal: control characters (which could move the cursor or
 * change colours) and marks that turn the direction of writing are taken out.
 */
export function plain(text: string): string {
  return text
    .replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+/g, " ")
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, "")
    .trim();
}

/** Cut to so many columns, with … where something is missing. */
export function shorten(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = "";
  let width = 0;
  for (const character of text) {
    width += widthOfCharacter(character);
    if (width > columns - 1) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

export function pad(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - widthOf(text)));
}

/** Columns of a finding: what a person reads at ease, and what most terminals and mails hold. */
export const COLUMNS = 100;

/** Marks that may not begin a line (the line-breaking rules of GB/T 15834, and those of Latin type). */
const NO_START = /^[，。、；：？！）》」』】”’…％%,.;:!?)\]]/;
/** Where lines may break: before each word that a space leads, and before each wide character. */
const PIECES = new RegExp(`\\s*(?:${WIDE.source}|(?:(?!${WIDE.source})\\S)+)`, "gu");

/**
 * Breaks a text into lines; the first begins with `first`, the others with as many spaces as `first` is wide, or with
 * `rest`. A word longer than a line (a URL) stays whole.
 */
export function wrap(
  text: string,
  { columns = COLUMNS, first = "", rest = " ".repeat(widthOf(first)) } = {},
): readonly string[] {
  const lines: string[] = [];
  let line = first;
  let fresh = true;
  for (const piece of text.match(PIECES) ?? []) {
    if (!fresh && widthOf(line) + widthOf(piece) > columns && !NO_START.test(piece)) {
      lines.push(line);
      line = rest;
      fresh = true;
    }
    line += fresh ? piece.trimStart() : piece;
    fresh = false;
  }
  lines.push(line.trimEnd());
  return lines;
}

/** Columns lined up, two spaces between them, none wider than given. */
export function table(
  rows: readonly (readonly string[])[],
  widest: readonly number[],
  indent = "",
): readonly string[] {
  const widths = widest.map((most, i) =>
    Math.min(most, Math.max(...rows.map((row) => widthOf(row[i] ?? "")))),
  );
  return rows.map((row) =>
    `${indent}${row.map((cell, i) => pad(shorten(cell, widths[i]!), widths[i]!)).join("  ")}`.trimEnd(),
  );
}
