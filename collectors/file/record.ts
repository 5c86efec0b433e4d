import { GUARD_COLUMN, GUARDED, unguardedCell } from "../../text/csv-cells.ts";
import { type Fields, isFields } from "../fields.ts";
import { FIELDS, type FileOptions } from "./options.ts";

export { type Fields, isFields };

/** A record that reading already found to be no post. */
export interface Unreadable {
  readonly problem: string;
  /** What was read of it, for the quarantine. */
  readonly raw: string;
}

/** A row of a table by the names of its columns. */
export interface TableRow {
  readonly row: Readonly<Record<string, string>>;
}

export function isUnreadable(raw: unknown): raw is Unreadable {
  return isFields(raw) && typeof raw.problem === "string" && typeof raw.raw === "string";
}

export function isRow(raw: unknown): raw is TableRow {
  return isFields(raw) && isFields(raw.row) && Object.keys(raw).length === 1;
}

export const LIST = "the line is a list or begins one; write one record a line, e.g. with `jq -c '.[]'`";

/** What a parser's message means for the person who has the file. */
export function jsonProblem(line: string, error: SyntaxError): string {
  if (line.trimStart().startsWith("[")) return LIST;
  if (/end of JSON|Unterminated/i.test(error.message)) return "the line is cut short: its JSON does not end";
  return `the line is no JSON: ${error.message.replace(/ \(line 1 column \d+\)/, "")}`;
}

/** The record a row makes, by the column map or by columns named as fields; what fills nothing is named. */
export function recordOfRow(
  { row }: TableRow,
  { columns = {} }: FileOptions,
): { readonly record: Fields; readonly unknown: readonly string[] } {
  if (row[GUARD_COLUMN] === GUARDED) return { record: recordOfExport(row), unknown: [] };
  const record: Record<string, unknown> = {};
  const used = new Set<string>();
  for (const field of FIELDS) {
    const column = columns[field] ?? field;
    const cell = row[column];
    if (cell === undefined) continue;
    used.add(column);
    if (cell !== "") put(record, field.split("."), cell);
  }
  return { record, unknown: Object.keys(row).filter((column) => !used.has(column)) };
}

/** Columns of Headwater's own table that hold a list as JSON. */
const LISTS = new Set(["references", "media"]);

/** A row that `export posts --format csv` wrote: the record it was made of. Throws SyntaxError for a list cut short. */
function recordOfExport(row: Readonly<Record<string, string>>): Fields {
  const record: Record<string, unknown> = {};
  for (const [column, cell] of Object.entries(row)) {
    if (cell === "" || column === GUARD_COLUMN) continue;
    const value = unguardedCell(cell);
    put(record, column.split("."), LISTS.has(column) ? JSON.parse(value) : value);
  }
  return record;
}

function put(
  record: Record<string, unknown>,
  [outer, inner, member]: readonly string[],
  cell: unknown,
): void {
  if (inner === undefined) record[outer!] = cell;
  else if (member === undefined)
    record[outer!] = { ...(record[outer!] as Fields | undefined), [inner]: cell };
  else {
    const items = (record[outer!] ?? []) as readonly Fields[];
    const same = items.find(({ kind }) => kind === inner);
    record[outer!] = [...items.filter((item) => item !== same), { ...same, kind: inner, [member]: cell }];
  }
}
