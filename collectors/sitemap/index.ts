import type { Collector, CollectorIo, Page } from "../../contracts/collector.ts";
import { readDate } from "../../text/dates.ts";
import { registrableDomain } from "../../text/urls.ts";
import { isArticlePage } from "../page/index.ts";
import { matches } from "../page/links.ts";
import { REMEMBERED, type VisitCursor, visit } from "../visit.ts";
import { gather, isBefore } from "./gather.ts";
import { map } from "./map.ts";
import { type SitemapOptions, sitemapOptions } from "./options.ts";
import type { Listed } from "./read.ts";

export const sitemap: Collector<SitemapOptions, VisitCursor> = {
  info: {
    name: "sitemap",
    title: "Sitemaps",
    summary: "Reads the article pages that a site's sitemaps name, news sitemaps among them.",
    options: sitemapOptions,
    lawful_basis:
      "A sitemap is published for crawlers, and the pages it names are open to anyone without a log-in; robots.txt is kept.",
    references: [
      "https://www.sitemaps.org/protocol.html",
      "https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap",
    ],
  },
  collect,
  map,
};

async function* collect(
  options: SitemapOptions,
  from: VisitCursor | null,
  io: CollectorIo,
): AsyncGenerator<Page<VisitCursor>> {
  const since = io.now().getTime() - options.max_age_days * 86_400_000;
  const { pages, waiting } = await gather(options, since, io);
  const listed = new Map(candidates(pages, options, since, io).map((page) => [page.url, page]));
  const stamp = (url: string) => stampOf(listed.get(url)!);
  // What no sitemap names any more need not be remembered.
  const seen = Object.entries(from?.seen ?? {}).filter(([url]) => listed.has(url));
  const cursor: VisitCursor = { seen: Object.fromEntries(seen) };
  const changed = (url: string) => cursor.seen[url]?.stamp !== stamp(url);
  const due = [...listed.keys()].filter((url) => cursor.seen[url] === undefined || changed(url));
  const within = due.slice(0, options.max_pages);
  if (within.length < due.length) {
    io.warn(
      options.url ?? options.site!,
      `${due.length} pages are to be read, and max_pages is ${options.max_pages}; the other ${due.length - within.length} wait for the next crawl.`,
    );
  }
  for await (const page of visit(within, cursor, { again: changed, settles: isArticlePage, stamp }, io)) {
    const records = page.records.map(({ where, raw }) => ({
      where,
      raw: { ...(raw as object), listed: listed.get(where) },
    }));
    yield { ...page, records };
  }
  if (waiting !== null) throw waiting;
}

/** The pages of this site that are new enough, newest first, and no more than can be remembered. */
function candidates(
  pages: readonly Listed[],
  options: SitemapOptions,
  since: number,
  io: CollectorIo,
): readonly Listed[] {
  const where = options.url ?? options.site!;
  const domain = registrableDomain(new URL(where).hostname);
  const pattern = options.link_pattern;
  // A sitemap may name other sites; only a pattern says that they are wanted.
  const wanted = pages.filter(({ url }) =>
    pattern === undefined ? registrableDomain(new URL(url).hostname) === domain : matches(url, pattern),
  );
  if (pages.length === 0) io.warn(where, "no sitemap that was read names a page; look at it in a browser.");
  if (pages.length > 0 && wanted.length === 0)
    io.warn(where, "no address of the sitemap fits; look at link_pattern, or the site has changed.");
  const dated = wanted
    .filter((page) => !isBefore(page.published ?? page.lastmod, since))
    .map((page) => ({ page, at: timeOf(page) }))
    .sort((a, b) => b.at - a.at);
  if (dated.length > REMEMBERED) {
    io.warn(
      where,
      `${dated.length} pages are dated within max_age_days or undated, and the newest ${REMEMBERED} are read; make max_age_days shorter or name fewer with link_pattern.`,
    );
  }
  return dated.slice(0, REMEMBERED).map(({ page }) => page);
}

function timeOf({ published, lastmod }: Listed): number {
  const read = readDate(published ?? lastmod ?? "");
  return read === null ? 0 : Date.parse(read.instant);
}

/** A page whose sitemap says that it has changed is asked for again. */
function stampOf({ lastmod, published }: Listed): string | undefined {
  return lastmod ?? published ?? undefined;
}
