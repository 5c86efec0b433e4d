import { agencyNamed } from "./agencies.ts";
import { type ArticleSelectors, isTreeable, readable, type Selected, select } from "./article-body.ts";
import { findByline } from "./article-byline.ts";
import { type LinkedData, readLinkedData } from "./article-json-ld.ts";
import { LONGEST_TITLE, linesAround, meta, type PageHead, type PageLine, readHead } from "./article-lines.ts";
import { type Published, publishedOf } from "./article-published.ts";
import { findSourceLine, readSourceMeta, type SourceLine } from "./article-source.ts";
import { type HtmlText, htmlToText, resolveUrl } from "./html.ts";
import { registrableDomain } from "./urls.ts";

/** An article as its page gives it; null and empty where the page says nothing. */
export interface Article {
  readonly title: string | null;
  readonly text: string;
  readonly byline: string | null;
  readonly site: string | null;
  readonly published: Published | null;
  readonly lang: string | null;
  /** The page's own name for itself, when it lies on the same domain; an address elsewhere is a declared source. */
  readonly canonical: string | null;
  /** Of the body alone, not of navigation. */
  readonly links: readonly string[];
  readonly images: readonly string[];
  readonly source: {
    readonly kind: "source-line" | "reprint" | "byline";
    readonly name: string | null;
    readonly url: string | null;
  } | null;
}

/**
 * Extracts the article of a page. What an analyst's selectors find counts first, having been written for this very
 * site; then JSON-LD, then meta elements, then what stands on the page. Pure, and never throws for what the page holds;
 * an invalid selector does throw.
 */
export function readArticle(html: string, url: string, selectors: ArticleSelectors = {}): Article {
  const head = readHead(html);
  const base = resolveUrl(head.base, url) ?? url;
  const data = readLinkedData(head.json_ld);
  const treeable = isTreeable(head.depth, head.elements);
  const chosen = treeable && Object.keys(selectors).length > 0 ? select(html, selectors) : null;
  const { body, byline, title: readTitle } = bodyOf(html, base, treeable, data, chosen);
  const title =
    chosen?.title ??
    wholeTitle(titleInData(head, data) ?? meta(head, TITLE) ?? titleOnPage(head) ?? readTitle, head);
  const around = linesAround(head.lines, title, body.text);
  const site = data?.publisher ?? meta(head, SITE) ?? siteInTitle(head, title);
  const canonical = canonicalOf(head, data, base, url);
  const author = tidyByline(chosen?.author ?? authorsOf(data) ?? meta(head, AUTHOR) ?? byline);
  return {
    title:
      title === null ? null : htmlToText(title.slice(0, LONGEST_TITLE)).text.replace(/\s+/g, " ") || null,
    text: withoutHeading(body.text, title),
    byline: author,
    site,
    published: publishedOf(head, data, chosen?.published ?? null, around, url),
    lang: (head.lang ?? data?.lang ?? meta(head, LANG))?.replace("_", "-") ?? null,
    canonical: canonical.own,
    links: body.links,
    images: body.images.length > 0 ? body.images : leadImages(head, data, base),
    source:
      sourceOf(head, data, chosen, around, canonical.elsewhere, site, base) ??
      signedBy(body.text, author, site, url),
  };
}

// Dublin Core names the work; what is written for social networks is at times shortened or sharpened.
const TITLE = [
  "dc:title",
  "dcterm:title",
  "og:title",
  "weibo:article:title",
  "twitter:title",
  "dc.title",
  "parsely-title",
  "articletitle",
  "headline",
];
const SITE = ["og:site_name", "application-name", "sitename", "dc.publisher"];
const AUTHOR = ["author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl"];
const LANG = ["og:locale", "content-language", "dc.language"];
// `mediaid` is how Sina names the outlet it took a text from.
const SOURCE = ["source", "contentsource", "mediaid", "original-source", "syndication-source", "dc.source"];

interface Body {
  readonly body: HtmlText;
  readonly byline: string | null;
  readonly title: string | null;
}

function bodyOf(
  html: string,
  base: string,
  treeable: boolean,
  data: LinkedData | null,
  chosen: Selected | null,
): Body {
  const own = chosen?.body_html ?? null;
  if (own !== null) return { body: htmlToText(own, base), byline: null, title: null };
  const read = treeable ? readable(html) : null;
  const found = htmlToText(read?.html ?? (treeable ? "" : html), base);
  const declared = data?.body === null || data?.body === undefined ? "" : htmlToText(data.body).text;
  // The reader takes a teaser, a comment or a footer for the article at times; its own data then says more.
  const body = declared.length > 2 * found.text.length ? { ...found, text: declared } : found;
  return { body, byline: read?.byline ?? null, title: read?.title ?? null };
}

/** The reader keeps the heading on some pages; the title is kept once. */
function withoutHeading(text: string, title: string | null): string {
  return title !== null && text.startsWith(`${title}\n`) ? text.slice(title.length + 1) : text;
}

/** A quotation mark in a headline ends the attribute it stands in; the page itself shows it whole. */
function wholeTitle(title: string | null, { h1, title: shown }: PageHead): string | null {
  if (title === null) return null;
  const whole = [h1, shown].find((one) => one?.startsWith(title) && /^\s*["“]/.test(one.slice(title.length)));
  return whole === undefined || whole === null ? title : (titleOnPage({ title: whole, h1 }) ?? title);
}

/** The one that the page shows as its title too; else the first. */
function titleInData({ title, h1 }: PageHead, data: LinkedData | null): string | null {
  const titles = data?.titles ?? [];
  return titles.find((one) => h1 === one || title?.includes(one)) ?? titles[0] ?? null;
}

/** The heading when `<title>` has it; else `<title>` without sections and the outlet's name at its end. */
function titleOnPage({ title, h1 }: Pick<PageHead, "title" | "h1">): string | null {
  if (title === null) return h1;
  if (h1 !== null && h1.length > 3 && title.includes(h1)) return h1;
  let headline = title;
  for (let cut = 0; cut < 3; cut += 1) {
    const shorter = headline.replace(ENDING, "").trim();
    if (shorter.length < 8) break;
    headline = shorter;
  }
  return headline;
}

/** A part of a title behind a separator, short enough for the name of a section or an outlet. */
const ENDING = /(?:[_|｜]|--+|\s[-–—·]\s|-(?=[^-]*(?:网|網|报|報)$))[^_|｜]{1,24}$/;

/** `Headline - Section - Outlet`: the last part, when the title begins with the headline. */
function siteInTitle({ title }: PageHead, headline: string | null): string | null {
  if (title === null || headline === null || headline.length < 4 || !title.startsWith(headline)) return null;
  const parts = title.slice(headline.length).split(/[-–—|｜_·\s]{2,}|\s+[-–—|·]\s+|[-_|｜—]/);
  const last = parts.at(-1)?.trim() ?? "";
  return last.length > 1 && last.length <= LONGEST_SITE ? last : null;
}

/** Longer than the names of outlets are; what is longer is a slogan. */
const LONGEST_SITE = 40;

/** A byline is a few names; what the reader finds instead is at times a whole block of the page. */
function tidyByline(byline: string | null): string | null {
  const folded = byline?.replace(/\s+/g, " ").trim() ?? "";
  return folded.length > 100 || !/\p{L}/u.test(folded) ? null : folded;
}

function authorsOf(data: LinkedData | null): string | null {
  return data === null || data.authors.length === 0 ? null : data.authors.join(", ");
}

function leadImages(head: PageHead, data: LinkedData | null, base: string): readonly string[] {
  const named = [...(data?.images ?? []), ...(head.meta.get("og:image") ?? [])];
  return [...new Set(named.flatMap((image) => resolveUrl(image, base) ?? []))].slice(0, 5);
}

function canonicalOf(
  head: PageHead,
  data: LinkedData | null,
  base: string,
  url: string,
): { readonly own: string | null; readonly elsewhere: string | null } {
  const here = new URL(url);
  for (const written of [head.canonical, meta(head, ["og:url"]), data?.url]) {
    const resolved = resolveUrl(written, base);
    if (resolved === null) continue;
    const there = new URL(resolved);
    // A template that names the front page, or one address for all pages, names no article.
    if (there.pathname === "/" && there.search === "") continue;
    if (registrableDomain(there.hostname) === registrableDomain(here.hostname))
      return { own: resolved, elsewhere: null };
    if (written === head.canonical) return { own: null, elsewhere: resolved };
  }
  return { own: null, elsewhere: null };
}

function sourceOf(
  head: PageHead,
  data: LinkedData | null,
  chosen: Selected | null,
  around: readonly PageLine[],
  elsewhere: string | null,
  site: string | null,
  base: string,
): Article["source"] {
  const declared = (found: SourceLine | null): Article["source"] => {
    if (found === null) return null;
    const url = resolveUrl(found.href, base);
    // A page that names its own outlet says that the text is its own.
    if (found.name !== null && site !== null && sameName(found.name, site)) return null;
    return found.name === null && url === null ? null : { kind: "source-line", name: found.name, url };
  };
  const chosenLine = chosen?.source ?? null;
  if (chosenLine !== null) {
    const read = readSourceMeta(chosenLine.name);
    return declared({ name: read?.name ?? chosenLine.name, href: chosenLine.href ?? read?.href ?? null });
  }
  const content = meta(head, SOURCE);
  const named = content === null ? null : readSourceMeta(content);
  const line = findSourceLine(around);
  if (named !== null) {
    // The element has the name; the line on the page has the link.
    const href = named.href ?? (line?.name === named.name ? line?.href : null) ?? null;
    return declared({ name: named.name, href });
  }
  const basis = data?.based_on ?? null;
  if (basis !== null) return { kind: "reprint", name: basis.name, url: resolveUrl(basis.url, base) };
  return declared(line) ?? (elsewhere === null ? null : { kind: "reprint", name: null, url: elsewhere });
}

/** An agency that a page is signed with; the agency's own site signs its own. */
function signedBy(text: string, author: string | null, site: string | null, url: string): Article["source"] {
  const name = findByline(text, author);
  if (name === null || agencyNamed(site) === name || (site !== null && sameName(site, name))) return null;
  // `reuters.com`, `xinhuanet.com`: the name of the house is in the address.
  const house = registrableDomain(new URL(url).hostname)
    .split(".", 1)[0]!
    .replace(/(?:net|news)$/, "");
  if (agencyNamed(house) === name) return null;
  return { kind: "byline", name, url: null };
}

function sameName(a: string, b: string): boolean {
  const bare = (name: string) => name.toLowerCase().replace(/^the\s+|[\s\p{P}]/gu, "");
  return bare(a) === bare(b);
}
