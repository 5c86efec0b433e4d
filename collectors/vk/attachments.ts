import type { Media, Reference } from "../../contracts/post.ts";
import { resolveUrl } from "../../text/html.ts";
import { countOf, type Fields, fieldsOf, idOf, listOf, textOf } from "../fields.ts";
import { ATTACHMENTS } from "./known.ts";

export interface Attached {
  readonly media: readonly Media[];
  readonly links: readonly Reference[];
  /** Questions and answers of polls, titles of what has no other words. */
  readonly lines: readonly string[];
  /** Kinds that are not known. */
  readonly unknown: readonly string[];
}

export function attached(post: Fields): Attached {
  const media: Media[] = [];
  const links: Reference[] = [];
  const lines: string[] = [];
  const unknown: string[] = [];
  for (const attachment of listOf(post.attachments)) {
    const type = textOf(attachment.type) ?? "?";
    const inner = fieldsOf(attachment[type]);
    if (!ATTACHMENTS.has(type)) unknown.push(`attachments ${type}`);
    else if (type === "poll") lines.push(...pollOf(inner));
    else if (type === "link" || type === "article") links.push(...linkOf(inner));
    else media.push(...mediaOf(type, inner));
  }
  return { media, links, lines, unknown };
}

function pollOf(poll: Fields): readonly string[] {
  return [poll.question, ...listOf(poll.answers).map(({ text }) => text)].flatMap(
    (line) => textOf(line) ?? [],
  );
}

function linkOf({ url }: Fields): readonly Reference[] {
  const at = resolveUrl(textOf(url));
  return at === null ? [] : [{ kind: "link", url: at }];
}

/** Media by the address of their page: those of the files change, and lose their right to be read. */
function mediaOf(type: string, inner: Fields): readonly Media[] {
  const [owner, id] = [idOf(inner.owner_id), idOf(inner.id)];
  const page =
    owner === null || id === null ? null : `https://vk.com/${type === "clip" ? "clip" : type}${owner}_${id}`;
  const url = page === null ? {} : { url: page };
  if (type === "photo" || type === "posted_photo") {
    const largest = [...listOf(inner.sizes)].sort(
      (a, b) => (countOf(b.width) ?? 0) - (countOf(a.width) ?? 0),
    )[0];
    const at = page ?? resolveUrl(textOf(largest?.url));
    return at === null ? [] : [{ kind: "image", url: at }];
  }
  if (type === "video" || type === "clip") return [{ kind: "video", ...url }];
  if (type === "audio" || type === "podcast") return [{ kind: "audio", ...url }];
  return type === "doc" ? [{ kind: "document", ...url }] : [];
}
