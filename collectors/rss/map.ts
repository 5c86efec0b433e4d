import type { Mapped } from "../../contracts/collector.ts";
import { draftOf } from "./draft.ts";
import { isIgnoredElement } from "./ignored.ts";
import { mapJson } from "./map-json.ts";
import type { RssOptions } from "./options.ts";
import { atomLinks, declaredSource, engagement, media, related } from "./parts.ts";
import type { FeedField, FeedItem, XmlItem } from "./record.ts";
import { addressText, isHtml, type Written, written } from "./wording.ts";

/** Elements that are read here; what is neither here nor in ignored.ts is reported. */
const USED: ReadonlySet<string> = new Set(
  (
    "title link guid id author pubdate published issued created updated modified description summary content source " +
    "enclosure image xhtml:body xhtml:div content:encoded dc:creator dc:author dc:date dc:title dc:description " +
    "dc:source dc:language dcterms:created dcterms:issued dcterms:date dcterms:available dcterms:source " +
    "atom:link atom:author atom:published atom:updated atom:title atom:summary atom:content atom:source " +
    "media:content media:player media:thumbnail media:description media:community enc:enclosure feedburner:origlink itunes:image " +
    "itunes:summary itunes:author itunes:title slash:comments thr:total thr:in-reply-to yt:videoid yt:channelid"
  ).split(" "),
);

/** Where the time of publication stands, best first. */
const PUBLISHED =
  "pubdate published dc:date atom:published dcterms:issued dcterms:available dcterms:date issued";
/** When there is no time of publication: never earlier than it, so it counts as a guess. */
const CHANGED = "dcterms:created created updated atom:updated modified dcterms:modified dc:modified";

const BODIES = "content:encoded content atom:content xhtml:body xhtml:div description summary atom:summary";
const FALLBACK_BODIES = "dc:description media:description itunes:summary";

/** One item of a feed as a draft, or why it is none. */
export function map(raw: unknown, options: RssOptions): Mapped {
  if (!isItem(raw)) return { rejected: "this is no item of a feed: its format, feed or fields are missing" };
  return raw.format === "json" ? mapJson(raw, options) : mapXml(raw, options);
}

function mapXml(item: XmlItem, options: RssOptions): Mapped {
  const { fields, feed } = item;
  const first = (names: string): FeedField | null => {
    for (const name of names.split(" ")) {
      const found = fields[name]?.find((field) => field.text.trim() !== "" || field.markup);
      if (found) return found;
    }
    return null;
  };
  const text = (names: string): string | null => first(names)?.text.trim() || null;

  const links = atomLinks(item);
  const guid = fields.guid?.find((field) => field.text.trim() !== "") ?? null;
  const native = guid ?? first("id");
  const url = itemUrl(item, guid, links.alternate, text("feedburner:origlink"));
  const title = titleOf(first("title atom:title dc:title itunes:title media:title"), item);
  const body = bodyOf(item, first(BODIES) ?? first(FALLBACK_BODIES), url ?? item.base);

  const published = text(PUBLISHED);
  return draftOf(
    {
      feed,
      native: text("yt:videoid") ?? (native?.text.trim() || item.about),
      url,
      title,
      body,
      lang: text("dc:language") ?? item.lang ?? feed.lang,
      published_at: published ?? text(CHANGED),
      published_basis: published === null ? "guessed" : "feed",
      authors: authorsOf(item),
      engagement: engagement(fields),
      references: related(item, links),
      media: media(item, links),
      declared_source: declaredSource(item, links),
      unknown_fields: Object.keys(fields).filter((name) => !USED.has(name) && !isIgnoredElement(name)),
    },
    options,
  );
}

/** RSS says by `isPermaLink` whether a guid is an address; where there is a link, the link is. */
function itemUrl(
  item: XmlItem,
  guid: FeedField | null,
  alternate: string | null,
  original: string | null,
): string | null {
  const written = item.fields.link?.find((field) => field.text.trim() !== "") ?? null;
  const permalink = guid?.attributes?.isPermaLink?.trim().toLowerCase() !== "false";
  const id = item.format === "atom" ? (item.fields.id?.[0] ?? null) : permalink ? guid : null;
  return (
    addressText(original, item.base) ??
    (item.format === "atom" ? alternate : null) ??
    addressText(written?.text, written?.base ?? item.base) ??
    alternate ??
    // Only a full address: a relative guid is a number.
    addressText(id?.text) ??
    addressText(item.about)
  );
}

function titleOf(field: FeedField | null, { base }: XmlItem): string | null {
  if (field === null) return null;
  const type = field.attributes?.type;
  const plain = type === "text" || type === "text/plain";
  const { text } = plain ? { text: field.text } : written(field.markup ?? field.text, base);
  return text.replace(/\s+/g, " ").trim() || null;
}

/** Atom says whether a text is plain; RSS never does, and everyone writes HTML. */
function bodyOf(item: XmlItem, field: FeedField | null, url: string): Written {
  if (field === null) return { text: "", links: [], images: [] };
  const { type, mode } = field.attributes ?? {};
  const plain = item.format === "atom" && (type === undefined || type === "text" || type === "text/plain");
  const markup = field.markup ?? field.text;
  // Atom 0.3 has `mode="escaped"`; and many write HTML into a text that they call plain.
  if (plain && field.markup === undefined && mode !== "escaped" && !isHtml(markup)) {
    return { text: field.text.trim(), links: [], images: [] };
  }
  const base = field.base ?? (item.base === item.feed.url ? url : item.base);
  return written(markup, base);
}

function authorsOf({ fields }: XmlItem): readonly { readonly name: string; readonly uri: string | null }[] {
  const nested = [...(fields.author ?? []), ...(fields["atom:author"] ?? [])].map((field) => ({
    name: field.fields?.name?.[0]?.text ?? field.fields?.["atom:name"]?.[0]?.text ?? field.text,
    uri: addressText(field.fields?.uri?.[0]?.text ?? field.fields?.["atom:uri"]?.[0]?.text),
  }));
  const flat = ["dc:creator", "dc:author", "itunes:author"].flatMap((name) => fields[name] ?? []);
  const channel = fields["yt:channelid"]?.[0]?.text.trim();
  if (channel && nested[0] !== undefined) nested[0] = { ...nested[0], uri: channel };
  return [...nested, ...flat.map(({ text }) => ({ name: text, uri: null }))]
    .map(({ name, uri }) => ({ name: name.replace(/\s+/g, " ").trim(), uri }))
    .filter(({ name }) => name !== "");
}

function isItem(raw: unknown): raw is FeedItem {
  if (typeof raw !== "object" || raw === null) return false;
  const { format, feed, fields, item } = raw as Readonly<Record<string, unknown>>;
  const isObject = (value: unknown) => typeof value === "object" && value !== null;
  if (!isObject(feed)) return false;
  return format === "json" ? isObject(item) : (format === "rss" || format === "atom") && isObject(fields);
}
