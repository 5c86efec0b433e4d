import type { Collector, CollectorIo, RawRecord } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import type { Fetched } from "../../contracts/fetcher.ts";
import { decodeBody } from "../../text/charset.ts";
import { readFeed } from "./feed.ts";
import { map } from "./map.ts";
import { type RssCursor, type RssOptions, rssOptions } from "./options.ts";
import { rhythmIn } from "./rhythm.ts";

const ACCEPT =
  "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5";

export const rss: Collector<RssOptions, RssCursor> = {
  info: {
    name: "rss",
    title: "RSS, Atom and JSON Feed",
    summary: "Reads the items of a feed that a site publishes for everyone to follow.",
    lawful_basis:
      "A feed is published by its owner to be read by programs without a log-in; robots.txt and the pace of the site are kept.",
    options: rssOptions,
    references: [
      "https://www.rssboard.org/rss-specification",
      "https://web.resource.org/rss/1.0/spec",
      "https://www.rfc-editor.org/rfc/rfc4287",
      "https://www.jsonfeed.org/version/1.1/",
      "https://www.rssboard.org/media-rss",
      "https://www.rfc-editor.org/rfc/rfc4685",
    ],
  },
  map,
  async *collect(options, from, io) {
    const cursor = from?.url === options.url ? from : null;
    const fetched = await fetchFeed(options, cursor, io);
    if (fetched.not_modified) {
      yield { records: [], next: cursor };
      return;
    }
    const { text } = decodeBody(fetched, "xml");
    const feed = readFeed(text, { url: fetched.url, sha256: fetched.sha256 });
    if ("problem" in feed) {
      throw new SetAside(
        `${options.url} ${feed.problem}. Give the address of a feed, or use another collector.`,
      );
    }
    if (!feed.complete) {
      io.warn(
        options.url,
        "the feed stops in the middle; its last item may lack something until the next crawl",
      );
    }
    if (feed.items.length === 0) io.warn(options.url, "the feed holds no items");
    const records = feed.items.map(
      (raw, index): RawRecord => ({ where: `${options.url} item ${index + 1}`, raw }),
    );
    const rhythm = rhythmIn(text, fetched.headers);
    yield { records, next: cursorAfter(options, cursor, fetched), rhythm };
  },
};

/** Asks where the feed moved to, and at the configured address when that has come to nothing. */
async function fetchFeed(options: RssOptions, cursor: RssCursor | null, io: CollectorIo): Promise<Fetched> {
  const { signal } = io;
  const url = cursor?.moved_to ?? options.url;
  const known = { etag: cursor?.etag ?? null, last_modified: cursor?.last_modified ?? null };
  try {
    return await io.fetch(url, { accept: ACCEPT, signal, ...known });
  } catch (error) {
    if (url === options.url || !(error instanceof SetAside)) throw error;
    io.warn(
      options.url,
      `the feed had moved to ${url}, which no longer answers; the configured address is asked again`,
    );
    return io.fetch(options.url, { accept: ACCEPT, signal });
  }
}

function cursorAfter({ url }: RssOptions, before: RssCursor | null, fetched: Fetched): RssCursor {
  const moved =
    fetched.requested_url === url ? fetched.moved_to : (fetched.moved_to ?? before?.moved_to ?? null);
  return {
    url,
    moved_to: moved,
    etag: fetched.headers.etag ?? null,
    last_modified: fetched.headers["last-modified"] ?? null,
  };
}
