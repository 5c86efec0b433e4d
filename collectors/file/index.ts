import type { Collector, CollectorIo, Page, RawRecord } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import { type Line, linesOf } from "./lines.ts";
import { map } from "./map.ts";
import { open, peek } from "./open.ts";
import { type FileOptions, fileOptions } from "./options.ts";
import type { Unreadable } from "./record.ts";
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
  collect,
};

/** No cursor: a file read twice gives posts that are known already, and one that was cut short is read whole again. */
async function* collect(options: FileOptions, _: never | null, io: CollectorIo): AsyncGenerator<Page<never>> {
  const opened = await open(options, io);
  let records: RawRecord[] = [];
  let total = 0;
  let broken: unknown = null;
  const page = (): Page<never> => {
    const progress = opened.progress();
    return { records, next: null, ...(progress === null ? {} : { progress }) };
  };
  const all = recordsOf(opened.chunks, opened.name, options);
  for (;;) {
    try {
      const next = await all.next();
      if (next.done === true) break;
      records.push(next.value);
    } catch (error) {
      // What was read before the break counts; the break itself is told after it.
      broken = error;
      break;
    }
    if (records.length < RECORDS_A_PAGE) continue;
    yield page();
    total += records.length;
    records = [];
    if (io.signal.aborted) return;
  }
  if (broken !== null && io.signal.aborted) return;
  if (records.length > 0) yield page();
  if (broken !== null) throw broken instanceof SetAside ? broken : unreadable(opened.name, broken);
  if (total + records.length === 0) io.warn(opened.name, `${opened.name} holds no records`);
}

/** A failure of the disk or the network on the way; anything else is a mistake of ours and stays what it is. */
function unreadable(name: string, error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return error;
  return new SetAside(`${name} could not be read to its end: ${(error as Error).message}`, { cause: error });
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
    for (const line of lines) if (line.problem !== null || /\S/.test(line.text)) yield recordOf(line, name);
  }
}

function recordOf({ number, text, problem }: Line, name: string): RawRecord {
  const where = `${name} line ${number}`;
  return { where, raw: problem === null ? text : ({ problem, raw: text } satisfies Unreadable) };
}

/** By option, by name, else by the first character: a record of JSON Lines begins with a brace. */
async function formatOf(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  { format }: FileOptions,
): Promise<readonly ["jsonl" | "csv", AsyncIterable<Uint8Array>]> {
  if (format !== undefined) return [format, chunks];
  if (/\.(?:jsonl|ndjson|json)(?:\.gz)?$/i.test(name)) return ["jsonl", chunks];
  if (/\.(?:csv|tsv)(?:\.gz)?$/i.test(name)) return ["csv", chunks];
  const { start, whole } = await peek(chunks, 200);
  const first = new TextDecoder().decode(start).trimStart()[0];
  return [first === undefined || "{[".includes(first) ? "jsonl" : "csv", whole];
}
