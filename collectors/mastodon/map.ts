import type { Mapped } from "../../contracts/collector.ts";
import type { Media, PostDraft, Reference } from "../../contracts/post.ts";
import { htmlToText, resolveUrl } from "../../text/html.ts";
import { scanHtml } from "../../text/html-scan.ts";
import { countOf, type Fields, fieldsOf, idOf, isFields, listOf, textOf, unknownFields } from "../fields.ts";
import { STATUS_FIELDS } from "./known.ts";
import type { StatusRecord } from "./record.ts";

/** One status as a draft, or why it is none. */
export function map(raw: unknown): Mapped {
  if (!isFields(raw) || !isFields(raw.status) || resolveUrl(textOf(raw.server)) === null) {
    return { rejected: "the record is no status of a Mastodon server" };
  }
  const { status, server, sha256 } = raw as unknown as StatusRecord;
  const uri = textOf(status.uri);
  if (uri === null || !isFields(status.account)) {
    return { rejected: "the status has changed shape: it has no uri or no account" };
  }
  const visibility = textOf(status.visibility);
  if (visibility !== null && visibility !== "public" && visibility !== "unlisted") {
    return { rejected: `${uri} is not public but ${visibility}` };
  }
  const account = status.account;
  const common = {
    platform: "mastodon",
    id: uri,
    account: accountOf(account, server),
    published_at: textOf(status.created_at),
    sha256: sha256 ?? null,
  };
  const unknown_fields = unknownFields(status, STATUS_FIELDS);
  if (isFields(status.reblog)) {
    return {
      draft: { ...common, url: null, text: "", references: referenceTo("repost", status.reblog) },
      unknown_fields,
    };
  }
  const url = resolveUrl(textOf(status.url)) ?? resolveUrl(uri);
  const html = contentOf(status);
  const draft: PostDraft = {
    ...common,
    url,
    title: textOf(status.spoiler_text),
    text: [htmlToText(html).text, ...pollOf(status)].filter(Boolean).join("\n"),
    lang: textOf(status.language),
    engagement: {
      likes: countOf(status.favourites_count),
      reposts: countOf(status.reblogs_count),
      comments: countOf(status.replies_count),
    },
    references: [
      ...replyOf(status, server),
      ...quoteOf(status),
      ...mentionsOf(status, server),
      ...linksOf(html, status),
    ],
    media: listOf(status.media_attachments).flatMap(mediaOf),
  };
  return { draft, unknown_fields };
}

/** The account's address is its own on all servers; its number is this server's. */
function accountOf(account: Fields, server: string): NonNullable<PostDraft["account"]> {
  return {
    id: textOf(account.uri) ?? textOf(account.url),
    handle: handleOf(account, server),
    name: textOf(account.display_name),
    followers: countOf(account.followers_count),
  };
}

/** Servers leave their own name away. */
function handleOf(account: Fields, server: string): string | null {
  const acct = textOf(account.acct);
  return acct === null || acct.includes("@") ? acct : `${acct}@${new URL(server).host}`;
}

/** Servers that know quotes put a link to it into the text for those that do not. */
function contentOf(status: Fields): string {
  const content = textOf(status.content) ?? "";
  if (!isFields(status.quote)) return content;
  return content.replace(/<(span|p) class="quote-inline">.*?<\/\1>/gs, "");
}

function pollOf(status: Fields): readonly string[] {
  return listOf(fieldsOf(status.poll).options).flatMap(({ title }) => textOf(title) ?? []);
}

function referenceTo(kind: Reference["kind"], status: Fields): readonly Reference[] {
  const id = textOf(status.uri);
  const url = resolveUrl(textOf(status.url)) ?? resolveUrl(id);
  return id === null ? [] : [{ kind, id, ...(url === null ? {} : { url }) }];
}

/** Null, or what became of it, where the quoted status may not be shown; some servers give the status itself. */
function quoteOf(status: Fields): readonly Reference[] {
  const quote = fieldsOf(status.quote);
  return referenceTo("quote", isFields(quote.quoted_status) ? quote.quoted_status : quote);
}

/** What is answered is named by this server's number: its address here is made of it. */
function replyOf(status: Fields, server: string): readonly Reference[] {
  const number = idOf(status.in_reply_to_id);
  if (number === null) return [];
  const whom = idOf(status.in_reply_to_account_id);
  const account = fieldsOf(status.account);
  const to =
    whom === idOf(account.id) ? account : listOf(status.mentions).find(({ id }) => idOf(id) === whom);
  const acct = textOf(to?.acct);
  const handle = to === undefined ? null : handleOf(to, server);
  const path = acct === null ? `web/statuses/${number}` : `@${acct}/${number}`;
  return [{ kind: "reply", url: new URL(path, server).href, ...(handle === null ? {} : { handle }) }];
}

function mentionsOf(status: Fields, server: string): readonly Reference[] {
  return listOf(status.mentions).flatMap((mention): readonly Reference[] => {
    const handle = handleOf(mention, server);
    return handle === null ? [] : [{ kind: "mention", handle }];
  });
}

/** Links of the text without those to people and to hashtags, and that of the card. */
function linksOf(html: string, status: Fields): readonly Reference[] {
  const urls = new Set<string>();
  const add = (href: string | null | undefined) => {
    const url = resolveUrl(href);
    if (url !== null) urls.add(url);
  };
  scanHtml(html, {
    open(name, attributes) {
      const said = `${attributes.get("class") ?? ""} ${attributes.get("rel") ?? ""}`;
      if (name === "a" && !/\b(?:mention|hashtag|tag)\b/.test(said)) add(attributes.get("href"));
    },
    close() {},
    text() {},
  });
  add(textOf(fieldsOf(status.card).url));
  return [...urls].map((url) => ({ kind: "link", url }));
}

const KINDS: Readonly<Record<string, Media["kind"]>> = {
  image: "image",
  gifv: "video",
  video: "video",
  audio: "audio",
};

/** By the address where it was first, which is the same on all servers. */
function mediaOf({ type, url, remote_url }: Fields): readonly Media[] {
  const at = resolveUrl(textOf(remote_url)) ?? resolveUrl(textOf(url));
  return at === null ? [] : [{ kind: KINDS[textOf(type) ?? ""] ?? "document", url: at }];
}
