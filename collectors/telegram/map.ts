import type { Mapped } from "../../contracts/collector.ts";
import type { DeclaredSource, Media, PostDraft, Reference } from "../../contracts/post.ts";
import { engagementFrom, readCount } from "../../text/counts.ts";
import { htmlToText, resolveUrl } from "../../text/html.ts";
import { isFields } from "../fields.ts";
import { isKnownClass } from "./classes.ts";
import type { MessageRecord } from "./record.ts";
import { type Part, treeOf } from "./tree.ts";

/** One message of a preview page as a draft, or why it is none. */
export function map(raw: unknown): Mapped {
  if (!isFields(raw) || typeof raw.html !== "string" || !isFields(raw.channel)) {
    return { rejected: "the record is no message of a Telegram preview page" };
  }
  const { html, channel, sha256 } = raw as unknown as MessageRecord;
  const wrap = treeOf(html);
  const message = wrap?.first("tgme_widget_message");
  if (!message) return { rejected: "the record holds no message, or one that no message looks like" };
  const at = placeOf(message);
  if (at === null) return { rejected: "the message has no number (data-post)" };
  const url = `https://t.me/${at.handle}/${at.number}`;
  if (message.classes.includes("service_message")) {
    const said = message.first("tgme_widget_message_text")?.words() ?? "";
    return { rejected: `${url} is a notice of the channel, not a post: ${said}` };
  }
  const bubble = message.first("tgme_widget_message_bubble") ?? message;
  const body = textOf(bubble, url);
  const forward = forwardOf(bubble);
  const references = [...forward.references, ...replyOf(bubble, at), ...linksOf(bubble, body.links)];
  const draft: PostDraft = {
    platform: "telegram",
    id: `${at.channel}/${at.number}`,
    url,
    account: {
      id: at.channel,
      handle: at.handle,
      name: bubble.first("tgme_widget_message_owner_name")?.words() ?? channel.name,
      followers: readCount(channel.subscribers).value,
    },
    published_at: dateOf(bubble),
    text: body.text,
    engagement: engagementFrom({ views: bubble.first("tgme_widget_message_views")?.words() }),
    references,
    media: mediaOf(bubble, url),
    declared_source: forward.source,
    sha256: sha256 ?? null,
  };
  return { draft, unknown_fields: unknownClasses(message) };
}

interface Place {
  /** The channel's number, which a new name does not change; its name in small letters where the page hides it. */
  readonly channel: string;
  readonly handle: string;
  readonly number: string;
}

function placeOf(message: Part): Place | null {
  const [, handle, number] = /^([^/]+)\/(\d+)$/.exec(message.attribute("data-post") ?? "") ?? [];
  if (handle === undefined || number === undefined) return null;
  return { channel: channelNumber(message.attribute("data-view")) ?? handle.toLowerCase(), handle, number };
}

/** `data-view` is JSON in Base64; its `c` is the number of the channel, negative. */
function channelNumber(view: string | null): string | null {
  try {
    const { c } = JSON.parse(atob((view ?? "").replace(/-/g, "+").replace(/_/g, "/"))) as { c?: unknown };
    return typeof c === "number" && Number.isSafeInteger(c) ? String(Math.abs(c)) : null;
  } catch {
    return null;
  }
}

/** There are `time` elements for the length of a sound too, without a `datetime`. */
function dateOf(bubble: Part): string | null {
  const times = bubble.first("tgme_widget_message_date")?.children() ?? [];
  return times.map((time) => time.attribute("datetime")).find((time) => time !== null) ?? null;
}

/** The text of the message itself: a reply shows the beginning of another one under the same class. */
function textOf(bubble: Part, url: string): { readonly text: string; readonly links: readonly string[] } {
  const isText = ({ classes }: Part) => classes.includes("tgme_widget_message_text");
  const own =
    bubble.children().find(isText) ??
    bubble.all("tgme_widget_message_text").find(({ classes }) => !classes.includes("js-message_reply_text"));
  const { text, links } = htmlToText(own?.markup() ?? "", url);
  const lines = [text, ...pollOf(bubble), ...(text === "" ? namesOf(bubble) : [])];
  return { text: lines.filter(Boolean).join("\n"), links };
}

function pollOf(bubble: Part): readonly string[] {
  const parts = [
    ...bubble.all("tgme_widget_message_poll_question"),
    ...bubble.all("tgme_widget_message_poll_option_text"),
  ];
  return parts.flatMap((part) => part.words() ?? []);
}

/** What a file, a piece of music or a place is called, where nothing else is said. */
function namesOf(bubble: Part): readonly string[] {
  return [
    "tgme_widget_message_document_title",
    "tgme_widget_message_location_title",
    "tgme_widget_message_location_address",
  ].flatMap((name) => bubble.first(name)?.words() ?? []);
}

function forwardOf(bubble: Part): {
  readonly source: DeclaredSource | null;
  readonly references: readonly Reference[];
} {
  const from = bubble.first("tgme_widget_message_forwarded_from_name");
  if (from === null) return { source: null, references: [] };
  const url = resolveUrl(from.attribute("href"), "https://t.me/");
  const name = from.words();
  const source: DeclaredSource = {
    kind: "forward",
    ...(name === null ? {} : { name }),
    ...(url === null ? {} : { url }),
  };
  // With a number it is a post; without, only the channel is told.
  const isPost = url !== null && /\/\d+$/.test(new URL(url).pathname);
  return { source, references: isPost ? [{ kind: "repost", url }] : [] };
}

function replyOf(bubble: Part, at: Place): readonly Reference[] {
  const url = resolveUrl(bubble.first("tgme_widget_message_reply")?.attribute("href"), "https://t.me/");
  if (url === null) return [];
  const [, handle, number] = /^\/([^/]+)\/(\d+)$/.exec(new URL(url).pathname) ?? [];
  const own = handle?.toLowerCase() === at.handle.toLowerCase() && number !== undefined;
  return [{ kind: "reply", url, ...(own ? { id: `${at.channel}/${number}` } : {}) }];
}

function linksOf(bubble: Part, written: readonly string[]): readonly Reference[] {
  const shown = [
    ...bubble.all("tgme_widget_message_link_preview"),
    ...bubble.all("tgme_widget_message_location_wrap"),
  ];
  const all = [...written, ...shown.flatMap((part) => part.attribute("href") ?? [])];
  // Links that ask before they open have their `&` escaped twice.
  const urls = new Set(all.flatMap((href) => resolveUrl(href.replaceAll("&amp;", "&")) ?? []));
  return [...urls].flatMap((url): readonly Reference[] => {
    const { host, pathname, searchParams } = new URL(url);
    // A hashtag links to the search in the channel.
    if (host === "t.me" && searchParams.has("q")) return [];
    const handle = host === "t.me" ? /^\/([A-Za-z]\w{3,31})$/.exec(pathname)?.[1] : undefined;
    return [handle === undefined ? { kind: "link", url } : { kind: "mention", url, handle }];
  });
}

/** Where media stand, by the class of their element. */
const MEDIA: readonly (readonly [string, Media["kind"]])[] = [
  ["tgme_widget_message_photo_wrap", "image"],
  ["tgme_widget_message_video_player", "video"],
  ["tgme_widget_message_roundvideo_player", "video"],
  ["tgme_widget_message_voice_player", "audio"],
  ["tgme_widget_message_document_wrap", "document"],
  ["tgme_widget_message_sticker_wrap", "image"],
];

/**
 * Media by the address of their message: those of the files themselves carry a token, hold for hours, and are others each
 * time, so that every crawl would find the post changed.
 */
function mediaOf(bubble: Part, url: string): readonly Media[] {
  return MEDIA.flatMap(([name, kind]) =>
    bubble.all(name).map(
      (part): Media => ({
        kind: kind === "document" && isSound(part) ? "audio" : kind,
        url: resolveUrl(part.attribute("href"), url) ?? url,
      }),
    ),
  );
}

function isSound(file: Part): boolean {
  return file.first("tgme_widget_message_document_icon")?.classes.includes("audio") === true;
}

/** The parts of a message that are not known, by their class. */
function unknownClasses(message: Part): readonly string[] {
  const found = new Set<string>();
  const walk = (part: Part): void => {
    for (const name of part.classes) if (!isKnownClass(name)) found.add(name);
    // The text is its author's: whatever stands in it is read as text.
    if (part.classes.includes("tgme_widget_message_text")) return;
    part.children().forEach(walk);
  };
  walk(message);
  return [...found];
}
