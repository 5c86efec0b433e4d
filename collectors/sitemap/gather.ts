import { constants, gunzipSync } from "node:zlib";
import type { CollectorIo } from "../../contracts/collector.ts";
import { RetryLater, SetAside } from "../../contracts/errors.ts";
import type { Fetched } from "../../contracts/fetcher.ts";
import { decodeBody } from "../../text/charset.ts";
import { readDate } from "../../text/dates.ts";
import { matches } from "../page/links.ts";
import { readFeed } from "../rss/feed.ts";
import { map as mapFeedItem } from "../rss/map.ts";
import { rssOptions } from "../rss/options.ts";
import type { SitemapOptions } from "./options.ts";
import { type Listed, readSitemap, type Sitemap, sitemapsOfRobots } from "./read.ts";

/** The protocol's own limit on one sitemap, uncompressed. */
const MOST_BYTES = 52_428_800;
/** Large archives split by month or day; with the pause between two requests more would take hours. */
const MOST_SITEMAPS = 200;
/** An index names sitemaps; some sites wrongly name an index in it. */
const DEEPEST = 3;

export interface Gathered {
  readonly pages: readonly Listed[];
  /** A host that asked to wait: what it would have named is missing. */
  readonly waiting: RetryLater | null;
}

/** Reads the sitemaps of a source with those they name. One that cannot be read is told, and costs only its own. */
export async function gather(options: SitemapOptions, since: number, io: CollectorIo): Promise<Gathered> {
  const named = options.url === undefined ? await sitemapsOf(options.site!, io) : [options.url];
  const { sitemap_pattern: pattern } = options;
  const fits = (url: string) => pattern === undefined || matches(url, pattern);
  const first = options.url === undefined ? named.filter(fits) : named;
  if (first.length === 0)
    throw new SetAside(`no sitemap of ${options.site} fits sitemap_pattern: ${named.join(" , ")}`);
  const queue = first.map((url) => ({ url, depth: 1 }));
  const known = new Set(first);
  const pages = new Map<string, Listed>();
  let waiting: RetryLater | null = null;
  let failure: SetAside | null = null;
  let read = 0;
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (io.signal.aborted) break;
    if (read + 1 > MOST_SITEMAPS) {
      io.warn(next.url, `more than ${MOST_SITEMAPS} sitemaps are named; name fewer with sitemap_pattern.`);
      break;
    }
    read++;
    try {
      const found = await readOne(next.url, io);
      if (!found.complete) io.warn(next.url, "the sitemap stops in the middle; what it named before is read");
      for (const page of found.pages) if (!pages.has(page.url)) pages.set(page.url, page);
      const further = found.sitemaps
        .filter(({ url, lastmod }) => fits(url) && !known.has(url) && !isBefore(lastmod, since))
        // Newest first, for only so many are read.
        .sort((a, b) => (b.lastmod ?? "").localeCompare(a.lastmod ?? ""));
      if (next.depth >= DEEPEST && further.length > 0)
        io.warn(next.url, "sitemaps nested so deep are not followed");
      else
        for (const { url } of further) {
          known.add(url);
          queue.push({ url, depth: next.depth + 1 });
        }
    } catch (error) {
      if (io.signal.aborted) break;
      if (error instanceof RetryLater) waiting = error;
      else if (error instanceof SetAside) {
        failure ??= error;
        if (first.length > 1 || next.depth > 1) io.warn(next.url, error.message);
      } else throw error;
    }
  }
  if (pages.size === 0 && failure !== null) throw failure;
  return { pages: [...pages.values()], waiting };
}

/** By its written date; a date that cannot be read is no reason to leave anything out. */
export function isBefore(written: string | null, since: number): boolean {
  const read = written === null ? null : readDate(written);
  return read !== null && Date.parse(read.latest) < since;
}

async function sitemapsOf(site: string, io: CollectorIo): Promise<readonly string[]> {
  const { origin } = new URL(site);
  try {
    const answer = await io.fetch(`${origin}/robots.txt`, {
      accept: "text/plain, */*;q=0.1",
      signal: io.signal,
    });
    const named = sitemapsOfRobots(decodeBody(answer).text, answer.url);
    if (named.length > 0) return named;
  } catch (error) {
    // Without a robots.txt the usual place is looked at.
    if (!(error instanceof SetAside)) throw error;
  }
  return [`${origin}/sitemap.xml`];
}

async function readOne(url: string, io: CollectorIo): Promise<Sitemap> {
  const answer = await io.fetch(url, { accept: "application/xml, text/xml, */*;q=0.5", signal: io.signal });
  const { text } = decodeBody({ ...answer, body: unzipped(answer) }, "xml");
  const found = readSitemap(text, answer.url);
  if (found === null) {
    const page = /<html[\s>]|<!doctype html/i.test(text.slice(0, 5000)) ? "an HTML page" : "no sitemap";
    throw new SetAside(
      `${url} is ${page}; give the address of a sitemap, an index of sitemaps or a list of addresses.`,
    );
  }
  return found.feed ? { ...found, pages: pagesOfFeed(text, answer) } : found;
}

/** `.xml.gz` is sent as it lies, without a content encoding. One that was cut short is read as far as it goes. */
function unzipped({ body, url }: Fetched): Uint8Array {
  if (body[0] !== 0x1f || body[1] !== 0x8b) return body;
  try {
    return gunzipSync(body, { maxOutputLength: MOST_BYTES, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (cause) {
    const large = (cause as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    throw new SetAside(
      large
        ? `${url} unpacks to more than the 50 MB that a sitemap may have.`
        : `${url} is no gzip file, though it begins as one.`,
      { cause },
    );
  }
}

/** A feed in a sitemap's place: its items are the pages. */
function pagesOfFeed(text: string, { url }: Fetched): readonly Listed[] {
  const feed = readFeed(text, { url });
  if ("problem" in feed) return [];
  const options = rssOptions.parse({ url });
  return feed.items.flatMap((item): readonly Listed[] => {
    const mapped = mapFeedItem(item, options);
    if ("rejected" in mapped || !mapped.draft.url) return [];
    const { url: page, title, published_at, lang } = mapped.draft;
    return [
      {
        url: page,
        lastmod: null,
        title: title ?? null,
        published: published_at ?? null,
        lang: lang ?? null,
        publication: null,
        unknown: [],
      },
    ];
  });
}
