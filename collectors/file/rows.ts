import { Readable } from "node:stream";
import { type CsvError, type Info, parse } from "csv-parse";
import type { RawRecord } from "../../contracts/collector.ts";
import { UsageError } from "../../contracts/errors.ts";
import type { Unreadable } from "./map.ts";
import { FIELDS, type Field, type FileOptions } from "./options.ts";

type Row = Readonly<Record<string, string>>;

/** Reads the rows of a CSV, each as a record by field name. A row with the wrong number of columns is told and kept aside. */
export async function* rowsOf(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  options: FileOptions,
): AsyncGenerator<RawRecord> {
  const parser = parse({
    bom: true,
    columns: true,
    info: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: 10_000_000,
    delimiter: options.delimiter ?? [",", ";", "\t"],
  });
  const rows = Readable.from(chunks, { objectMode: false }).pipe(parser);
  let checked = false;
  try {
    for await (const { record, info } of rows as AsyncIterable<{
      record: Row;
      info: Info & { lines: number };
    }>) {
      if (!checked) checkColumns(record, name, options);
      checked = true;
      yield { where: `${name} line ${info.lines}`, raw: fieldsOf(record, options) };
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { message, lines } = error as CsvError & { lines?: number };
    const raw: Unreadable = { problem: `the CSV cannot be read further: ${message}`, raw: "" };
    yield { where: `${name} line ${lines ?? "?"}`, raw };
  }
}

/** A column map that names a column the file has not is a slip, told before anything is imported. */
function checkColumns(row: Row, name: string, { columns = {} }: FileOptions): void {
  const missing = Object.values(columns).filter((column) => !(column in row));
  if (
    missing.length === 0 &&
    ("text" in row || "title" in row || columns.text !== undefined || columns.title !== undefined)
  )
    return;
  const has = Object.keys(row).join(", ");
  throw new UsageError(
    missing.length > 0
      ? `${name} has no column ${missing.map((column) => `"${column}"`).join(", ")}; it has ${has}`
      : `${name} has no column "text"; say which one it is with a column map (text=COLUMN). It has ${has}`,
    65,
  );
}

function fieldsOf(row: Row, { columns = {} }: FileOptions): Readonly<Record<string, unknown>> {
  const used = new Set(Object.values(columns));
  const record: Record<string, unknown> = {};
  const nested: Record<string, Record<string, string>> = {};
  for (const field of FIELDS) {
    const value = row[columns[field] ?? field];
    if (value === undefined || value === "") continue;
    const [outer, inner] = field.split(".") as [string, string | undefined];
    if (inner === undefined) record[outer] = value;
    else {
      nested[outer] ??= {};
      nested[outer][inner] = value;
    }
  }
  // Columns that fill nothing stay in the record, so that they are named and none is swallowed.
  for (const [column, value] of Object.entries(row)) {
    if (!used.has(column) && !FIELDS.includes(column as Field) && !(column in record)) record[column] = value;
  }
  return { ...record, ...nested };
}
