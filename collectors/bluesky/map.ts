import type { Mapped } from "../../contracts/collector.ts";
import type { PostDraft, Reference, TimeBasis } from "../../contracts/post.ts";
import { resolveUrl } from "../../text/html.ts";
import { countOf, type Fields, fieldsOf, isFields, listOf, textOf, unknownFields } from "../fields.ts";
import { embedded, facetReferences, isKnownEmbed } from "./embed.ts";
import { EVENT_FIELDS, ITEM_FIELDS, VIEW_FIELDS } from "./known.ts";
import {
  type AtUri,
  type BlueskyRecord,
  commitOf,
  isoOf,
  POST,
  postUrl,
  REPOST,
  readAtUri,
} from "./record.ts";

/** One record of Bluesky as a draft, or why it is none. */
export function map(raw: unknown): Mapped {
  if (!isFields(raw)) return { rejected: "the record is nothing of Bluesky" };
  const record = raw as unknown as BlueskyRecord;
  if (record.form === "view" && isFields(record.view)) return mapView(record.view, record);
  if (record.form === "item" && isFields(record.item)) return mapItem(record.item, record);
  if (record.form === "event" && isFields(record.event)) return mapEvent(record.event, record.sha256);
  return { rejected: "the record is neither a post, nor an item of a feed, nor an event of a Jetstream" };
}

interface Origin {
  readonly signed_in: boolean;
  readonly sha256: string;
}

function mapItem(item: Fields, origin: Origin): Mapped {
  const reason = fieldsOf(item.reason);
  const outside = unknownFields(item, ITEM_FIELDS);
  if (!/#reasonRepost$/.test(textOf(reason.$type) ?? "")) {
    const mapped = mapView(fieldsOf(item.post), origin);
    return "rejected" in mapped
      ? mapped
      : { draft: mapped.draft, unknown_fields: [...outside, ...mapped.unknown_fields] };
  }
  const by = fieldsOf(reason.by);
  const did = textOf(by.did);
  const of = readAtUri(fieldsOf(item.post).uri);
  if (did === null || of === null) return { rejected: "the repost names no account or no post" };
  if (isHidden(by, origin)) return { rejected: HIDDEN };
  const own = readAtUri(reason.uri);
  return {
    draft: {
      ...repostOf(did, own?.rkey ?? null, of),
      account: accountOf(by),
      published_at: textOf(reason.indexedAt),
      sha256: origin.sha256,
    },
    unknown_fields: outside,
  };
}

function mapView(view: Fields, origin: Origin): Mapped {
  const at = readAtUri(view.uri);
  const record = fieldsOf(view.record);
  const author = fieldsOf(view.author);
  if (at === null || !isFields(view.record)) return { rejected: whyNoPost(view) };
  if (isHidden(author, origin)) return { rejected: HIDDEN };
  return {
    draft: {
      ...draftOf(at, record, textOf(view.indexedAt)),
      account: accountOf(author),
      engagement: {
        likes: countOf(view.likeCount),
        reposts: countOf(view.repostCount),
        comments: countOf(view.replyCount),
      },
      sha256: origin.sha256,
    },
    unknown_fields: [...unknownFields(view, VIEW_FIELDS), ...unknownEmbed(record, "record.embed")],
  };
}

function whyNoPost(view: Fields): string {
  const uri = textOf(view.uri) ?? "an address that is none";
  if (view.notFound === true) return `${uri} is not found: deleted, or of an account that is gone`;
  if (view.blocked === true) return `${uri} is blocked for who asks`;
  return "the record is no post of Bluesky: it has no address or no content";
}

/** The author asks applications to show the account only to those who are logged in. */
const HIDDEN = "its author asks that the account be shown only to people who are logged in";

function isHidden(author: Fields, { signed_in }: Origin): boolean {
  return (
    !signed_in && listOf(author.labels).some(({ val, neg }) => val === "!no-unauthenticated" && neg !== true)
  );
}

function mapEvent(event: Fields, sha256: string): Mapped {
  const commit = commitOf(event);
  if (commit === null) return { rejected: "the event is no change of a record" };
  const { did, operation, collection, rkey, record, time } = commit;
  const uri = `at://${did}/${collection}/${rkey}`;
  if (operation === "delete") return { rejected: `${uri} was deleted by its author at ${time}` };
  const unknown_fields = unknownFields(event, EVENT_FIELDS);
  if (collection === REPOST) {
    const of = readAtUri(fieldsOf(record.subject).uri);
    if (of === null) return { rejected: `${uri} is a repost that names no post` };
    const draft = { ...repostOf(did, rkey, of), account: { id: did }, ...publication(record, time), sha256 };
    return { draft, unknown_fields };
  }
  if (collection !== POST) return { rejected: `${uri} is neither a post nor a repost` };
  const draft = { ...draftOf({ did, collection, rkey }, record, time), account: { id: did }, sha256 };
  return { draft, unknown_fields: [...unknown_fields, ...unknownEmbed(record, "record.embed")] };
}

function accountOf(author: Fields): NonNullable<PostDraft["account"]> {
  const handle = textOf(author.handle);
  // The service's word for a handle that no longer leads to the account.
  return {
    id: textOf(author.did),
    handle: handle === "handle.invalid" ? null : handle,
    name: textOf(author.displayName),
  };
}

/** A repost has no words of its own: what was reposted is a post for itself. */
function repostOf(did: string, rkey: string | null, of: AtUri): PostDraft {
  const original = `at://${of.did}/${of.collection}/${of.rkey}`;
  return {
    platform: "bluesky",
    id: rkey === null ? `at://${did}/${REPOST}?of=${original}` : `at://${did}/${REPOST}/${rkey}`,
    url: null,
    text: "",
    references: [{ kind: "repost", id: original, url: postUrl(of) }],
  };
}

function draftOf(at: AtUri, record: Fields, seen: string | null): PostDraft {
  const shown = embedded(fieldsOf(record.embed), at.did);
  const original = resolveUrl(textOf(record.bridgyOriginalUrl));
  const [lang] = Array.isArray(record.langs) ? record.langs : [];
  return {
    platform: "bluesky",
    id: `at://${at.did}/${at.collection}/${at.rkey}`,
    url: postUrl(at),
    ...publication(record, seen),
    text: textOf(record.text) ?? "",
    lang: textOf(lang),
    references: unique([...replyOf(record), ...shown.references, ...facetReferences(record)]),
    media: shown.media,
    // A bridge from another network says where the post was first.
    declared_source: original === null ? null : { kind: "feed-source", url: original },
  };
}

/** Clocks differ and slow networks delay: so far apart, the writer's time and the network's are one. */
const HONEST_MS = 600_000;

/**
 * The writer's client sets `createdAt` to what it likes, so it is believed only where it agrees with when the network saw
 * the post; else the network is.
 */
function publication(
  record: Fields,
  seen: string | null,
): { readonly published_at: string | null; readonly published_basis: TimeBasis } {
  const written = textOf(record.createdAt);
  const apart = Math.abs(Date.parse(written ?? "") - Date.parse(seen ?? ""));
  if (seen === null) return { published_at: written, published_basis: "guessed" };
  const at = apart <= HONEST_MS ? isoOf(Date.parse(written!)) : seen;
  return { published_at: at, published_basis: "platform" };
}

function replyOf(record: Fields): readonly Reference[] {
  const uri = fieldsOf(fieldsOf(record.reply).parent).uri;
  const at = readAtUri(uri);
  return at === null ? [] : [{ kind: "reply", id: textOf(uri)!, url: postUrl(at) }];
}

/** The same link stands in the text and in the card under it. */
function unique(references: readonly Reference[]): readonly Reference[] {
  return [...new Map(references.map((one) => [`${one.kind} ${one.url ?? one.handle}`, one])).values()];
}

function unknownEmbed(record: Fields, path: string): readonly string[] {
  const embed = fieldsOf(record.embed);
  return isFields(record.embed) && !isKnownEmbed(embed)
    ? [`${path} ${textOf(embed.$type) ?? ""}`.trim()]
    : [];
}
