/** What a spreadsheet takes for a formula when a cell begins with it (OWASP, CSV Injection), full-width forms too. */
const DANGEROUS = /^[=+\-@\t\r\n＝＋－＠]/;
const GUARD = "'";

/** The column that says a row's cells are guarded, with what it holds then. */
export const GUARD_COLUMN = "guard";
export const GUARDED = "apostrophe";

/**
 * An apostrophe before what a spreadsheet would run, and before an apostrophe: so a guarded cell can be told from one
 * that was written that way, and `unguardedCell` gives back just what was there.
 */
export function guardedCell(value: string): string {
  return DANGEROUS.test(value) || value.startsWith(GUARD) ? GUARD + value : value;
}

export function unguardedCell(value: string): string {
  return value.startsWith(GUARD) ? value.slice(1) : value;
}
