import { createRequire } from "node:module";
import type { Readability } from "@mozilla/readability";
import type * as Cheerio from "cheerio/slim";
import type * as Linkedom from "linkedom";

// The tree builders cost 0.3 s to load, which a crawl without pages should not pay, and `map` cannot wait.
const load = createRequire(import.meta.url);

/** Selectors for one site's pages, as its analyst wrote them. */
export interface ArticleSelectors {
  readonly title?: string | undefined;
  readonly text?: string | undefined;
  readonly published?: string | undefined;
  readonly author?: string | undefined;
  readonly source?: string | undefined;
  /** What is taken out before anything is read. */
  readonly remove?: string | undefined;
}

export interface Selected {
  readonly title: string | null;
  readonly body_html: string | null;
  readonly published: string | null;
  readonly author: string | null;
  readonly source: { readonly name: string; readonly href: string | null } | null;
}

export interface ReadableBody {
  readonly html: string;
  readonly title: string | null;
  readonly byline: string | null;
}

/**
 * How large a page a tree is made of. Of 190 saved article pages the deepest has 32 levels, the largest 10,000 elements,
 * and none more than 170,000 of both multiplied; the reader's time grows with that product, a second for a million.
 */
export function isTreeable(depth: number, elements: number): boolean {
  return depth <= 128 && elements <= 30_000 && depth * elements <= 1_000_000;
}

/** Applies an analyst's selectors. Throws what the selector engine throws for a selector that is none. */
export function select(html: string, selectors: ArticleSelectors): Selected {
  const { load: parse } = load("cheerio/slim") as typeof Cheerio;
  const page = parse(html);
  if (selectors.remove) page(selectors.remove).remove();
  const first = (selector: string | undefined): string | null => {
    if (!selector) return null;
    const found = page(selector).first();
    const value = found.attr("datetime") ?? found.attr("content") ?? found.text();
    return value.replace(/\s+/g, " ").trim() || null;
  };
  const body = selectors.text ? page(selectors.text) : null;
  const name = first(selectors.source);
  const sourceAt = selectors.source ? page(selectors.source).first() : null;
  return {
    title: first(selectors.title),
    published: first(selectors.published),
    author: first(selectors.author),
    body_html:
      body
        ?.toArray()
        .map((part) => page(part).html() ?? "")
        .join("\n<br>\n") || null,
    source:
      name === null
        ? null
        : { name, href: sourceAt?.attr("href") ?? sourceAt?.find("a[href]").first().attr("href") ?? null },
  };
}

/** Where an index page links to, by a selector for the links or for what holds them. */
export function selectLinks(html: string, selector: string): readonly string[] {
  const { load: parse } = load("cheerio/slim") as typeof Cheerio;
  const page = parse(html);
  return page(selector)
    .toArray()
    .flatMap((part) => {
      const own = page(part).attr("href");
      return own === undefined
        ? page(part)
            .find("a[href]")
            .toArray()
            .map((link) => page(link).attr("href") ?? "")
        : [own];
    });
}

/** An element that was taken out of a piece of HTML. */
export interface Taken {
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  /** Of the first link inside that has the attribute. */
  readonly href: string | null;
}

/** Longer than any one message is; a tree of what is longer could cost minutes. */
const LONGEST_MESSAGE = 1_000_000;

/** A message without the elements of a selector (what it quotes), and those elements. */
export function takeOut(
  html: string,
  selector: string,
): { readonly html: string; readonly taken: readonly Taken[] } {
  if (html.length > LONGEST_MESSAGE || !html.includes("<")) return { html, taken: [] };
  const { load: parse } = load("cheerio/slim") as typeof Cheerio;
  const message = parse(html, null, false);
  const found = message(selector);
  if (found.length === 0) return { html, taken: [] };
  const taken = found.toArray().map((element): Taken => {
    const one = message(element);
    return {
      attributes: { ...one.attr() },
      text: one.text().trim(),
      href: one.attr("href") ?? one.find("a[href]").first().attr("href") ?? null,
    };
  });
  found.remove();
  return { html: message.html(), taken };
}

/** Whether the selector engine understands it; the message says what is wrong with it. */
export function selectorProblem(selector: string): string | null {
  const { load: parse } = load("cheerio/slim") as typeof Cheerio;
  try {
    parse("<i></i>")(selector);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The part of a page that Mozilla's reader view would show; null when it finds none. */
export function readable(html: string): ReadableBody | null {
  const { parseHTML } = load("linkedom") as typeof Linkedom;
  const { Readability: Reader } = load("@mozilla/readability") as {
    readonly Readability: typeof Readability;
  };
  // Without an <html> element linkedom makes the first element the document's.
  const whole = /<html[\s>]/i.test(html) ? html : `<!doctype html><html><body>${html}</body></html>`;
  try {
    const { document } = parseHTML(whole);
    const found = new Reader<string>(document as never, { disableJSONLD: true }).parse();
    return found?.content
      ? { html: found.content, title: found.title ?? null, byline: found.byline ?? null }
      : null;
  } catch {
    // A page no tree can be made of has no readable part; the caller then takes all its text.
    return null;
  }
}
