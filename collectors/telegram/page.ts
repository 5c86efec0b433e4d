import { scanHtml } from "../../text/html-scan.ts";
import type { ChannelInfo } from "./record.ts";

/** A preview page, taken apart without building a tree: a page may be anything. */
export interface PreviewPage {
  readonly title: string;
  /** Null when this is no preview page of a channel. */
  readonly channel: ChannelInfo | null;
  /** The markup of each message with the number it has, null where it has none; oldest first, as they stand. */
  readonly messages: readonly { readonly html: string; readonly number: string | null }[];
  /** False when the page stops in the middle: its last message is left out, for its text may be cut. */
  readonly complete: boolean;
  /** The page with older messages begins before this number. */
  readonly before: string | null;
  /** "No posts found": that there are none, or that we ask too often. */
  readonly says_none: boolean;
  /** How many photos, videos, files and links the channel says it has. */
  readonly holdings: number;
  /** What an address without preview says: the name of a channel that is there. */
  readonly page_title: string | null;
  /** "1 234 subscribers" of an address without preview. */
  readonly page_extra: string | null;
}

// Bounded, because a hostile page repeats the beginning of a tag and never ends it.
const MESSAGE = /<div\s[^>]{0,200}?\bclass="[^">]{0,200}?\btgme_widget_message_wrap\b/g;
const POST = /\bdata-post="([^"/]{1,100})\/(\d{1,18})"/;

/** Elements whose text is wanted, by class. */
const WANTED = new Set([
  "tgme_channel_info_header_title",
  "tgme_channel_info_header_username",
  "counter_value",
  "counter_type",
  "tgme_page_title",
  "tgme_page_extra",
]);

export function readPreview(html: string): PreviewPage {
  const texts = new Map<string, string[]>();
  let wanted: { readonly name: string; readonly element: string; depth: number } | null = null;
  let title = "";
  let inTitle = false;
  let before: string | null = null;
  let main = false;
  const { head, parts, complete } = cut(html);

  scanHtml(head, {
    open(name, attributes) {
      const classes = attributes.get("class")?.split(/\s+/) ?? [];
      if (name === "title") inTitle = title === "";
      if (name === "main" && attributes.has("data-url")) main = true;
      if (classes.includes("tme_messages_more") || attributes.get("rel") === "prev") {
        const written = attributes.get("data-before") ?? attributes.get("href") ?? "";
        before ??= /^(\d{1,18})$|[?&]before=(\d{1,18})/.exec(written)?.slice(1).find(Boolean) ?? null;
      }
      if (wanted !== null) {
        if (name === wanted.element) wanted.depth += 1;
        return;
      }
      const found = classes.find((one) => WANTED.has(one));
      if (found === undefined) return;
      wanted = { name: found, element: name, depth: 1 };
      texts.set(found, [...(texts.get(found) ?? []), ""]);
    },
    close(name) {
      if (name === "title") inTitle = false;
      if (wanted === null || name !== wanted.element) return;
      wanted.depth -= 1;
      if (wanted.depth === 0) wanted = null;
    },
    text(text) {
      if (inTitle) title += text;
      const found = wanted === null ? undefined : texts.get(wanted.name);
      if (found !== undefined) found[found.length - 1] += text;
    },
  });
  const first = (name: string): string | null => texts.get(name)?.[0]?.replace(/\s+/g, " ").trim() || null;
  const counters = new Map(
    (texts.get("counter_type") ?? []).map((type, i) => [
      type.trim(),
      texts.get("counter_value")?.[i]?.trim(),
    ]),
  );
  const handle = first("tgme_channel_info_header_username")?.replace(/^@/, "") ?? null;
  const messages = parts
    .filter((part) => !NONE.test(part))
    .map((part) => ({ html: part, number: POST.exec(part)?.[2] ?? null }));
  // The page has the name as Telegram spells it; the address need not.
  const own = POST.exec(messages[0]?.html ?? "")?.[1] ?? handle;
  return {
    title: title.trim(),
    channel:
      own === null && !main
        ? null
        : {
            handle: own ?? "",
            name: first("tgme_channel_info_header_title"),
            subscribers: counters.get("subscribers") ?? counters.get("subscriber") ?? null,
          },
    messages,
    complete,
    before,
    says_none: NONE.test(html),
    holdings: [...counters.keys()].filter((type) => !type.startsWith("subscriber")).length,
    page_title: first("tgme_page_title"),
    page_extra: first("tgme_page_extra"),
  };
}

const NONE = /\btme_no_messages_found\b/;

interface Cut {
  readonly head: string;
  readonly parts: readonly string[];
  readonly complete: boolean;
}

/** What stands before the messages, and each message from where it begins to where the next does. */
function cut(html: string): Cut {
  const starts = [...html.matchAll(MESSAGE)].map(({ index }) => index);
  const last = starts.at(-1);
  if (last === undefined) return { head: html, parts: [], complete: true };
  const end = html.indexOf("</section>", last);
  const parts = starts.map((start, i) => html.slice(start, starts[i + 1] ?? end));
  const complete = end >= 0;
  return { head: html.slice(0, starts[0]), parts: complete ? parts : parts.slice(0, -1), complete };
}
