import { Parser } from "htmlparser2";
import { resolveUrl } from "../../text/html.ts";
import type { Feed, FeedInfo, JsonItem, NoFeed } from "./record.ts";
import { readXml } from "./xml.ts";

/** Where a document says what it is; a long comment may stand before it. */
const HEAD_CHARACTERS = 20_000;

/** Reads a decoded document as a feed of whatever kind, or says why it is none. */
export function readFeed(source: string, feed: Pick<FeedInfo, "url" | "sha256">): Feed | NoFeed {
  const text = source.trimStart();
  if (text === "") return { problem: "is empty" };
  if (text.startsWith("{") || text.startsWith("[")) return readJson(text, feed);
  if (isHtmlPage(text)) return { problem: htmlPage(text, feed.url) };
  if (!text.includes("<")) return { problem: "holds text, and no feed" };
  return readXml(text, feed);
}

/** By its first element that is one or the other; a DOCTYPE counts only when there is none, for feeds carry it too. */
function isHtmlPage(text: string): boolean {
  const head = text.slice(0, HEAD_CHARACTERS).replace(/<!--.*?(?:-->|$)/gs, "");
  const element = /<(?:[\w.-]+:)?(html|head|body|rss|feed|rdf|channel|entry)\b/i
    .exec(head)?.[1]
    ?.toLowerCase();
  if (element === undefined) return /<!doctype\s+html/i.test(head);
  return element === "html" || element === "head" || element === "body";
}

function readJson(text: string, feed: Pick<FeedInfo, "url" | "sha256">): Feed | NoFeed {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    return { problem: `begins as JSON but cannot be read (${(error as Error).message})` };
  }
  const { items, title, home_page_url, language } = (document ?? {}) as Readonly<Record<string, unknown>>;
  if (!Array.isArray(items)) return { problem: "is JSON without a list of items, so no JSON Feed" };
  const words = (value: unknown): string | null =>
    typeof value === "string" && value.trim() !== "" ? value.trim() : null;
  const link = resolveUrl(words(home_page_url), feed.url);
  const info: FeedInfo = { ...feed, title: words(title), link, lang: words(language) };
  return { items: items.map((item): JsonItem => ({ format: "json", feed: info, item })), complete: true };
}

/** A sentence about a page that stands where a feed should be, with the feeds it names. */
function htmlPage(text: string, url: string): string {
  const { title, feeds } = inspect(text, url);
  const page = title === "" ? "is an HTML page" : `is an HTML page ("${title.slice(0, 100)}")`;
  if (feeds.length === 0) return `${page}, not a feed, and it names none`;
  return `${page}, not a feed; the page names ${feeds.length === 1 ? "this feed" : "these feeds"}: ${feeds.join(" , ")}`;
}

const FEED_TYPES = /^application\/(?:rss\+xml|atom\+xml|rdf\+xml|feed\+json|json)/i;

function inspect(html: string, url: string): { readonly title: string; readonly feeds: readonly string[] } {
  const feeds = new Set<string>();
  let title = "";
  let inTitle = false;
  const parser = new Parser({
    onopentag(name, { rel, type, href }) {
      inTitle = name === "title" && title === "";
      if (name !== "link" || !/\balternate\b/i.test(rel ?? "") || !FEED_TYPES.test(type ?? "")) return;
      const feed = resolveUrl(href, url);
      // A page full of them is no help; five are.
      if (feed !== null && feeds.size < 5) feeds.add(feed);
    },
    ontext(text) {
      if (inTitle) title += text;
    },
    onclosetag() {
      inTitle = false;
    },
  });
  parser.end(html);
  return { title: title.replace(/\s+/g, " ").trim(), feeds: [...feeds] };
}
