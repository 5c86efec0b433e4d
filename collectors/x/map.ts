import type { Mapped } from "../../contracts/collector.ts";
import type { Engagement, Media, PostDraft, Reference } from "../../contracts/post.ts";
import { resolveUrl } from "../../text/html.ts";
import { countOf, type Fields, fieldsOf, idOf, isFields, listOf, textOf, unknownFields } from "../fields.ts";
import { MEDIA_FIELDS, TWEET_FIELDS, USER_FIELDS } from "./known.ts";
import type { Referenced, TweetRecord } from "./record.ts";
import { linkReferences, mentionsOf, worded } from "./wording.ts";

/** One post of X as a draft, or why it is none. */
export function map(raw: unknown): Mapped {
  if (!isFields(raw) || !isFields(raw.tweet)) return { rejected: "the record is no post of X" };
  const record = raw as unknown as TweetRecord;
  const { tweet, author, sha256 } = record;
  const referenced = listOf(record.referenced) as unknown as readonly Referenced[];
  const shown = listOf(record.media);
  const current = idOf(tweet.id);
  if (current === null || !/^\d+$/.test(current)) {
    return { rejected: "the post has changed shape: it has no id of digits" };
  }
  // Each edit is a post of its own to X, and a version of the first one here.
  const versions = Array.isArray(tweet.edit_history_tweet_ids) ? tweet.edit_history_tweet_ids.map(idOf) : [];
  const id = versions[0] ?? current;
  const repeated = referenced.find(({ type }) => type === "retweeted");
  const { text, links } = worded(fieldsOf(repeated?.tweet ?? tweet));
  const draft: PostDraft = {
    platform: "x",
    id,
    url: statusUrl(textOf(author?.username), id),
    account: {
      id: idOf(tweet.author_id) ?? idOf(author?.id),
      handle: textOf(author?.username),
      name: textOf(author?.name),
      followers: countOf(fieldsOf(author?.public_metrics).followers_count),
    },
    published_at: versions.length > 1 ? madeAt(id) : textOf(tweet.created_at),
    text: [text, ...pollsOf(record)].filter(Boolean).join("\n"),
    lang: langOf(tweet),
    // Of what it repeats, X gives the counts of the other post.
    engagement: repeated === undefined ? countsOf(tweet) : null,
    references: [
      ...referenced.flatMap(referenceOf),
      ...(repeated === undefined ? mentionsOf(tweet) : []),
      ...linkReferences(links),
    ],
    media: repeated === undefined ? shown.flatMap(mediaOf) : [],
    sha256: sha256 ?? null,
  };
  return {
    draft,
    unknown_fields: [
      ...unknownFields(tweet, TWEET_FIELDS),
      ...unknownFields(author, USER_FIELDS).map((path) => `author.${path}`),
      ...unknownFields(shown, MEDIA_FIELDS).map((path) => `media.${path}`),
    ],
  };
}

/** A name that is not known is passed over by X. */
function statusUrl(username: string | null, id: string): string {
  return `https://x.com/${username ?? "i/web"}/status/${id}`;
}

/** The first millisecond of X's ids. */
const EPOCH = 1_288_834_974_657n;

/** An id holds the time it was made at. */
export function madeAt(id: string): string | null {
  const time = Number((BigInt(id) >> 22n) + EPOCH);
  return time < 253_402_300_800_000 ? new Date(time).toISOString() : null;
}

/** Codes that stand for no language: without words, only a picture, only a mention, not told. */
const NO_LANGUAGE = new Set(["und", "zxx", "qam", "qct", "qht", "qme", "qst", "art"]);

function langOf(tweet: Fields): string | null {
  const lang = textOf(tweet.lang);
  return lang === null || NO_LANGUAGE.has(lang) ? null : lang;
}

function countsOf(tweet: Fields): Partial<Engagement> {
  const counts = fieldsOf(tweet.public_metrics);
  return {
    views: countOf(counts.impression_count),
    likes: countOf(counts.like_count),
    reposts: countOf(counts.retweet_count),
    comments: countOf(counts.reply_count),
  };
}

const KINDS: Readonly<Record<string, Reference["kind"]>> = {
  retweeted: "repost",
  quoted: "quote",
  replied_to: "reply",
};

function referenceOf({ type, id, tweet, author }: Referenced): readonly Reference[] {
  const kind = KINDS[type];
  if (kind === undefined) return [];
  const versions = Array.isArray(tweet?.edit_history_tweet_ids) ? tweet.edit_history_tweet_ids.map(idOf) : [];
  const first = versions[0] ?? id;
  return [{ kind, id: first, url: statusUrl(textOf(author?.username), first) }];
}

function pollsOf({ polls }: TweetRecord): readonly string[] {
  return listOf(polls).flatMap(({ options }) => listOf(options).flatMap(({ label }) => textOf(label) ?? []));
}

function mediaOf({ type, url, variants }: Fields): readonly Media[] {
  if (type === "photo") {
    const at = resolveUrl(textOf(url));
    return at === null ? [] : [{ kind: "image", url: at }];
  }
  const [best] = listOf(variants)
    .filter(({ content_type }) => content_type === "video/mp4")
    .sort((a, b) => (countOf(b.bit_rate) ?? 0) - (countOf(a.bit_rate) ?? 0));
  const at = resolveUrl(textOf(best?.url));
  return [{ kind: "video", ...(at === null ? {} : { url: at }) }];
}
