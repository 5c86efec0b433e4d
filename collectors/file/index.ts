import type { Collector, RawRecord } from "../../contracts/collector.ts";
import { type Line, linesOf } from "./lines.ts";
import { map, type Unreadable } from "./map.ts";
import { open } from "./open.ts";
import { type FileOptions, fileOptions } from "./options.ts";
import { rowsOf } from "./rows.ts";

/** Records a page: one transaction of the store. */
const RECORDS_A_PAGE = 1_000;

export const file: Collector<FileOptions, never> = {
  info: {
    name: "file",
    title: "Files of posts",
    summary:
      "Imports posts from JSON Lines or CSV, also compressed with gzip, from a path, standard input or an address.",
    lawful_basis: "The analyst has the file by right: an export, a research set, a colleague's collection.",
    options: fileOptions,
    references: ["https://jsonlines.org", "https://www.rfc-editor.org/rfc/rfc4180"],
  },
  map,
  // No cursor: a file read twice gives posts that are known already, and a file that was cut short is read whole again.
  async *collect(options, _, io) {
    const opened = await open(options, io);
    let records: RawRecord[] = [];
    for await (const record of recordsOf(opened.chunks, opened.name, options)) {
      records.push(record);
      if (records.length < RECORDS_A_PAGE) continue;
      yield page(records, opened.progress());
      records = [];
      if (io.signal.aborted) return;
    }
    yield page(records, opened.progress());
  },
};

function page(
  records: readonly RawRecord[],
  progress: { readonly done: number; readonly total: number } | null,
) {
  return { records, next: null, ...(progress === null ? {} : { progress }) };
}

async function* recordsOf(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  options: FileOptions,
): AsyncGenerator<RawRecord> {
  const [format, whole] = await formatOf(chunks, name, options);
  if (format === "csv") {
    yield* rowsOf(whole, name, options);
    return;
  }
  for await (const lines of linesOf(whole)) {
    for (const line of lines)
      if (line.problem !== null || line.text.trim() !== "") yield recordOf(line, name);
  }
}

function recordOf({ number, text, problem }: Line, name: string): RawRecord {
  const where = `${name} line ${number}`;
  return { where, raw: problem === null ? text : ({ problem, raw: text } satisfies Unreadable) };
}

/** By option, by name, else by the first character: a JSON Lines file begins with a brace. */
async function formatOf(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  { format }: FileOptions,
): Promise<readonly ["jsonl" | "csv", AsyncIterable<Uint8Array>]> {
  if (format !== undefined) return [format, chunks];
  if (/\.(?:jsonl|ndjson|json)(?:\.gz)?$/i.test(name)) return ["jsonl", chunks];
  if (/\.(?:csv|tsv)(?:\.gz)?$/i.test(name)) return ["csv", chunks];
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  const whole = async function* () {
    if (first.done !== true) yield first.value;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  };
  const start = first.done === true ? "" : new TextDecoder().decode(first.value.subarray(0, 200)).trimStart();
  return [start === "" || start.startsWith("{") ? "jsonl" : "csv", whole()];
}
