import type { Mapped } from "../../contracts/collector.ts";
import type { DeclaredSource, Media, PostDraft, Reference } from "../../contracts/post.ts";
import { htmlToText, resolveUrl } from "../../text/html.ts";
import { scanHtml } from "../../text/html-scan.ts";
import {
  countOf,
  type Fields,
  fieldsOf,
  isFields,
  listOf,
  secondsOf,
  textOf,
  unknownFields,
} from "../fields.ts";
import type { XmlItem } from "../rss/record.ts";
import { ENTRY_FIELDS, LINK_FIELDS } from "./known.ts";
import { REDDIT, type RedditRecord } from "./record.ts";

/** One post of Reddit as a draft, or why it is none. */
export function map(raw: unknown): Mapped {
  if (!isFields(raw)) return { rejected: "the record is no post of Reddit" };
  const record = raw as unknown as RedditRecord;
  if (record.form === "link" && isFields(record.link)) return mapLink(record.link, record.sha256);
  if (record.form === "entry" && isFields(record.entry)) return mapEntry(record.entry);
  return { rejected: "the record is neither a post of the interface nor an entry of a feed" };
}

function mapLink(link: Fields, sha256: string): Mapped {
  const name = textOf(link.name);
  const permalink = textOf(link.permalink);
  if (name === null || permalink === null) {
    return { rejected: "the post has changed shape: it has no name or no permalink" };
  }
  const url = new URL(permalink, REDDIT).href;
  const gone = whyGone(link);
  if (gone !== null) return { rejected: `${url} ${gone}` };
  const parent = listOf(link.crosspost_parent_list)[0];
  const body = htmlToText(textOf(link.selftext_html) ?? "", REDDIT);
  const draft: PostDraft = {
    platform: "reddit",
    id: name,
    url,
    account: accountOf(textOf(link.author), name),
    published_at: secondsOf(link.created_utc),
    title: textOf(link.title),
    text: body.text || (textOf(link.selftext) ?? ""),
    engagement: {
      likes: link.hide_score === true ? null : countOf(link.score),
      comments: countOf(link.num_comments),
      reposts: countOf(link.num_crossposts),
    },
    references: [...crosspostOf(link, parent), ...linksOf([...body.links, ...outside(link, parent)], url)],
    media: mediaOf(link),
    declared_source: parent === undefined ? null : originOf(parent),
    sha256: sha256 ?? null,
  };
  return { draft, unknown_fields: unknownFields(link, LINK_FIELDS) };
}

/** Who took a post away, in Reddit's words. */
const REMOVED: Readonly<Record<string, string>> = {
  deleted: "was deleted by its author",
  author: "was deleted by its author",
  moderator: "was removed by moderators of its subreddit",
  automod_filtered: "is held back by a filter of its subreddit",
  reddit: "was removed by Reddit's spam filter",
  anti_evil_ops: "was removed by Reddit for breaking its rules",
  content_takedown: "was removed by Reddit for breaking its rules",
  community_ops: "was removed by Reddit",
  copyright_takedown: "was removed by Reddit for copyright",
  legal_operations: "was removed by Reddit for legal reasons",
};

export function whyGone(link: Fields): string | null {
  const category = textOf(link.removed_by_category);
  if (category !== null) return REMOVED[category] ?? `was removed (${category})`;
  const text = textOf(link.selftext);
  if (text === "[removed]") return "was removed by moderators of its subreddit";
  return text === "[deleted]" ? "was deleted by its author" : null;
}

/** Names on Reddit cannot be changed. One that is deleted is nobody's: each post then has its own unknown account. */
function accountOf(author: string | null, post: string): NonNullable<PostDraft["account"]> {
  if (author === null || author === "[deleted]") return { id: `[deleted] ${post}`, name: "[deleted]" };
  return { id: author, handle: author };
}

function crosspostOf(link: Fields, parent: Fields | undefined): readonly Reference[] {
  const id = textOf(link.crosspost_parent);
  if (id === null) return [];
  const permalink = textOf(parent?.permalink);
  return [{ kind: "repost", id, ...(permalink === null ? {} : { url: new URL(permalink, REDDIT).href }) }];
}

function originOf(parent: Fields): DeclaredSource {
  const name = textOf(parent.subreddit_name_prefixed) ?? textOf(parent.subreddit);
  const permalink = textOf(parent.permalink);
  return {
    kind: "forward",
    ...(name === null ? {} : { name }),
    ...(permalink === null ? {} : { url: new URL(permalink, REDDIT).href }),
  };
}

/** What a link post points at. A crosspost points at its parent, which is told otherwise. */
function outside(link: Fields, parent: Fields | undefined): readonly string[] {
  const url = resolveUrl(textOf(link.url));
  return link.is_self === true ||
    link.is_gallery === true ||
    parent !== undefined ||
    url === null ||
    MEDIA_HOST.test(new URL(url).host)
    ? []
    : [url];
}

const MEDIA_HOST = /^(?:i\.redd\.it|v\.redd\.it|i\.reddituploads\.com)$/;

function linksOf(urls: readonly string[], own: string): readonly Reference[] {
  return [...new Set(urls)].filter((url) => url !== own).map((url) => ({ kind: "link", url }));
}

function mediaOf(link: Fields): readonly Media[] {
  const url = resolveUrl(textOf(link.url));
  const host = url === null ? "" : new URL(url).host;
  if (url !== null && MEDIA_HOST.test(host))
    return [{ kind: host.startsWith("v.") ? "video" : "image", url }];
  const metadata = fieldsOf(link.media_metadata);
  return listOf(fieldsOf(link.gallery_data).items).flatMap(({ media_id }): readonly Media[] => {
    const id = textOf(media_id);
    const { m, status } = fieldsOf(id === null ? null : metadata[id]);
    const [, type] = /^image\/(\w+)$/.exec(textOf(m) ?? "") ?? [];
    if (id === null || !/^\w+$/.test(id) || status === "failed" || type === undefined) return [];
    return [{ kind: "image", url: `https://i.redd.it/${id}.${type === "jpeg" ? "jpg" : type}` }];
  });
}

function mapEntry({ fields, feed }: XmlItem): Mapped {
  if (!isFields(fields) || !isFields(feed)) return { rejected: "the entry has no fields" };
  const text = (name: string) => textOf(fields[name]?.[0]?.text)?.trim() ?? null;
  const id = text("id");
  const url = resolveUrl(fields.link?.[0]?.attributes?.href);
  if (id === null || !/^t3_\w+$/.test(id) || url === null) {
    return { rejected: "the entry is no post: its id does not begin with t3_, or it has no link" };
  }
  const content = fields.content?.[0];
  const { html, link } = partsOf(content?.markup ?? content?.text ?? "");
  const body = htmlToText(html, REDDIT);
  if (body.text === "[removed]" || body.text === "[deleted]") {
    return { rejected: `${url} ${whyGone({ selftext: body.text })}` };
  }
  const pictured = link !== null && MEDIA_HOST.test(new URL(link).host);
  const author =
    textOf(fields.author?.[0]?.fields?.name?.[0]?.text)
      ?.trim()
      .replace(/^\/?u\//, "") ?? null;
  const draft: PostDraft = {
    platform: "reddit",
    id,
    url,
    account: accountOf(author, id),
    published_at: text("published"),
    published_basis: "feed",
    title: text("title"),
    text: body.text,
    references: linksOf([...body.links, ...(link === null || pictured ? [] : [link])], url),
    media: pictured ? [{ kind: new URL(link).host.startsWith("v.") ? "video" : "image", url: link }] : [],
    sha256: feed.sha256 ?? null,
  };
  return { draft, unknown_fields: unknownFields(fields, ENTRY_FIELDS) };
}

/** A feed's content is the text between two marks, then "submitted by", then `[link]` and `[comments]`. */
function partsOf(content: string): { readonly html: string; readonly link: string | null } {
  const html = /<!-- SC_OFF -->(.*?)<!-- SC_ON -->/s.exec(content)?.[1] ?? "";
  let href: string | null = null;
  let link: string | null = null;
  scanHtml(content, {
    open(name, attributes) {
      if (name === "a") href = attributes.get("href") ?? null;
    },
    close() {},
    text(text) {
      if (text.trim() === "[link]") link = resolveUrl(href);
    },
  });
  return { html, link };
}
