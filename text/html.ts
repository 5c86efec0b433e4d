import { type Attributes, scanHtml } from "./html-scan.ts";

export interface HtmlText {
  /** The visible text: white space folded, a newline between blocks, no empty lines. */
  readonly text: string;
  /** Where `<a>` and `<area>` point, absolute, http(s) only, each once, in order. */
  readonly links: readonly string[];
  /** Addresses of `<img>`, those that scripts load later (`data-src`) included; absolute, http(s) only, each once. */
  readonly images: readonly string[];
}

const DROPPED = new Set([
  "script",
  "style",
  "noscript",
  "template",
  "iframe",
  "noembed",
  "noframes",
  "title",
]);

const BLOCKS = new Set(
  (
    "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption " +
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre " +
    "section select summary table tbody tfoot thead tr ul"
  ).split(" "),
);

const CELLS = new Set(["td", "th"]);

/** Lazy loading puts the real address in one of these and a placeholder in `src`; so they come first. */
const IMAGE_ATTRIBUTES = ["data-src", "data-original", "data-actualsrc", "data-lazy-src", "src"];

/** Servers commonly refuse a request line over 8 KiB, so a longer address leads nowhere. */
const LONGEST_URL = 8192;

/**
 * The text, links and images of an HTML document or fragment. Relative addresses need `baseUrl` (a `<base href>` is
 * kept to) and are left out without it. Never throws; time and memory grow with the length of the input only.
 */
export function htmlToText(html: string, baseUrl?: string): HtmlText {
  const lines = new Lines();
  const links = new Addresses(baseUrl);
  const images = new Addresses(baseUrl);
  let based = false;
  let dropped: string | null = null;
  let depth = 0;
  let preformatted = 0;

  const rebase = (href: string | undefined): void => {
    if (based || href === undefined) return;
    based = true;
    links.rebase(href);
    images.rebase(href);
  };

  scanHtml(html, {
    open(name, attributes) {
      if (dropped !== null) {
        if (name === dropped) depth += 1;
        return;
      }
      if (DROPPED.has(name)) {
        dropped = name;
        depth = 1;
        return;
      }
      if (BLOCKS.has(name)) lines.end();
      else if (CELLS.has(name)) lines.add(" ");
      if (name === "a" || name === "area") links.add(attributes.get("href"));
      else if (name === "img" || name === "image") images.add(imageAddress(attributes));
      else if (name === "base") rebase(attributes.get("href"));
      else if (name === "pre") preformatted += 1;
    },
    close(name) {
      if (dropped !== null) {
        if (name === dropped) depth -= 1;
        if (depth === 0) dropped = null;
        return;
      }
      if (BLOCKS.has(name)) lines.end();
      if (name === "pre" && preformatted > 0) preformatted -= 1;
    },
    text(text) {
      if (dropped !== null) return;
      if (preformatted === 0) lines.add(text);
      else lines.addLines(text);
    },
  });
  return { text: lines.toString(), links: links.all, images: images.all };
}

function imageAddress(attributes: Attributes): string | undefined {
  for (const name of IMAGE_ATTRIBUTES) {
    const value = attributes.get(name)?.trim();
    if (value !== undefined && value !== "" && !/^(?:data|about|blob):/i.test(value)) return value;
  }
  return attributes.get("srcset")?.trim().split(/[\s,]/, 1)[0];
}

/** Resolves `href` against `base`; null for what is not http(s), leads nowhere, or only points into the same page. */
export function resolveUrl(href: string | undefined | null, base?: string): string | null {
  const trimmed = href?.trim() ?? "";
  if (trimmed === "" || trimmed.startsWith("#") || trimmed.length > LONGEST_URL) return null;
  const url = URL.parse(trimmed, base);
  return url !== null && (url.protocol === "http:" || url.protocol === "https:") ? url.href : null;
}

class Addresses {
  #base: string | undefined;
  readonly #seen = new Set<string>();
  readonly #all = new Set<string>();

  constructor(base: string | undefined) {
    this.#base = base;
  }

  rebase(href: string): void {
    this.#base = resolveUrl(href, this.#base) ?? this.#base;
  }

  add(href: string | undefined): void {
    if (href === undefined || this.#seen.has(href)) return;
    this.#seen.add(href);
    const url = resolveUrl(href, this.#base);
    if (url !== null) this.#all.add(url);
  }

  get all(): readonly string[] {
    return [...this.#all];
  }
}

/**
 * Collects runs of text into trimmed lines. A line is kept in pieces, because looking at the end of a string that is
 * still being added to copies it each time: a million entities in one paragraph took minutes.
 */
class Lines {
  readonly #lines: string[] = [];
  #pieces: string[] = [];
  #open = false;

  add(text: string): void {
    const folded = text.replace(SPACE, " ");
    const piece = !this.#open && folded.startsWith(" ") ? folded.slice(1) : folded;
    if (piece === "") return;
    this.#pieces.push(piece);
    this.#open = !piece.endsWith(" ");
  }

  addLines(text: string): void {
    const [first = "", ...rest] = text.split(/\r\n|\r|\n/);
    this.add(first);
    for (const line of rest) {
      this.end();
      this.add(line);
    }
  }

  end(): void {
    if (this.#pieces.length === 0) return;
    const line = this.#pieces.join("").trim();
    if (line !== "") this.#lines.push(line);
    this.#pieces = [];
    this.#open = false;
  }

  toString(): string {
    this.end();
    return this.#lines.join("\n");
  }
}

/** White space as HTML folds it, and the no-break space; the ideographic space stays, being part of the wording. */
const SPACE = /[ \t\n\f\r\v\u00a0]+/g;
