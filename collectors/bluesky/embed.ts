import type { Media, Reference } from "../../contracts/post.ts";
import { resolveUrl } from "../../text/html.ts";
import { type Fields, fieldsOf, listOf, textOf } from "../fields.ts";
import { POST, postUrl, readAtUri } from "./record.ts";

export interface Embedded {
  readonly references: readonly Reference[];
  readonly media: readonly Media[];
}

/**
 * What a post's record shows under its text. Addresses of media are made of the record and not taken from a view, so that
 * a post read from the stream is the same as one read from a feed.
 */
export function embedded(embed: Fields, did: string): Embedded {
  switch (textOf(embed.$type)) {
    case "app.bsky.embed.images":
      return { references: [], media: listOf(embed.images).flatMap(({ image }) => imageOf(image, did)) };
    case "app.bsky.embed.video":
      return { references: [], media: videoOf(embed.video, did) };
    case "app.bsky.embed.external": {
      const url = resolveUrl(textOf(fieldsOf(embed.external).uri));
      return { references: url === null ? [] : [{ kind: "link", url }], media: [] };
    }
    case "app.bsky.embed.record":
      return { references: quoteOf(embed.record), media: [] };
    case "app.bsky.embed.recordWithMedia": {
      const { media } = embed;
      const shown = embedded(fieldsOf(media), did);
      return {
        references: [...quoteOf(fieldsOf(embed.record).record), ...shown.references],
        media: shown.media,
      };
    }
    default:
      return { references: [], media: [] };
  }
}

/** Kinds of embed that are read; another one is told as a field that is not known. */
export function isKnownEmbed(embed: Fields): boolean {
  const [, kind] = /^app\.bsky\.embed\.(\w+)$/.exec(textOf(embed.$type) ?? "") ?? [];
  if (kind === "recordWithMedia") return isKnownEmbed(fieldsOf(embed.media));
  return ["images", "video", "external", "record"].includes(kind ?? "");
}

function imageOf(blob: unknown, did: string): readonly Media[] {
  const cid = cidOf(blob);
  return cid === null
    ? []
    : [{ kind: "image", url: `https://cdn.bsky.app/img/feed_fullsize/plain/${did}/${cid}@jpeg` }];
}

function videoOf(blob: unknown, did: string): readonly Media[] {
  const cid = cidOf(blob);
  return cid === null
    ? []
    : [
        {
          kind: "video",
          url: `https://video.bsky.app/watch/${encodeURIComponent(did)}/${cid}/playlist.m3u8`,
        },
      ];
}

/** Posts of the first months name a blob by `cid` alone. */
function cidOf(blob: unknown): string | null {
  const { ref, cid } = fieldsOf(blob);
  const found = textOf(fieldsOf(ref).$link) ?? textOf(cid);
  return found !== null && /^[\w()]+$/.test(found) ? found : null;
}

/** Lists, feeds and starter packs are embedded the same way; only a post is quoted. */
function quoteOf(reference: unknown): readonly Reference[] {
  const { uri } = fieldsOf(reference);
  const at = readAtUri(uri);
  return at?.collection === POST ? [{ kind: "quote", id: textOf(uri)!, url: postUrl(at) }] : [];
}

/** Links and mentions by the facets of a text, whose places are counted in bytes of UTF-8. */
export function facetReferences(record: Fields): readonly Reference[] {
  const bytes = new TextEncoder().encode(textOf(record.text) ?? "");
  return listOf(record.facets).flatMap(({ features, index }) =>
    listOf(features).flatMap((feature): readonly Reference[] => {
      const url = resolveUrl(textOf(feature.uri));
      if (url !== null) return [{ kind: "link", url }];
      if (textOf(feature.did) === null) return [];
      const { byteStart, byteEnd } = fieldsOf(index);
      if (typeof byteStart !== "number" || typeof byteEnd !== "number") return [];
      const handle = new TextDecoder().decode(bytes.subarray(byteStart, byteEnd)).replace(/^@/, "").trim();
      return handle === "" ? [] : [{ kind: "mention", handle }];
    }),
  );
}
