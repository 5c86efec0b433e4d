import { createHash } from "node:crypto";
import type { Collector, CollectorIo, Page } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import { decodeBody } from "../../text/charset.ts";
import { type ArchivedPage, stampOfDay, versionsOf } from "../archived.ts";
import { type FailedVisit, REMEMBERED } from "../visit.ts";
import { type Crawl, type Located, readCrawls, readIndex } from "./cdx.ts";
import { map } from "./map.ts";
import { type CommoncrawlCursor, type CommoncrawlOptions, commoncrawlOptions } from "./options.ts";
import { readRecord } from "./record.ts";

export const commoncrawl: Collector<CommoncrawlOptions, CommoncrawlCursor> = {
  info: {
    name: "commoncrawl",
    title: "Common Crawl",
    summary: "Reads pages as the monthly crawls of Common Crawl kept them.",
    options: commoncrawlOptions,
    lawful_basis:
      "Common Crawl publishes its crawls, which keep robots.txt, with an index for research; only the wanted records are fetched.",
    references: [
      "https://index.commoncrawl.org/",
      "https://commoncrawl.org/terms-of-use",
      "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    ],
  },
  collect,
  map,
  async revisit() {
    return { found: "unreachable", reason: "a capture in an archive stays as it is" };
  },
};

async function* collect(
  options: CommoncrawlOptions,
  from: CommoncrawlCursor | null,
  io: CollectorIo,
): AsyncGenerator<Page<CommoncrawlCursor>> {
  const { url, match, crawls } = options;
  const of = JSON.stringify([
    options.index,
    url,
    match,
    options.from,
    options.to,
    crawls,
    versionsOf(options),
  ]);
  let cursor: CommoncrawlCursor = from?.of === of ? from : { of, done: [], at: null, seen: [] };
  const seen = new Set(cursor.seen);
  const wanted = await crawlsOf(options, io);
  let visits = 0;
  let found = 0;
  for (const crawl of wanted) {
    if (cursor.done.includes(crawl)) continue;
    const begun = cursor.at?.crawl === crawl ? cursor.at : { crawl, page: 0, skip: 0 };
    const pages = await pagesOf(crawl, options, io);
    for (let page = begun.page; page < pages; page++) {
      const skip = page === begun.page ? begun.skip : 0;
      const located = await ask(crawl, page, options, io);
      if (io.signal.aborted) return;
      found += located.length;
      for (const [at, capture] of located.entries()) {
        const version = short(
          versionsOf(options) === "all" ? `${capture.urlkey} ${capture.digest}` : capture.urlkey,
        );
        if (at < skip || seen.has(version)) continue;
        if (visits >= options.max_pages) {
          io.warn(
            url,
            `max_pages is ${options.max_pages}; the captures of ${crawl} from ${capture.url} on wait for the next crawl.`,
          );
          return;
        }
        visits++;
        const record = await read(capture, options, io);
        if (io.signal.aborted) return;
        seen.add(version);
        cursor = { ...cursor, at: { crawl, page, skip: at + 1 }, seen: [...seen].slice(-REMEMBERED) };
        yield { records: [record], next: cursor };
      }
    }
    cursor = { ...cursor, done: [...cursor.done, crawl], at: null };
    yield { records: [], next: cursor };
  }
  if (found === 0 && from === null) io.warn(url, `none of ${wanted.length} crawls has a capture of it`);
}

const short = (version: string): string =>
  createHash("sha256").update(version).digest("base64url").slice(0, 12);

async function crawlsOf(options: CommoncrawlOptions, io: CollectorIo): Promise<readonly string[]> {
  if (options.crawls !== undefined) return options.crawls;
  const address = `${options.index.replace(/\/$/, "")}/collinfo.json`;
  const answer = await io.fetch(address, { accept: "application/json", api: true, signal: io.signal });
  const from = Date.parse(options.from!);
  const to = options.to === undefined ? Number.POSITIVE_INFINITY : Date.parse(options.to) + 86_400_000;
  const overlaps = (crawl: Crawl) => crawl.to >= from && crawl.from < to;
  return readCrawls(decodeBody(answer).text, address)
    .filter(overlaps)
    .map(({ id }) => id);
}

function questionOf(
  crawl: string,
  options: CommoncrawlOptions,
  more: Readonly<Record<string, string>>,
): string {
  const query = new URLSearchParams({
    url: options.url,
    matchType: options.match,
    output: "json",
    filter: "=status:200",
    ...(options.from === undefined ? {} : { from: stampOfDay(options.from) }),
    ...(options.to === undefined ? {} : { to: stampOfDay(options.to) }),
    ...more,
  });
  return `${options.index.replace(/\/$/, "")}/${crawl}-index?${query}`;
}

/** How many pages the index has for the question; none is told by a 404. */
async function pagesOf(crawl: string, options: CommoncrawlOptions, io: CollectorIo): Promise<number> {
  const question = questionOf(crawl, options, { showNumPages: "true" });
  const answer = await io.fetch(question, {
    accept: "application/json",
    api: true,
    statuses: [404],
    signal: io.signal,
  });
  if (answer.status === 404) return 0;
  const said = decodeBody(answer).text;
  let pages: unknown;
  try {
    pages = (JSON.parse(said) as { readonly pages?: unknown } | null)?.pages;
  } catch {
    pages = undefined;
  }
  if (typeof pages === "number" && Number.isSafeInteger(pages) && pages >= 0) return pages;
  throw new SetAside(
    `${question}: the index has changed shape or is blocking us; it does not say how many pages it has.`,
  );
}

async function ask(
  crawl: string,
  page: number,
  options: CommoncrawlOptions,
  io: CollectorIo,
): Promise<readonly Located[]> {
  const question = questionOf(crawl, options, { page: String(page) });
  const answer = await io.fetch(question, {
    accept: "application/json",
    api: true,
    statuses: [404],
    signal: io.signal,
  });
  return answer.status === 404 ? [] : readIndex(decodeBody(answer).text, question);
}

/** Fetches the one record out of its file, which is a gigabyte. */
async function read(
  capture: Located,
  options: CommoncrawlOptions,
  io: CollectorIo,
): Promise<{ readonly where: string; readonly raw: ArchivedPage | FailedVisit }> {
  const file = `${options.data.replace(/\/$/, "")}/${capture.filename}`;
  const last = capture.offset + capture.length - 1;
  const where = `${capture.url} in ${capture.filename}`;
  try {
    const answer = await io.fetch(file, {
      headers: { range: `bytes=${capture.offset}-${last}` },
      api: true,
      statuses: [206],
      signal: io.signal,
    });
    // A server that knows no ranges sends the whole file, where that is not too large.
    const part = answer.status === 206 ? answer.body : answer.body.subarray(capture.offset, last + 1);
    const { status, headers, body, url, at } = readRecord(part, where);
    if (status !== 200) throw new SetAside(`${where}: the page was answered ${status} when it was captured.`);
    const page: ArchivedPage = {
      url: URL.parse(url || capture.url)?.href ?? capture.url,
      requested_url: capture.url,
      content_type: headers["content-type"] ?? "",
      html: decodeBody({ body, headers }, "html").text,
      sha256: answer.sha256,
      archived: { at: at ?? capture.at, url: `${file}#bytes=${capture.offset}-${last}` },
    };
    return { where, raw: page };
  } catch (error) {
    if (!(error instanceof SetAside) || io.signal.aborted) throw error;
    return { where, raw: { url: capture.url, problem: error.message } };
  }
}
