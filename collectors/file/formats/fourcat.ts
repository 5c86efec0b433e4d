import type { Mapped } from "../../../contracts/collector.ts";
import type { PostDraft, Reference } from "../../../contracts/post.ts";
import { engagementFrom } from "../../../text/counts.ts";
import { type Fields, fieldsOf, isFields } from "../../fields.ts";
import { firstId, firstText, firstUrl, followersOf, unixTime } from "../../values.ts";
import type { FileOptions } from "../options.ts";
import { cell, type Format, type Row } from "./format.ts";
import { KNOWN_SITES, platformOfUrl, webPlatform } from "./web-platforms.ts";

const URLS = "url link post_url tiktok_url youtube_url".split(" ");
const LIKES = "likes like_count num_likes favourites_count amount_likes".split(" ");
const REPOSTS = "shares reposts retweet_count reblogs_count forwards amount_shares share_count".split(" ");
const COMMENTS =
  "comments replies reply_count num_comments replies_count amount_comments comment_count".split(" ");
const VIEWS = "plays views play_count impression_count amount_plays view_count".split(" ");
const NAMES = "author_full author_fullname author_name account_display_name".split(" ");
const HANDLES = "author account_username".split(" ");
const IDS = "author_id account_id".split(" ");
const FOLLOWERS = "author_followers account_followers".split(" ");

/**
 * What 4CAT exports: a table of columns that differ by platform and have five in common, or the captured records
 * with `__import_meta` beside what the platform gave.
 */
export const fourCat: Format = {
  title: "a data set of 4CAT",
  records: {
    find(start) {
      const first = fieldsOf(Array.isArray(start) ? start[0] : start);
      return isFields(first.__import_meta) ? [Array.isArray(start) ? "[]" : ""] : null;
    },
    split: (record) => {
      const inner = webPlatform(siteOf(record))?.split?.(record) ?? [];
      return inner.map((one) => ({ ...one, __import_meta: record.__import_meta }));
    },
    map: mapRecord,
  },
  rows: [
    {
      needs: ["id", "thread_id", ["author", "account_username"], "body", ["timestamp", "unix_timestamp"]],
      used: [
        ...URLS,
        ...LIKES,
        ...REPOSTS,
        ...COMMENTS,
        ...VIEWS,
        ...NAMES,
        ...HANDLES,
        ...IDS,
        ...FOLLOWERS,
        ..."subject title unix_timestamp language_guess stickers is_reply is_retweet retweeted_user quote_tweet_id".split(
          " ",
        ),
        ..."image_url image_urls images thumbnail_url video_url video_urls urls link_url".split(" "),
        ..."author_forwarded_from_name author_forwarded_from_username author_forwarded_from_id reply_to".split(
          " ",
        ),
      ],
      ignored: (
        "timestamp collected_from_url collected_from_view partial_item parent_id author_likes author_videos author_avatar " +
        "author_avatar_url author_banner_url author_thumbnail author_is_verified verified is_duet is_ad is_paid_partnership " +
        "is_sensitive is_photosensitive is_harmful music_name music_id music_url music_thumbnail music_author hashtags " +
        "challenges diversification_labels location_created effects warning source possibly_sensitive quote_count " +
        "is_quote_tweet quote_author quote_body quote_images quote_videos is_quote_withheld replied_author is_withheld " +
        "videos mentions long_lat place_name type media_type num_media coauthors coauthor_fullnames coauthor_ids " +
        "usertags likes_hidden location_name location_id location_latlong location_city missing_media audio_url " +
        "link_thumbnail_url quotes media_urls region duration prevent_download video_tags collect_count collects " +
        "date_collected collected_at source_filename chat author_is_bot attachment_type attachment_data " +
        "attachment_filename message_edited_timestamp reactions has_spoiler unix_timestamp_edited grouped_id"
      ).split(" "),
      map: mapRow,
    },
  ],
};

const siteOf = (record: Fields): string | null => firstText(fieldsOf(record.__import_meta).source_platform);

function mapRecord(record: Fields): Mapped {
  const { __import_meta: meta, ...item } = record;
  const { source_platform, source_platform_url } = fieldsOf(meta);
  const site =
    firstText(source_platform) ?? URL.parse(firstText(source_platform_url) ?? "")?.hostname ?? null;
  const platform = webPlatform(site);
  if (platform === null) {
    return {
      rejected: `4CAT's records of ${site ?? "an unnamed platform"} are not read yet; those that are: ${KNOWN_SITES}`,
    };
  }
  const mapped = platform.map(item);
  if ("rejected" in mapped) return mapped;
  const observed_at = unixTime(fieldsOf(meta).timestamp_collected);
  return { ...mapped, draft: { ...mapped.draft, observed_at } };
}

function mapRow(row: Row, { platform: given }: FileOptions): PostDraft | { readonly rejected: string } {
  const url = firstUrl(...URLS.map((name) => row[name]));
  const platform = given ?? platformOfUrl(url) ?? platformOfUrl(firstUrl(row.collected_from_url));
  if (platform === null) {
    return { rejected: "the row names no platform and has no address that tells it; set one for the file" };
  }
  const image = firstUrl(
    ...["image_urls", "image_url", "images", "thumbnail_url"].map(
      (name) => cell(row, name)?.split(",", 1)[0],
    ),
  );
  const forward = cell(row, "author_forwarded_from_name", "author_forwarded_from_username");
  const forwarded = cell(row, "author_forwarded_from_id");
  return {
    platform,
    id: cell(row, "id"),
    url,
    account: {
      id: cell(row, ...IDS, ...HANDLES),
      handle: cell(row, ...HANDLES),
      name: cell(row, ...NAMES),
      ...followersOf(cell(row, ...FOLLOWERS)),
    },
    // `timestamp` is the same time by the clock of the server that 4CAT runs on.
    published_at: unixTime(cell(row, "unix_timestamp")) ?? cell(row, "timestamp"),
    title: cell(row, "subject", "title"),
    text: [cell(row, "body"), cell(row, "stickers")].filter((part) => part !== null).join("\n"),
    lang: cell(row, "language_guess"),
    engagement: engagementFrom({
      views: cell(row, ...VIEWS),
      likes: cell(row, ...LIKES),
      reposts: cell(row, ...REPOSTS),
      comments: cell(row, ...COMMENTS),
    }),
    references: referencesOf(row),
    media:
      image === null
        ? []
        : [{ kind: cell(row, "video_url", "video_urls") === null ? "image" : "video", url: image }],
    declared_source:
      forward === null && forwarded === null
        ? null
        : { kind: "forward", ...(forward && { name: forward }), ...(forwarded && { account: forwarded }) },
  };
}

function referencesOf(row: Row): readonly Reference[] {
  const references: Reference[] = [];
  const reposted = cell(row, "retweeted_user");
  if (row.is_retweet === "yes" && reposted !== null) references.push({ kind: "repost", handle: reposted });
  const quoted = firstId(row.quote_tweet_id);
  if (quoted !== null) references.push({ kind: "quote", id: quoted });
  const answered = firstId(row.reply_to) ?? (row.is_reply === "yes" ? firstId(row.thread_id) : null);
  if (answered !== null && answered !== row.id) references.push({ kind: "reply", id: answered });
  for (const written of [...(row.urls?.split(",") ?? []), row.link_url]) {
    const url = firstUrl(written);
    if (url !== null) references.push({ kind: "link", url });
  }
  return references;
}
