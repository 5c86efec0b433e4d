import { SetAside } from "../../contracts/errors.ts";
import { type Format, namesOf, type RowFormat } from "./formats/format.ts";
import { formats } from "./formats/index.ts";
import type { FormatName } from "./formats/names.ts";

export interface Table {
  readonly format: keyof typeof formats;
  readonly title: string;
  /** Its place among the tables of the format. */
  readonly table: number;
  readonly missing: readonly (string | readonly string[])[];
}

/** A wide table is still told when a quarter of its columns have other names; a narrow one must have them all. */
const WIDE = 8;

/** Which tool wrote a table with this first row; null when none did. One named in `format` is kept to. */
export function tableOf(header: readonly string[], only: FormatName | null): Table | null {
  const candidates = (Object.entries(formats) as [Table["format"], Format][])
    .filter(([format]) => only === null || only === format)
    .flatMap(([format, { title, rows = [] }]) =>
      rows.map((row, table) => ({ format, title, table, needs: row.needs, missing: missingOf(header, row) })),
    )
    .sort((a, b) => a.missing.length / a.needs.length - b.missing.length / b.needs.length);
  const [best] = candidates;
  if (best === undefined) return null;
  const allowed = best.needs.length < WIDE ? 0 : Math.floor(best.needs.length / 4);
  return only !== null || best.missing.length <= allowed ? best : null;
}

function missingOf(header: readonly string[], { needs }: RowFormat): Table["missing"] {
  return needs.filter((need) => !namesOf(need).some((name) => header.includes(name)));
}

/** A table that lacks a column is told so before anything is imported, with the column that may have taken its place. */
export function refuseMissing(
  name: string,
  header: readonly string[],
  { title, missing, format }: Table,
): void {
  if (missing.length === 0) return;
  const told = missing.map((need) => {
    const [column, ...others] = namesOf(need).map((one) => `"${one}"`);
    const near = header.find((name) => isAlike(name, namesOf(need)[0]!));
    const hint = near === undefined ? "" : ` (is it "${near}" now?)`;
    return `${column}${others.length > 0 ? ` or ${others[0]}` : ""}${hint}`;
  });
  throw new SetAside(
    `${name} is read as ${title} (${format}) and has no column ${told.join(", ")}; it has ${header.map((column) => `"${column}"`).join(", ")}. Name the column as it was, or import it as csv with a column map`,
  );
}

/** Whether one name is the other with other marks, or has words added to it. */
function isAlike(one: string, other: string): boolean {
  const [a, b] = [one, other].map((name) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")) as [
    string,
    string,
  ];
  return a.length > 3 && b.length > 3 && (a.includes(b) || b.includes(a));
}
