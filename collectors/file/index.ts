import type { Collector, CollectorIo, Page, RawRecord } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import { map } from "./map.ts";
import { open } from "./open.ts";
import { type FileOptions, fileOptions } from "./options.ts";
import { recordsOf } from "./records.ts";

/** Records a page: one transaction of the store. */
const RECORDS_A_PAGE = 1_000;

export const file: Collector<FileOptions, never> = {
  info: {
    name: "file",
    title: "Files of posts",
    summary:
      "Imports posts from JSON Lines, tables, and the exports of other tools, from a path, standard input or an address.",
    lawful_basis: "The analyst has the file by right: an export, a research set, a colleague's collection.",
    options: fileOptions,
    references: [
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

/** No cursor: a file read twice gives posts that are known already, and one that was cut short is read whole again. */
async function* collect(options: FileOptions, _: never | null, io: CollectorIo): AsyncGenerator<Page<never>> {
  const opened = await open(options, io);
  let records: RawRecord[] = [];
  let total = 0;
  let broken: unknown = null;
  let readAs: string | null = null;
  const page = (): Page<never> => {
    const progress = opened.progress();
    return {
      records,
      next: null,
      ...(progress === null ? {} : { progress }),
      ...(readAs === null ? {} : { read_as: readAs }),
    };
  };
  const all = recordsOf(opened.chunks, opened.name, options, (format) => {
    readAs = format;
  });
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
