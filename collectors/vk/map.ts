import type { Mapped } from "../../contracts/collector.ts";
import type { DeclaredSource, PostDraft, Reference } from "../../contracts/post.ts";
import { resolveUrl } from "../../text/html.ts";
import {
  countOf,
  type Fields,
  fieldsOf,
  idOf,
  isFields,
  listOf,
  secondsOf,
  textOf,
  unknownFields,
} from "../fields.ts";
import { attached } from "./attachments.ts";
import { POST_FIELDS } from "./known.ts";
import type { WallRecord } from "./record.ts";

/** One post of a wall as a draft, or why it is none. */
export function map(raw: unknown): Mapped {
  if (!isFields(raw) || !isFields(raw.post)) return { rejected: "the record is no post of VK" };
  const { post, people, sha256 } = raw as unknown as WallRecord;
  const id = idIn(post);
  if (id === null) return { rejected: "the post has changed shape: it has no owner_id or no id" };
  const url = urlOf(id);
  const gone = whyGone(post);
  if (gone !== null) return { rejected: `${url} ${gone}` };
  const { media, links, lines, unknown } = attached(post);
  const repeated = listOf(post.copy_history);
  const draft: PostDraft = {
    platform: "vk",
    id,
    url,
    account: accountOf(post, fieldsOf(people)),
    published_at: secondsOf(post.date),
    text: [plain(textOf(post.text) ?? ""), ...lines].filter(Boolean).join("\n"),
    engagement: {
      views: countIn(post.views),
      likes: countIn(post.likes),
      reposts: countIn(post.reposts),
      comments: countIn(post.comments),
    },
    references: [
      ...repeated.slice(0, 1).flatMap(repostOf),
      ...replyOf(post),
      ...linksIn(textOf(post.text) ?? ""),
      ...links,
    ],
    media,
    declared_source: originOf(post, repeated, fieldsOf(people)),
    sha256: sha256 ?? null,
  };
  return { draft, unknown_fields: [...unknownFields(post, POST_FIELDS), ...unknown] };
}

/** `OWNER_NUMBER`; the owner of a community is below zero. */
export function idIn(post: Fields): string | null {
  // What a search finds has `to_id` in some versions of the interface, and what is repeated too.
  const [owner, id] = [idOf(post.owner_id) ?? idOf(post.to_id), idOf(post.id) ?? idOf(post.post_id)];
  return owner !== null && id !== null && /^-?\d+$/.test(owner) && /^\d+$/.test(id) ? `${owner}_${id}` : null;
}

export function urlOf(id: string): string {
  return `https://vk.com/wall${id}`;
}

export function whyGone(post: Fields): string | null {
  if (post.is_deleted !== true && post.is_deleted !== 1) return null;
  const reason = textOf(post.deleted_details) ?? textOf(post.deleted_reason);
  return reason === null ? "was deleted" : `was removed: ${reason}`;
}

function accountOf(post: Fields, people: Fields): NonNullable<PostDraft["account"]> {
  const id = idOf(post.from_id) ?? idOf(post.owner_id) ?? idOf(post.to_id) ?? "";
  const known = fieldsOf(people[id]);
  return {
    id,
    handle: textOf(known.screen_name),
    name: nameOf(known),
    followers: countOf(known.members_count) ?? countOf(known.followers_count),
  };
}

function nameOf(known: Fields): string | null {
  const person = [textOf(known.first_name), textOf(known.last_name)].filter(Boolean).join(" ");
  return textOf(known.name) ?? (person === "" ? null : person);
}

function countIn(part: unknown): number | null {
  return countOf(fieldsOf(part).count);
}

/** The direct parent comes first; what that repeats in turn is told by the parent itself. */
function repostOf(parent: Fields): readonly Reference[] {
  const id = idIn(parent);
  return id === null ? [] : [{ kind: "repost", id, url: urlOf(id) }];
}

function replyOf(post: Fields): readonly Reference[] {
  const [owner, id] = [idOf(post.reply_owner_id), idOf(post.reply_post_id)];
  return owner === null || id === null
    ? []
    : [{ kind: "reply", id: `${owner}_${id}`, url: urlOf(`${owner}_${id}`) }];
}

/** "Source" below a post is its author's word; of a repost the chain's end is where it began. */
function originOf(post: Fields, repeated: readonly Fields[], people: Fields): DeclaredSource | null {
  const { link, name } = fieldsOf(post.copyright);
  const [url, called] = [resolveUrl(textOf(link)), textOf(name)];
  if (url !== null || called !== null) {
    return {
      kind: "reprint",
      ...(called === null ? {} : { name: called }),
      ...(url === null ? {} : { url }),
    };
  }
  const first = repeated.at(-1);
  const id = first === undefined ? null : idIn(first);
  if (first === undefined || id === null) return null;
  const account = idOf(first.from_id) ?? idOf(first.owner_id) ?? undefined;
  const whose = account === undefined ? null : nameOf(fieldsOf(people[account]));
  return {
    kind: "forward",
    url: urlOf(id),
    ...(whose === null ? {} : { name: whose }),
    ...(account === undefined ? {} : { account }),
  };
}

/** Mentions and links are written `[club123|Name]`, `[https://…|words]`: what a reader sees is the part behind the bar. */
const WRITTEN =
  /\[((?:id|club|public|event)\d+|#[^\]|]{1,200}|https?:[^\]|\s]{1,2000})(?::[^\]|]{1,100})?\|([^\]]{1,500})\]/g;

function plain(text: string): string {
  return text.replace(WRITTEN, "$2");
}

function linksIn(text: string): readonly Reference[] {
  const urls = [...text.matchAll(WRITTEN)].flatMap(([, target]) => resolveUrl(target) ?? []);
  return [...new Set(urls)].map((url) => ({ kind: "link", url }));
}
