import type { Collector, CollectorIo, Page, RawRecord } from "../../contracts/collector.ts";
import { readListed } from "../listed.ts";
import { askDoc, stampOf } from "./doc.ts";
import { readFiles } from "./gkg.ts";
import { map } from "./map.ts";
import { type GdeltCursor, type GdeltOptions, gdeltOptions } from "./options.ts";

/** GDELT lists an article some minutes after it has seen it, at times an hour. */
const BEHIND_MS = 2 * 3_600_000;

export const gdelt: Collector<GdeltOptions, GdeltCursor> = {
  info: {
    name: "gdelt",
    title: "GDELT",
    summary:
      "Finds news articles of the world through GDELT: by a query of its DOC API, or out of its knowledge graph.",
    options: gdeltOptions,
    lawful_basis:
      "GDELT offers its interfaces and files for any use; the pages it names are open to anyone, and robots.txt of each is kept.",
    references: [
      "https://blog.gdeltproject.org/gdelt-doc-2-0-api-debuts/",
      "http://data.gdeltproject.org/documentation/GDELT-Global_Knowledge_Graph_Codebook-V2.1.pdf",
      "https://www.gdeltproject.org/about.html#termsofuse",
    ],
  },
  collect,
  map,
};

async function* collect(
  options: GdeltOptions,
  from: GdeltCursor | null,
  io: CollectorIo,
): AsyncGenerator<Page<GdeltCursor>> {
  const of = JSON.stringify([options.api, options.data, options.query, options.gkg]);
  const known = from?.of === of ? from : null;
  const now = io.now().getTime();
  const first = now - options.hours * 3_600_000;
  const { listed, until } = await find(options, known?.until ?? null, first, now, io);
  // Until every page was read, the place in the index stays where it was.
  const before = known?.until ?? (options.gkg === undefined ? new Date(first).toISOString() : stampOf(first));
  let seen = known?.seen ?? {};
  const unread =
    options.read === "listed" ? 0 : [...listed.keys()].filter((url) => seen[url] === undefined).length;
  for await (const page of readListed(listed, options, { seen }, io)) {
    seen = page.next?.seen ?? seen;
    yield { ...page, next: { of, until: before, seen } };
  }
  if (io.signal.aborted) return;
  yield { records: [], next: { of, until: unread > options.max_pages ? before : until, seen } };
}

async function find(
  options: GdeltOptions,
  until: string | null,
  first: number,
  now: number,
  io: CollectorIo,
): Promise<{ readonly listed: ReadonlyMap<string, RawRecord>; readonly until: string }> {
  if (options.gkg !== undefined) {
    const { rows, until: last } = await readFiles(options, until ?? stampOf(first), io);
    return { listed: rows, until: last };
  }
  const since = until === null ? first : Math.max(first, Date.parse(until) - BEHIND_MS);
  return { listed: await askDoc(options, since, now, io), until: new Date(now).toISOString() };
}
