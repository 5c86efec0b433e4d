import { createRequire } from "node:module";
import type * as Cheerio from "cheerio/slim";
import { isTreeable, selectorProblem } from "./article-body.ts";
import { readHead } from "./article-lines.ts";

// Loaded when first used: a crawl that selects nothing should not pay for it, and `map` cannot wait.
const load = createRequire(import.meta.url);

/** Where a value stands: a CSS selector, an attribute behind `@`, or both: `time@datetime`, `@data-id`, `.author`. */
export interface Place {
  readonly selector: string | null;
  readonly attribute: string | null;
}

export function readPlace(written: string): Place {
  const [, selector = "", attribute] = /^(.*?)(?:@([\w:-]+))?$/s.exec(written.trim()) ?? [];
  return { selector: selector.trim() || null, attribute: attribute ?? null };
}

/** What is wrong with it; null when nothing is. */
export function placeProblem(written: string): string | null {
  const { selector, attribute } = readPlace(written);
  if (selector === null) return attribute === null ? "it is empty" : null;
  return selectorProblem(selector);
}

/** The elements of a page that a selector finds, each with itself; null when no tree should be made of the page. */
export function elementsOf(html: string, selector: string): readonly string[] | null {
  const { depth, elements } = readHead(html);
  if (!isTreeable(depth, elements)) return null;
  const { load: parse } = load("cheerio/slim") as typeof Cheerio;
  const page = parse(html);
  return page(selector)
    .toArray()
    .map((element) => page.html(element));
}

/** The first value at a place of a piece of HTML, in one line; null where there is none. A place without a selector is the element itself. */
export function valueAt(html: string, place: string): string | null {
  const { selector, attribute } = readPlace(place);
  const { load: parse } = load("cheerio/slim") as typeof Cheerio;
  const piece = parse(html, null, false);
  const found = (
    selector === null ? piece.root().children().first() : piece(selector).first()
  ) as Cheerio.Cheerio<never>;
  const value = attribute === null ? found.text() : found.attr(attribute);
  return value?.replace(/\s+/g, " ").trim() || null;
}

/** The markup inside the elements that a selector finds, one under the other; null when it finds none. */
export function markupIn(html: string, selector: string): string | null {
  const { load: parse } = load("cheerio/slim") as typeof Cheerio;
  const piece = parse(html, null, false);
  const found = piece(selector).toArray();
  return found.length === 0 ? null : found.map((element) => piece(element).html() ?? "").join("\n<br>\n");
}
