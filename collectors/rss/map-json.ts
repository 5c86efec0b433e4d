import type { Mapped } from "../../contracts/collector.ts";
import type { DeclaredSource, Media, Reference } from "../../contracts/post.ts";
import { hostOf } from "../../text/urls.ts";
import { type Author, draftOf } from "./draft.ts";
import { isIgnoredJson } from "./ignored.ts";
import type { RssOptions } from "./options.ts";
import { mediaKind } from "./parts.ts";
import type { JsonItem } from "./record.ts";
import { addressText, written } from "./wording.ts";

const USED: ReadonlySet<string> = new Set(
  (
    "id url external_url title content_html content_text summary image banner_image date_published author authors " +
    "language attachments"
  ).split(" "),
);

/** One item of a JSON Feed, version 1 or 1.1, as a draft. */
export function mapJson({ feed, item }: JsonItem, options: RssOptions): Mapped {
  const words = (name: string): string | null => {
    const value = item[name];
    return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
  };
  const address = (name: string): string | null => addressText(words(name), feed.url);
  const native = typeof item.id === "number" ? String(item.id) : words("id");
  // Version 1.1 asks for the permanent address as id.
  const url = address("url") ?? addressText(native);
  const external = address("external_url");
  const html = words("content_html");
  const plain = words("content_text") ?? words("summary") ?? "";

  const published = words("date_published");
  return draftOf(
    {
      feed,
      native,
      url: url ?? external,
      title: words("title"),
      body: html === null ? { text: plain, links: [], images: [] } : written(html, url ?? feed.url),
      lang: words("language") ?? feed.lang,
      published_at: published ?? words("date_modified"),
      published_basis: published === null ? "guessed" : "feed",
      authors: [...list(item.authors), item.author].flatMap(authorOf),
      engagement: null,
      references:
        external === null || url === null ? [] : [{ kind: "link", url: external } satisfies Reference],
      media: [
        ...["image", "banner_image"].flatMap((name) => imageAt(address(name))),
        ...attachments(item, feed.url),
      ],
      declared_source: sourceAt(external, feed.url),
      unknown_fields: Object.keys(item).filter((name) => !USED.has(name) && !isIgnoredJson(name)),
    },
    options,
  );
}

/** An item about another page names it: a relay marker, unless the page is the site's own. */
function sourceAt(external: string | null, feed: string): DeclaredSource | null {
  return external === null || hostOf(external) === hostOf(feed)
    ? null
    : { kind: "feed-source", url: external };
}

function authorOf(value: unknown): readonly Author[] {
  const { name, url } = record(value);
  return typeof name === "string" && name.trim() !== ""
    ? [{ name: name.trim(), uri: typeof url === "string" ? addressText(url) : null }]
    : [];
}

function attachments(item: Readonly<Record<string, unknown>>, base: string): readonly Media[] {
  return list(item.attachments).flatMap((value): readonly Media[] => {
    const { url, mime_type } = record(value);
    const address = typeof url === "string" ? addressText(url, base) : null;
    const type = typeof mime_type === "string" ? mime_type : undefined;
    return address === null ? [] : [{ kind: mediaKind(type, address), url: address }];
  });
}

const imageAt = (url: string | null): readonly Media[] => (url === null ? [] : [{ kind: "image", url }]);

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
