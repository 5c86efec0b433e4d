import { Parser } from "htmlparser2";
import { resolveUrl } from "../../text/html.ts";
import { nameOf, type Prefixes, prefixesWithin } from "./namespaces.ts";
import type { Feed, FeedFields, FeedInfo, NoFeed, XmlItem } from "./record.ts";
import { written } from "./wording.ts";

type OpenFields = Record<string, OpenField[]>;

interface OpenField {
  text: string;
  attributes?: Readonly<Record<string, string>>;
  markup?: string;
  base?: string;
  fields?: OpenFields;
}

interface OpenItem {
  readonly base: string;
  readonly lang: string | null;
  readonly about: string | null;
  readonly fields: OpenFields;
}

/** An element that is open. */
interface Frame {
  readonly name: string;
  readonly prefixes: Prefixes;
  readonly base: string;
  readonly lang: string | null;
  readonly contentStart: number;
  /** Set where the text of this element is kept. */
  readonly field: OpenField | null;
  /** Where its children are kept; null when they are not. */
  readonly children: (() => OpenFields) | null;
}

/**
 * No feed nests deeper, not even one that forgets to close its items; the parser's own stack costs time by the square
 * of its depth: 15 s for 200,000 elements.
 */
const DEEPEST = 2000;

/** Ends the reading; what was read so far stands. */
class TooDeep extends Error {}

/** Without a prototype, so that an element may have any name. */
const dictionary = (): OpenFields => Object.create(null) as OpenFields;

/** Elements whose content may be markup, escaped or as it stands. */
const TEXTUAL: ReadonlySet<string> = new Set([
  "title",
  "description",
  "summary",
  "content",
  "content:encoded",
  "xhtml:body",
  "xhtml:div",
]);

/**
 * Reads RSS 0.9x, 1.0 and 2.0 and Atom 0.3 and 1.0 in one pass, as far as the document goes. Nothing is declared,
 * loaded or expanded: a reference to an entity that XML itself does not know stays as it is written.
 */
export function readXml(source: string, feed: Pick<FeedInfo, "url" | "sha256">): Feed | NoFeed {
  const items: OpenItem[] = [];
  const channel = dictionary();
  const stack: Frame[] = [];
  let root = null as string | null;
  let dialect = "rss" as "rss" | "atom";
  let rootLang: string | null = null;
  let complete = false;

  const parser = new Parser(
    {
      onopentag(element, attributes) {
        const parent = stack.at(-1);
        if (stack.length >= DEEPEST) throw new TooDeep();
        const prefixes = prefixesWithin(parent?.prefixes ?? {}, attributes);
        if (parent === undefined) {
          if (root !== null) return;
          root = nameOf(element, prefixes, "atom");
          dialect = root === "feed" || root === "entry" ? "atom" : "rss";
          rootLang = attributes["xml:lang"] ?? null;
        }
        const name = nameOf(element, prefixes, dialect === "atom" ? "atom" : "");
        const base = resolveUrl(attributes["xml:base"], parent?.base ?? feed.url) ?? parent?.base ?? feed.url;
        const lang = attributes["xml:lang"] ?? parent?.lang ?? null;
        stack.push({
          name,
          prefixes,
          base,
          lang,
          contentStart: parser.endIndex + 1,
          ...opened(name, attributes, base, lang, prefixes, parent),
        });
      },
      ontext(text) {
        const field = stack.at(-1)?.field;
        if (field) field.text += text;
      },
      onclosetag(_element, implied) {
        const frame = stack.pop();
        if (frame === undefined) return;
        if (stack.length === 0) complete = !implied;
        if (frame.field?.markup !== undefined)
          frame.field.markup = source.slice(frame.contentStart, parser.startIndex);
      },
    },
    { xmlMode: true },
  );

  function opened(
    name: string,
    attributes: Readonly<Record<string, string>>,
    base: string,
    lang: string | null,
    prefixes: Prefixes,
    parent: Frame | undefined,
  ): Pick<Frame, "field" | "children"> {
    if (name === (dialect === "atom" ? "entry" : "item")) {
      const about = Object.keys(attributes).find((key) => nameOf(key, prefixes, "") === "rdf:about");
      const item = {
        base,
        lang,
        about: about === undefined ? null : attributes[about]!,
        fields: dictionary(),
      };
      items.push(item);
      return { field: null, children: () => item.fields };
    }
    if (name === "channel" || name === "feed") return { field: null, children: () => channel };
    if (!parent?.children) {
      // Markup inside a field: it is kept as it stands.
      if (parent?.field && TEXTUAL.has(parent.name)) parent.field.markup = "";
      return { field: null, children: null };
    }
    // The members of a group are read as if they stood in the item itself.
    if (name === "media:group") return { field: null, children: parent.children };
    const field: OpenField = { text: "" };
    if (Object.keys(attributes).length > 0) field.attributes = attributes;
    if (base !== parent.base) field.base = base;
    const siblings = parent.children();
    siblings[name] ??= [];
    siblings[name].push(field);
    // Two levels are enough for `author/name` and `media:content/media:title`.
    if (parent.field !== null || TEXTUAL.has(name)) return { field, children: null };
    return {
      field,
      children: () => {
        field.fields ??= dictionary();
        return field.fields;
      },
    };
  }

  try {
    parser.end(source);
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
  }
  if (root === null) return { problem: "holds no XML" };
  const isFeed = dialect === "atom" || ["rss", "rdf:rdf", "rdf", "channel"].includes(root);
  if (!isFeed) return { problem: `is an XML document <${root.slice(0, 50)}> and no feed` };
  const info: FeedInfo = { ...feed, ...channelInfo(channel, feed.url, rootLang) };
  return { items: items.map((item): XmlItem => ({ format: dialect, feed: info, ...item })), complete };
}

function channelInfo(channel: FeedFields, url: string, rootLang: string | null): Omit<FeedInfo, "url"> {
  const text = (name: string): string | null =>
    channel[name]?.find((field) => field.text.trim() !== "")?.text.trim() ?? null;
  const title = text("title");
  const links = [...(channel.link ?? []), ...(channel["atom:link"] ?? [])];
  const site = links.find(({ attributes }) => (attributes?.rel ?? "alternate") === "alternate");
  return {
    title: title === null ? null : written(title, url).text || null,
    link: resolveUrl(text("link") ?? site?.attributes?.href, url),
    lang: text("language") ?? text("dc:language") ?? rootLang,
  };
}
