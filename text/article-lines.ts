import { scanHtml } from "./html-scan.ts";

/** A line of a page as a reader sees it, with the links that stand in it. */
export interface PageLine {
  readonly text: string;
  readonly links: readonly { readonly text: string; readonly href: string }[];
}

export interface PageHead {
  readonly title: string | null;
  readonly lang: string | null;
  readonly base: string | null;
  readonly canonical: string | null;
  /** Contents by name, property or itemprop in lower case, in order of the page. */
  readonly meta: ReadonlyMap<string, readonly string[]>;
  readonly json_ld: readonly string[];
  /** `datetime` of `<time>`, those marked as the date of publication first. */
  readonly times: readonly string[];
  readonly h1: string | null;
  readonly lines: readonly PageLine[];
  readonly elements: number;
  /** Levels of open elements, too high where end tags are left out. */
  readonly depth: number;
}

const DROPPED = new Set(["script", "style", "noscript", "template", "iframe", "noembed", "noframes"]);
const INLINE = new Set(
  (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q rp rt ruby s samp small " +
    "span strike strong sub sup time tt u var wbr svg path use button input"
  ).split(" "),
);
const VOID = new Set(
  "area base br col embed hr img input link meta param source track wbr path use".split(" "),
);
/** Their end tags are commonly left out, and browsers close them; they would count as depth otherwise. */
const SELF_ENDING = new Set("p li dt dd tr td th option thead tbody tfoot rt rp html head body".split(" "));

/** Pages have a few dozen meta elements and at most some hundred dates. */
const MOST_META = 500;

/** No headline is that long; what is longer is a slip of the template. */
export const LONGEST_TITLE = 1000;

/** Reads what a page says about itself, and its visible lines, in one pass. Never throws. */
export function readHead(html: string): PageHead {
  const meta = new Map<string, string[]>();
  const jsonLd: string[] = [];
  const marked: string[] = [];
  const times: string[] = [];
  const lines: PageLine[] = [];
  let title: string | null = null;
  let lang: string | null = null;
  let base: string | null = null;
  let canonical: string | null = null;
  let h1: string | null = null;
  let elements = 0;
  let level = 0;
  let depth = 0;

  let dropped: string | null = null;
  let pieces: string[] = [];
  let links: { text: string; href: string }[] = [];
  let anchor: { href: string; from: number } | null = null;
  let captured: string[] | null = null;
  let h1Pieces: string[] | null = null;

  const fold = (parts: readonly string[]): string =>
    parts
      .join("")
      .replace(/[\s\u00a0]+/g, " ")
      .trim();
  const endAnchor = (): void => {
    if (anchor === null) return;
    const text = fold(pieces.slice(anchor.from));
    if (text !== "") links.push({ text, href: anchor.href });
    anchor = null;
  };
  const endLine = (): void => {
    if (pieces.length === 0) return;
    const open = anchor;
    endAnchor();
    const text = fold(pieces);
    if (text !== "") lines.push({ text, links });
    pieces = [];
    links = [];
    if (open !== null) anchor = { href: open.href, from: 0 };
  };
  const note = (key: string | undefined, content: string | undefined): void => {
    if (!key || !content?.trim() || meta.size >= MOST_META) return;
    const name = key.trim().toLowerCase();
    // Several names in one attribute, parted by spaces, are allowed for `property`.
    for (const one of name.split(/\s+/))
      meta.set(one, [...(meta.get(one) ?? []).slice(0, 20), content.trim()]);
  };

  scanHtml(html, {
    open(name, attributes) {
      elements += 1;
      if (!VOID.has(name) && !SELF_ENDING.has(name)) depth = Math.max(depth, ++level);
      if (dropped !== null) return;
      if (DROPPED.has(name)) {
        dropped = name;
        if (/^application\/ld\+json/i.test(attributes.get("type")?.trim() ?? "")) captured = [];
        return;
      }
      if (name === "title") {
        captured = [];
        return;
      }
      if (name === "a") {
        endAnchor();
        const href = attributes.get("href");
        if (href !== undefined) anchor = { href, from: pieces.length };
      } else if (name === "html") lang ??= attributes.get("lang") ?? attributes.get("xml:lang") ?? null;
      else if (name === "base") base ??= attributes.get("href") ?? null;
      else if (name === "link") {
        if (/\bcanonical\b/i.test(attributes.get("rel") ?? "")) canonical ??= attributes.get("href") ?? null;
      } else if (name === "meta") {
        note(
          attributes.get("property") ??
            attributes.get("name") ??
            attributes.get("itemprop") ??
            attributes.get("http-equiv"),
          attributes.get("content"),
        );
      } else if (name === "time") {
        const at = attributes.get("datetime");
        const isPublication =
          attributes.has("pubdate") || /datePublished/i.test(attributes.get("itemprop") ?? "");
        if (at && times.length + marked.length < MOST_META) (isPublication ? marked : times).push(at);
      } else if (name === "h1") {
        if (h1 === null) h1Pieces = [];
      }
      if (name !== "time" && name !== "meta" && name !== "link" && attributes.has("itemprop")) {
        note(attributes.get("itemprop"), attributes.get("content") ?? attributes.get("datetime"));
      }
      if (!INLINE.has(name)) endLine();
    },
    close(name) {
      if (!VOID.has(name) && !SELF_ENDING.has(name) && level > 0) level -= 1;
      if (dropped !== null) {
        if (name !== dropped) return;
        if (captured !== null) jsonLd.push(captured.join(""));
        captured = null;
        dropped = null;
        return;
      }
      if (name === "title") {
        if (captured !== null) title ??= fold(captured).slice(0, LONGEST_TITLE) || null;
        captured = null;
        return;
      }
      if (name === "a") endAnchor();
      if (name === "h1" && h1Pieces !== null) {
        h1 = fold(h1Pieces).slice(0, LONGEST_TITLE) || null;
        h1Pieces = null;
      }
      if (!INLINE.has(name)) endLine();
    },
    text(text) {
      if (captured !== null) captured.push(text);
      if (captured !== null || dropped !== null) return;
      pieces.push(text);
      h1Pieces?.push(text);
    },
  });
  endLine();
  return {
    title,
    lang: lang || null,
    base,
    canonical,
    meta,
    json_ld: jsonLd,
    times: [...marked, ...times],
    h1,
    lines,
    elements,
    depth,
  };
}

/** The first of the names that the page gives a usable content for. */
export function meta(head: PageHead, names: readonly string[]): string | null {
  for (const name of names) {
    for (const content of head.meta.get(name) ?? []) {
      if (name === "article:author" && /^https?:/i.test(content)) continue;
      return content;
    }
  }
  return null;
}

/** Lines above the body from the title on, and those right below it: where datelines and source lines stand. */
const ABOVE = 25;
const BELOW = 8;

/** The lines of a page beside its body. */
export function linesAround(
  lines: readonly PageLine[],
  title: string | null,
  text: string,
): readonly PageLine[] {
  const body = text.split("\n").filter((line) => line.length > 15);
  const at = (wanted: string | undefined): number =>
    wanted === undefined ? -1 : lines.findIndex((line) => line.text.includes(wanted.slice(0, 40)));
  const first = at(body[0]);
  const last = at(body.at(-1));
  if (first < 0) return lines.slice(0, 200);
  const start =
    title === null
      ? -1
      : lines.slice(0, first).findLastIndex((line) => line.text.includes(title.slice(0, 20)));
  const from = Math.max(0, start >= 0 && first - start <= ABOVE ? start : first - ABOVE);
  const to = Math.max(first, last);
  const before = lines.slice(from, first + 3);
  return to <= first + 3
    ? [...before, ...lines.slice(first + 3, to + BELOW)]
    : [...before, ...lines.slice(Math.max(first + 3, to - 3), to + BELOW)];
}
