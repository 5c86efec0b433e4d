import type { Collector, CollectorIo, Page } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import { isBinary, refusalIn } from "../../text/article-refusal.ts";
import { htmlToText } from "../../text/html.ts";
import { canonicalUrl } from "../../text/urls.ts";
import { revisitPage, unreachable } from "../revisit.ts";
import { type VisitCursor, visit, visited } from "../visit.ts";
import { articleLinks } from "./links.ts";
import { mapPage } from "./map.ts";
import { type PageOptions, pageOptions } from "./options.ts";

export const page: Collector<PageOptions, VisitCursor> = {
  info: {
    name: "page",
    title: "Article pages",
    summary: "Reads article pages by address, or those that an index page links to.",
    options: pageOptions,
    lawful_basis: "Reads pages that anyone may open without logging in, as robots.txt allows.",
    references: [
      "https://schema.org/NewsArticle",
      "https://ogp.me/",
      "https://github.com/mozilla/readability",
      "https://www.rfc-editor.org/rfc/rfc9309",
    ],
  },
  collect,
  map: mapPage,
  revisit: (post, options, io) =>
    revisitPage(post, io, (raw) => {
      const mapped = mapPage(raw, options);
      if ("rejected" in mapped) return unreachable(mapped.rejected);
      return { found: "seen", records: [{ where: raw.requested_url, raw }] };
    }),
};

async function* collect(
  options: PageOptions,
  from: VisitCursor | null,
  io: CollectorIo,
): AsyncGenerator<Page<VisitCursor>> {
  const given = new Set(options.urls);
  const linked = options.index === undefined ? [] : await linksOf(options.index, options, io);
  // By what a page is, not how it is written: a session id in every link would make every page new at every crawl.
  const known = new Set([...given, ...Object.keys(from?.seen ?? {})].map(spelling));
  const fresh = linked.filter((url) => {
    const isNew = !known.has(spelling(url));
    known.add(spelling(url));
    return isNew;
  });
  const urls = [...given, ...fresh];
  const within = urls.slice(0, options.max_pages);
  if (within.length < urls.length) {
    io.warn(
      options.index ?? "urls",
      `${urls.length} pages are to be read, and max_pages is ${options.max_pages}; the other ${urls.length - within.length} wait for the next crawl.`,
    );
  }
  yield* visit(within, from, { again: (url) => given.has(url), settles: isArticlePage }, io);
}

const spelling = (url: string): string => canonicalUrl(url) ?? url;

async function linksOf(index: string, options: PageOptions, io: CollectorIo): Promise<readonly string[]> {
  const answer = visited(await io.fetch(index, { accept: "text/html, */*;q=0.1", signal: io.signal }));
  const refusal = isBinary(answer.html) ? "something that is not text" : refusalOf(answer.html);
  if (refusal !== null) throw new SetAside(`${index}: instead of the index page the site sent ${refusal}.`);
  const links = articleLinks(answer.html, answer.url, {
    selector: options.link_selector,
    pattern: options.link_pattern,
  });
  if (links.length === 0) {
    io.warn(
      index,
      "no link on the index page fits; look at link_selector and link_pattern, or the page has changed.",
    );
  }
  return links;
}

/** A challenge page is not what was asked for: the address is asked again at the next crawl. */
export const isArticlePage = (html: string): boolean => refusalOf(html) === null;

function refusalOf(html: string): string | null {
  return refusalIn(html, htmlToText(html).text);
}
