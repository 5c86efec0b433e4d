import type { DeclaredSource, Engagement, Media, Reference } from "../../contracts/post.ts";
import { hostOf } from "../../text/urls.ts";
import type { FeedField, FeedFields, XmlItem } from "./record.ts";
import { addressText } from "./wording.ts";

/** The links of an item by what they say they are. */
export interface AtomLinks {
  /** The item's own page. */
  readonly alternate: string | null;
  readonly via: string | null;
  readonly related: readonly string[];
  readonly enclosures: readonly { readonly url: string; readonly type: string | undefined }[];
}

/** Atom's `link` elements, also where they stand in an RSS item. */
export function atomLinks({ fields, base }: XmlItem): AtomLinks {
  const links = [...(fields.link ?? []), ...(fields["atom:link"] ?? [])].flatMap((field) => {
    const url = addressText(field.attributes?.href, field.base ?? base);
    const { rel = "alternate", type } = field.attributes ?? {};
    return url === null ? [] : [{ url, type, rel: rel.replace(/^.*[/#]/, "").toLowerCase() }];
  });
  const of = (rel: string) => links.filter((link) => link.rel === rel);
  // A page before its versions for machines.
  const pages = of("alternate");
  const page = pages.find(({ type }) => type === undefined || /html/.test(type)) ?? pages[0];
  return {
    alternate: page?.url ?? null,
    via: of("via")[0]?.url ?? null,
    related: of("related").map(({ url }) => url),
    enclosures: of("enclosure"),
  };
}

/** What the item answers or names as related. */
export function related({ fields, base }: XmlItem, links: AtomLinks): readonly Reference[] {
  const replies = (fields["thr:in-reply-to"] ?? []).flatMap((field): readonly Reference[] => {
    const { href, ref } = field.attributes ?? {};
    const url = addressText(href ?? ref, base);
    return url === null ? [] : [{ kind: "reply", url }];
  });
  return [...replies, ...links.related.map((url): Reference => ({ kind: "link", url }))];
}

/** Another feed that the item comes from, as the item itself says. A feed that names itself says nothing. */
export function declaredSource({ fields, base, feed }: XmlItem, links: AtomLinks): DeclaredSource | null {
  const own = hostOf(feed.url);
  for (const field of [...(fields.source ?? []), ...(fields["atom:source"] ?? [])]) {
    const name = (inner(field, "title") ?? field.text).trim();
    const link = field.fields?.link?.[0] ?? field.fields?.["atom:link"]?.[0];
    const url = addressText(field.attributes?.url ?? link?.attributes?.href ?? inner(field, "id"), base);
    if (url !== null ? hostOf(url) !== own : name !== "" && name !== feed.title) return source(name, url);
  }
  const described = (fields["dc:source"] ?? fields["dcterms:source"])?.[0]?.text.trim() ?? "";
  const url = addressText(described) ?? links.via;
  if (url !== null) return hostOf(url) === own ? null : source("", url);
  return described === "" || described === feed.title ? null : source(described, null);
}

function inner(field: FeedField, name: string): string | undefined {
  return (field.fields?.[name] ?? field.fields?.[`atom:${name}`])?.[0]?.text;
}

function source(name: string, url: string | null): DeclaredSource {
  return { kind: "feed-source", ...(name === "" ? {} : { name }), ...(url === null ? {} : { url }) };
}

export function engagement(fields: FeedFields): Partial<Engagement> | null {
  const comments = count((fields["slash:comments"] ?? fields["thr:total"])?.[0]?.text);
  const views = count(fields["media:community"]?.[0]?.fields?.["media:statistics"]?.[0]?.attributes?.views);
  if (comments === null && views === null) return null;
  return { ...(comments === null ? {} : { comments }), ...(views === null ? {} : { views }) };
}

function count(text: string | undefined): number | null {
  return /^\s*\d{1,15}\s*$/.test(text ?? "") ? Number(text) : null;
}

/** Everything attached, each address once. */
export function media(item: XmlItem, links: AtomLinks): readonly Media[] {
  const { fields, base } = item;
  const attached = (name: string, attribute: string, kind?: Media["kind"]): readonly Media[] =>
    (fields[name] ?? []).flatMap((field) => {
      const url = addressText(field.attributes?.[attribute], base);
      const { type, medium } = field.attributes ?? {};
      return url === null ? [] : [{ kind: kind ?? mediaKind(type ?? medium, url), url }];
    });
  const inContent = (name: string, kind: Media["kind"]): readonly Media[] =>
    (fields["media:content"] ?? []).flatMap((content) =>
      (content.fields?.[name] ?? []).flatMap((field): readonly Media[] => {
        const url = addressText(field.attributes?.url, base);
        return url === null ? [] : [{ kind, url }];
      }),
    );
  return [
    ...attached("enclosure", "url"),
    ...attached("enc:enclosure", "rdf:resource"),
    ...links.enclosures.map(({ url, type }): Media => ({ kind: mediaKind(type, url), url })),
    ...attached("media:content", "url"),
    ...attached("media:player", "url", "video"),
    ...attached("media:thumbnail", "url", "image"),
    ...inContent("media:player", "video"),
    ...inContent("media:thumbnail", "image"),
    ...attached("itunes:image", "href", "image"),
  ];
}

/** By the declared type, else by the ending of the address. */
export function mediaKind(type: string | undefined, url: string): Media["kind"] {
  const named = /^(image|video|audio)\b/i.exec(type ?? "")?.[1]?.toLowerCase();
  if (named === "image" || named === "video" || named === "audio") return named;
  if (/flash|mpegurl/i.test(type ?? "")) return "video";
  const ending = /\.(\w{2,5})(?:[?#]|$)/.exec(url)?.[1]?.toLowerCase() ?? "";
  if (/^(?:jpe?g|png|gif|webp|avif|svg|bmp)$/.test(ending)) return "image";
  if (/^(?:mp4|m4v|mov|webm|flv|avi|mkv|m3u8|swf)$/.test(ending)) return "video";
  return /^(?:mp3|m4a|ogg|oga|opus|wav|aac|flac)$/.test(ending) ? "audio" : "document";
}
