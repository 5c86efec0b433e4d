import { Parser } from "htmlparser2";
import { resolveUrl } from "../../text/html.ts";
import { type Prefixes, prefixesWithin } from "../rss/namespaces.ts";

/** A page as a sitemap names it. What it says of it is kept as written. */
export interface Listed {
  readonly url: string;
  readonly lastmod: string | null;
  /** Of the news extension; null where it is left out. */
  readonly title: string | null;
  readonly published: string | null;
  readonly lang: string | null;
  readonly publication: string | null;
  /** Elements of the entry that are neither read nor known. */
  readonly unknown: readonly string[];
}

export interface Sitemap {
  readonly pages: readonly Listed[];
  /** Of an index. */
  readonly sitemaps: readonly { readonly url: string; readonly lastmod: string | null }[];
  /** Feeds may stand in for sitemaps: the address is one. */
  readonly feed: boolean;
  readonly complete: boolean;
}

/** The protocol allows 50,000 addresses a file. */
const MOST = 50_000;
/** `urlset/url/news:news/news:publication/news:name` is five deep. */
const DEEPEST = 100;

/** Namespaces are told by their address, for a document may give them any prefix: `n:title` is `news:title` too. */
const NEWS = /^https?:\/\/www\.google\.com\/schemas\/sitemap-news\//i;
const OTHER_EXTENSION =
  /google\.com\/schemas\/sitemap-(?!news)|w3\.org\/1999\/xhtml|google\.com\/schemas\/sitemap-pagemap/i;

const USED = new Set("loc lastmod news:title news:publication_date news:language news:name".split(" "));
/** What they say is of use to search engines. */
const IGNORED = new Set(
  "changefreq priority expires news:news news:publication news:keywords news:genres news:stock_tickers news:access news:geo_locations".split(
    " ",
  ),
);
const isUnknown = (name: string): boolean =>
  !USED.has(name) && !IGNORED.has(name) && !name.startsWith("other:");

class Enough extends Error {}

/** Reads a decoded sitemap: XML, a list of addresses one a line, or a feed. Null when it is none of them. */
export function readSitemap(source: string, base: string): Sitemap | null {
  const text = source.trimStart();
  if (!text.startsWith("<")) return readLines(text, base);
  const pages: Listed[] = [];
  const sitemaps: { url: string; lastmod: string | null }[] = [];
  const stack: { readonly name: string; readonly prefixes: Prefixes }[] = [];
  let root: string | null = null;
  let entry: Record<string, string> | null = null;
  let written = "";
  let complete = false;

  const parser = new Parser(
    {
      onopentag(element, attributes) {
        if (stack.length >= DEEPEST || pages.length + sitemaps.length >= MOST) throw new Enough();
        const prefixes = prefixesWithin(stack.at(-1)?.prefixes ?? {}, attributes);
        const name = nameOf(element, prefixes);
        root ??= name;
        stack.push({ name, prefixes });
        written = "";
        if (name === "url" || name === "sitemap") entry = {};
      },
      ontext(part) {
        written += part;
      },
      onclosetag(_element, implied) {
        const name = stack.pop()?.name;
        if (stack.length === 0) complete = !implied;
        if (name === undefined || entry === null) return;
        if (name === "url" || name === "sitemap") {
          // An entry that the end of the document cut short may lack its half of an address.
          if (!implied) take(name, entry);
          entry = null;
        } else if (written.trim() !== "") entry[name] ??= written.trim();
        written = "";
      },
    },
    { xmlMode: true },
  );
  const take = (kind: string, fields: Readonly<Record<string, string>>): void => {
    const url = resolveUrl(fields.loc, base);
    if (url === null) return;
    const lastmod = fields.lastmod ?? null;
    if (kind === "sitemap") sitemaps.push({ url, lastmod });
    else
      pages.push({
        url,
        lastmod,
        title: fields["news:title"] ?? null,
        published: fields["news:publication_date"] ?? null,
        lang: fields["news:language"] ?? null,
        publication: fields["news:name"] ?? null,
        unknown: Object.keys(fields).filter(isUnknown),
      });
  };
  try {
    parser.end(text);
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  if (root !== "urlset" && root !== "sitemapindex") {
    const feed = root === "rss" || root === "feed" || root === "rdf";
    return feed ? { pages, sitemaps, feed, complete: true } : null;
  }
  return { pages, sitemaps, feed: false, complete };
}

/** `loc`, `news:title`; what belongs to the extensions for pictures, videos and languages is called apart. */
function nameOf(element: string, prefixes: Prefixes): string {
  const [prefix, local] = element.includes(":") ? (element.split(":", 2) as [string, string]) : ["", element];
  const uri = prefixes[prefix] ?? "";
  if (NEWS.test(uri) || (uri === "" && prefix === "news")) return `news:${local.toLowerCase()}`;
  if (OTHER_EXTENSION.test(uri) || (uri === "" && prefix !== "")) return `other:${local.toLowerCase()}`;
  return local.toLowerCase();
}

/** The plain form of a sitemap: an address a line and nothing else. */
function readLines(text: string, base: string): Sitemap | null {
  const lines = text.split(/\r?\n/, MOST).filter((line) => line.trim() !== "");
  const urls = lines.map((line) => (/^\s*https?:\/\//i.test(line) ? resolveUrl(line.trim(), base) : null));
  if (urls.length === 0 || urls.some((url) => url === null)) return null;
  const none = { lastmod: null, title: null, published: null, lang: null, publication: null, unknown: [] };
  return { pages: urls.map((url) => ({ url: url!, ...none })), sitemaps: [], feed: false, complete: true };
}

/** The `Sitemap:` lines of a robots.txt, which stand outside its groups. */
export function sitemapsOfRobots(text: string, base: string): readonly string[] {
  const named = [...text.matchAll(/^[^\S\n]*sitemap[^\S\n]*:[^\S\n]*(\S+)/gim)];
  return [...new Set(named.flatMap(([, url]) => resolveUrl(url, base) ?? []))];
}
