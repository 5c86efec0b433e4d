import { type CsvError, parse } from "csv-parse";
import type { RawRecord } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import type { FormatName } from "./formats/names.ts";
import { LONGEST_LINE } from "./lines.ts";
import { peek } from "./open.ts";
import type { FileOptions } from "./options.ts";
import type { TableRow, Unreadable } from "./record.ts";
import { refuseMissing, type Table, tableOf } from "./tables.ts";
import type { Tagged } from "./tagged.ts";

/**
 * Reads the rows of a CSV by the names of its first row. A row of another length is kept aside with the reason. `told`
 * hears which tool wrote the table, as soon as the first row says so.
 */
export async function* rowsOf(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  options: FileOptions,
  told: (format: FormatName) => void,
): AsyncGenerator<RawRecord> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let strict = true;
  let header: readonly string[] | null = null;
  let table: Table | null = null;
  let line = 1;
  const { start, whole } = await peek(chunks, HEADER_BYTES);
  const parser = createTable(options.delimiter ?? delimiterIn(new TextDecoder().decode(start)));
  const taken = function* (): Generator<RawRecord> {
    for (const { cells, lines } of parser.take()) {
      const where = `${name} line ${line}`;
      // `lines` counts to the end of a row, which may span several; the next begins after it.
      line = lines + 1;
      if (header === null) {
        header = headerOf(cells, name);
        table = formatOf(header, options);
        if (table === null) checkColumns(header, name, options);
        else refuseMissing(name, header, table);
        told(table?.format ?? "csv");
        continue;
      }
      const problem = problemOf(cells, header, strict);
      const raw = problem === null ? rowOf(cells, header, table) : { problem, raw: JSON.stringify(cells) };
      yield { where, raw };
    }
  };
  try {
    for await (const chunk of whole) {
      strict &&= isText(decoder, chunk);
      await parser.write(chunk);
      yield* taken();
    }
    await parser.end();
    yield* taken();
  } catch (error) {
    if ((error as Partial<CsvError>).code?.startsWith("CSV_") !== true) throw error;
    yield* taken();
    const problem = `the table cannot be read from here on: ${(error as Error).message}`;
    yield { where: `${name} line ${line}`, raw: { problem, raw: "" } satisfies Unreadable };
  }
}

/** The widest table we know, with 300 columns, has a first row of 9 KB. */
const HEADER_BYTES = 65_536;

/** What parts the names in the first row: the mark it holds most of, outside quotes. */
function delimiterIn(start: string): string {
  const header = start.replace(/"[^"]*"/g, "").split(/\r?\n/, 1)[0]!;
  const count = (mark: string) => header.split(mark).length;
  return [",", ";", "\t", "|"].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

interface Parsed {
  readonly cells: readonly string[];
  readonly lines: number;
}

/**
 * The parser, fed by hand: as a stream it drops the rows that wait in its buffer when a later one cannot be read.
 * `write` and `end` reject with the parser's error.
 */
function createTable(delimiter: string) {
  let rows: Parsed[] = [];
  const parser = parse({
    bom: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_LINE,
    delimiter,
    on_record: (cells: readonly string[], { lines }) => {
      rows.push({ cells, lines });
      return null;
    },
  });
  parser.on("error", () => {});
  parser.resume();
  const settled = (start: (done: (error?: Error | null) => void) => void): Promise<void> =>
    new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())));
  return {
    write: (chunk: Uint8Array) => settled((done) => parser.write(chunk, done)),
    end: () =>
      settled((done) => {
        parser.once("error", done).once("end", () => done());
        parser.end();
      }),
    take: (): readonly Parsed[] => {
      const taken = rows;
      rows = [];
      return taken;
    },
  };
}

function isText(decoder: InstanceType<typeof TextDecoder>, chunk: Uint8Array): boolean {
  try {
    decoder.decode(chunk, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function headerOf(record: readonly string[], name: string): readonly string[] {
  const header = record.map((column) => column.trim());
  const twice = header.find((column, index) => header.indexOf(column) !== index);
  if (twice !== undefined) throw new SetAside(`${name} has two columns "${twice}"; rename one of them`);
  return header;
}

/** A column map says that the table is nobody's export; so does a table in Headwater's own names. */
function formatOf(header: readonly string[], { columns, format }: FileOptions): Table | null {
  if (format === undefined ? columns !== undefined : format === "csv" || format === "jsonl") return null;
  if (format === undefined && header.includes("text") && header.includes("platform")) return null;
  return tableOf(header, format ?? null);
}

/** A column map that names a column the file has not is a slip, told before anything is imported. */
function checkColumns(header: readonly string[], name: string, { columns = {} }: FileOptions): void {
  const has = `it has ${header.map((column) => `"${column}"`).join(", ")}`;
  const missing = Object.values(columns).filter((column) => !header.includes(column));
  if (missing.length > 0) {
    throw new SetAside(`${name} has no column ${missing.map((column) => `"${column}"`).join(", ")}; ${has}`);
  }
  const hasWords = ["text", "title"].some((field) => header.includes(field) || field in columns);
  if (!hasWords) {
    throw new SetAside(
      `${name} has no column "text"; say which one it is with the column map (columns: { text: … }); ${has}`,
    );
  }
}

function problemOf(record: readonly string[], header: readonly string[], strict: boolean): string | null {
  const cells = record.slice(header.length).every((cell) => cell === "")
    ? Math.min(record.length, header.length)
    : record.length;
  if (cells !== header.length) {
    return `the row has ${record.length} cells where the first row names ${header.length}; a quote or a delimiter is missing`;
  }
  if (!strict && record.some((cell) => cell.includes("\ufffd"))) {
    return "the row is not valid UTF-8; name the file's encoding if it is another, or save it as UTF-8";
  }
  return null;
}

function rowOf(record: readonly string[], header: readonly string[], table: Table | null): TableRow | Tagged {
  const row = Object.fromEntries(header.map((column, index) => [column, record[index]!]));
  return table === null ? { row } : { format: table.format, table: table.table, row };
}
