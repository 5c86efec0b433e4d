import { htmlToText } from "../../text/html.ts";
import { type Attributes, scanHtml } from "../../text/html-scan.ts";

/** Elements that a page is read from, by `id` or class. */
const WANTED_IDS = ["js_content", "js_name", "activity-name", "publish_time", "js_article"] as const;
const WANTED_CLASSES = [
  "original_primary_nickname",
  "weui-msg__title",
  "weui-msg__desc",
  "mesg-block",
] as const;
type Wanted = (typeof WANTED_IDS)[number] | (typeof WANTED_CLASSES)[number];

/** The parts of a page, found in one pass over its tags. */
export interface PageParts {
  /** The sources of all scripts in order. */
  readonly scripts: string;
  /** The markup inside an element, or null when the page has none. */
  readonly markup: (wanted: Wanted) => string | null;
  /** The visible text of an element in one line, null when there is none. */
  readonly words: (wanted: Wanted) => string | null;
  /** `<meta property="og:…">` by property. */
  readonly meta: ReadonlyMap<string, string>;
  /** What `<title>` says. */
  readonly title: string;
}

interface Capture {
  readonly wanted: Wanted;
  readonly element: string;
  depth: number;
  readonly pieces: string[];
}

export function readPage(html: string): PageParts {
  const scripts: string[] = [];
  const meta = new Map<string, string>();
  const found = new Map<Wanted, string>();
  const started = new Set<Wanted>();
  let open: Capture[] = [];
  let raw: "script" | "title" | null = null;
  let title = "";

  const finish = (capture: Capture): void => void found.set(capture.wanted, capture.pieces.join(""));

  scanHtml(html, {
    open(name, attributes) {
      for (const capture of open) {
        capture.pieces.push(tag(name, attributes));
        if (name === capture.element) capture.depth += 1;
      }
      if (name === "script" || name === "title") raw = name;
      if (name === "meta") {
        const property = attributes.get("property");
        if (property !== undefined && !meta.has(property))
          meta.set(property, attributes.get("content") ?? "");
      }
      const wanted = wantedOf(attributes);
      if (wanted === null || started.has(wanted)) return;
      started.add(wanted);
      // The frame of an article only has to be there: what is in it is found on its own.
      if (wanted === "js_article") found.set(wanted, "");
      else open.push({ wanted, element: name, depth: 1, pieces: [] });
    },
    close(name) {
      if (name === raw) {
        if (raw === "script") scripts.push("\n");
        raw = null;
      }
      if (open.length === 0) return;
      for (const capture of open) {
        if (name === capture.element) capture.depth -= 1;
        if (capture.depth === 0) finish(capture);
        else capture.pieces.push(`</${name}>`);
      }
      open = open.filter(({ depth }) => depth > 0);
    },
    text(text) {
      if (raw === "script") scripts.push(text);
      else if (raw === "title") title += text;
      for (const { pieces } of open) pieces.push(escaped(text));
    },
  });
  open.forEach(finish);

  return {
    scripts: scripts.join(""),
    meta,
    title: title.trim(),
    markup: (wanted) => found.get(wanted) ?? null,
    words: (wanted) => htmlToText(found.get(wanted) ?? "").text.replace(/\s+/g, " ") || null,
  };
}

function wantedOf(attributes: Attributes): Wanted | null {
  const id = attributes.get("id");
  const byId = WANTED_IDS.find((wanted) => wanted === id);
  if (byId !== undefined) return byId;
  const classes = attributes.get("class")?.split(/\s+/) ?? [];
  return WANTED_CLASSES.find((wanted) => classes.includes(wanted)) ?? null;
}

/** A start tag with the attributes that text, links and images are read from. */
function tag(name: string, attributes: Attributes): string {
  let written = `<${name}`;
  for (const [key, value] of attributes) {
    if (/^(?:href|src|srcset|data-[\w-]*src|data-original)$/.test(key))
      written += ` ${key}="${escaped(value)}"`;
  }
  return `${written}>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
}
