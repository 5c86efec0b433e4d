import type { Collector, CollectorIo, Page, RawRecord } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import { isCapture } from "./capture.ts";
import { map } from "./map.ts";
import { open } from "./open.ts";
import { type FileOptions, fileOptions } from "./options.ts";
import { recordsOf } from "./records.ts";

/** Records a page: one transaction of the store. */
const RECORDS_A_PAGE = 1_000;
/** Fewer where they are long, so that a page stays in memory easily. */
const BYTES_A_PAGE = 16_000_000;
const RECORD = 4_000;

export const file: Collector<FileOptions, never> = {
  info: {
    name: "file",
    title: "Files of posts",
    summary:
      "Imports posts from JSON Lines, tables, web archives and the exports of other tools, from a path, standard input or an address.",
    lawful_basis: "The analyst has the file by right: an export, a research set, a colleague's collection.",
    options: fileOptions,
    references: [
      "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
      "https://specs.webrecorder.net/wacz/latest/",
      "https://jsonlines.org",
      "https://www.rfc-editor.org/rfc/rfc4180",
      "https://github.com/digitalmethodsinitiative/zeeschuimer",
      "https://github.com/digitalmethodsinitiative/4cat",
      "https://developers.facebook.com/docs/content-library-and-api/appendix/data-dictionary",
    ],
  },
  map,
  collect,
};

/**
 * No cursor: a file read twice gives posts that are known already, and one that was cut short is read whole again. A file
 * of an archive that breaks off costs no other; the first break is told at the end.
 */
async function* collect(options: FileOptions, _: never | null, io: CollectorIo): AsyncGenerator<Page<never>> {
  const formats = new Set<string>();
  let broken: unknown = null;
  for await (const opened of open(options, io)) {
    const told = (format: string) => void formats.add(format);
    const all = recordsOf(opened, options, told, io.warn);
    let total = 0;
    for await (const { records, failure } of pagesOf(all)) {
      total += records.length;
      const progress = opened.progress();
      if (records.length > 0) {
        yield {
          records,
          next: null,
          ...(progress === null ? {} : { progress }),
          ...(formats.size === 0 ? {} : { read_as: [...formats].join(", ") }),
        };
      }
      if (io.signal.aborted) return;
      if (failure === undefined) continue;
      total = Number.POSITIVE_INFINITY;
      broken ??= failure instanceof SetAside ? failure : unreadable(opened.name, failure);
    }
    if (total === 0) io.warn(opened.name, `${opened.name} holds no records`);
  }
  if (broken !== null) throw broken;
}

/** What was read before a break counts: the failure comes with the last records before it. */
async function* pagesOf(
  all: AsyncIterable<RawRecord>,
): AsyncGenerator<{ readonly records: readonly RawRecord[]; readonly failure?: unknown }> {
  let records: RawRecord[] = [];
  let size = 0;
  try {
    for await (const record of all) {
      records.push(record);
      size += sizeOf(record);
      if (records.length < RECORDS_A_PAGE && size < BYTES_A_PAGE) continue;
      yield { records };
      records = [];
      size = 0;
    }
  } catch (failure) {
    yield { records, failure };
    return;
  }
  if (records.length > 0) yield { records };
}

/** The text of a record, about; captured pages have 100,000 letters and more. */
function sizeOf({ raw }: RawRecord): number {
  if (typeof raw === "string") return raw.length;
  return isCapture(raw) ? raw.capture.html.length : RECORD;
}

/** A failure of the disk or the network on the way; anything else is a mistake of ours and stays what it is. */
function unreadable(name: string, error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return error;
  return new SetAside(`${name} could not be read to its end: ${(error as Error).message}`, { cause: error });
}
