import type { Mapped } from "../../../contracts/collector.ts";
import type { Media, PostDraft } from "../../../contracts/post.ts";
import { engagementFrom } from "../../../text/counts.ts";
import { htmlToText } from "../../../text/html.ts";
import { bvidOf } from "../../bilibili/bvid.ts";
import { type Fields, fieldsOf, unknownFields } from "../../fields.ts";
import { shapeOf } from "../../shape.ts";
import { firstId, firstText, firstUrl, unixTime } from "../../values.ts";
import type { Format, RowFormat } from "./format.ts";
import { platformOfUrl } from "./web-platforms.ts";

const IDS = ["aweme_id", "note_id", "video_id", "content_id"] as const;
const URLS = ["aweme_url", "note_url", "video_url", "content_url"] as const;
const USED = `${IDS.join(" ")} ${URLS.join(" ")} comment_id parent_comment_id title desc content content_text create_time time
  created_time publish_time pub_ts user_id sec_uid nickname user_nickname user_name liked_count like_count comment_like_count voteup_count
  comment_count comments_count video_comment total_replay_num sub_comment_count share_count shared_count
  video_share_count total_forwards viewd_count video_play_count cover_url video_cover_url image_list pictures
  dynamic_id text total_comments total_liked`;
/** Hashes that stand for people, their region, and what the tool noted for itself. */
const LEFT = `creator_hash create_date_time last_modify_ts last_update_time updated_time source_keyword ip_location avatar user_avatar
  gender profile_url user_link user_url_token short_user_id user_unique_id user_signature sex sign level fans aweme_type
  collected_count video_favorite_count video_coin_count video_danmaku disliked_count dislike_count video_type type tag_list xsec_token
  video_download_url music_download_url note_download_url video_play_url question_id content_type tieba_name tieba_link tieba_id
  total_replay_page note_tags`;
const SHAPE = shapeOf(USED, LEFT);

/**
 * What MediaCrawler stores of seven platforms, as JSON or tables; of comments too, which are replies. Newer versions
 * have a hash in place of the account and a masked name: then the account is the hash.
 */
export const mediacrawler: Format = {
  title: "a store of MediaCrawler",
  records: {
    find(start) {
      const first = fieldsOf(Array.isArray(start) ? start[0] : start);
      const isOne =
        "last_modify_ts" in first && [...IDS, "comment_id", "dynamic_id"].some((name) => name in first);
      return isOne ? [Array.isArray(start) ? "[]" : ""] : null;
    },
    map: mapStored,
  },
  rows: [
    table(["aweme_id", "aweme_url", "create_time", "nickname", "liked_count"]),
    table(["note_id", "note_url", "nickname", "liked_count"]),
    table(["video_id", "video_url", "create_time", "nickname", "liked_count"]),
    table(["content_id", "content_url", "created_time", "voteup_count"]),
    table(["note_id", "note_url", "publish_time", "tieba_name"]),
    table(["comment_id", "content", "parent_comment_id", ["create_time", "publish_time"]]),
  ],
};

function table(needs: RowFormat["needs"]): RowFormat {
  return {
    needs: [...needs, "last_modify_ts"],
    used: USED.split(/\s+/),
    ignored: LEFT.split(/\s+/),
    map: (row) => draftOf(row),
  };
}

function mapStored(record: Fields): Mapped {
  const draft = draftOf(record);
  return "rejected" in draft ? draft : { draft, unknown_fields: unknownFields(record, SHAPE) };
}

function draftOf(record: Fields): PostDraft | { readonly rejected: string } {
  const url = firstUrl(...URLS.map((name) => record[name]));
  const platform = platformOfUrl(url) ?? platformByNames(record);
  const native = firstId(...IDS.map((name) => record[name]), record.dynamic_id);
  const comment = firstId(record.comment_id);
  if (platform === null || (native ?? comment) === null) {
    return { rejected: "the record has no id, or nothing that tells its platform" };
  }
  const named = native === null ? null : idOn(platform, native);
  const parent = firstId(record.parent_comment_id) ?? named;
  const words = htmlToText(
    firstText(record.content, record.content_text, record.desc, record.text) ?? "",
  ).text;
  const title = comment === null ? firstText(record.title) : null;
  return {
    platform,
    id: comment ?? named,
    url:
      comment !== null
        ? null
        : platform === "bilibili" && named !== null
          ? `https://www.bilibili.com/video/${named}`
          : url,
    account: {
      id: firstId(record.sec_uid, record.user_id, record.creator_hash),
      name: firstText(record.nickname, record.user_nickname, record.user_name),
    },
    published_at:
      unixTime(
        record.create_time ?? record.time ?? record.created_time ?? record.publish_time ?? record.pub_ts,
      ) ?? firstText(record.create_time, record.publish_time),
    published_zone: "Asia/Shanghai",
    // Some platforms have no titles, and the tool repeats the text in its place.
    title: title === words ? null : title,
    text: words,
    engagement: engagementFrom({
      views: record.video_play_count ?? record.viewd_count,
      likes:
        record.liked_count ??
        record.like_count ??
        record.comment_like_count ??
        record.voteup_count ??
        record.total_liked,
      reposts: record.share_count ?? record.shared_count ?? record.video_share_count ?? record.total_forwards,
      comments:
        record.comment_count ??
        record.comments_count ??
        record.video_comment ??
        record.total_replay_num ??
        record.sub_comment_count ??
        record.total_comments,
    }),
    references: comment === null || parent === null ? [] : [{ kind: "reply", id: parent }],
    media: mediaOf(record),
  };
}

/** The tool names videos of Bilibili by number. */
function idOn(platform: string, id: string): string {
  return platform === "bilibili" ? (bvidOf(id) ?? id) : id;
}

/** Comments carry no address; what they answer is named by ids that differ in form. */
function platformByNames(record: Fields): string | null {
  const [note, video] = [firstText(record.note_id), firstText(record.video_id)];
  if ("aweme_id" in record) return "douyin";
  if ("tieba_name" in record || "tieba_id" in record) return "tieba";
  if ("content_id" in record) return "zhihu";
  if ("dynamic_id" in record) return "bilibili";
  if (video !== null) return /^\d+$/.test(video) ? "bilibili" : "kuaishou";
  if (note === null) return null;
  return /^[0-9a-f]{24}$/.test(note) ? "xiaohongshu" : /^\d{16}$/.test(note) ? "weibo" : "tieba";
}

function mediaOf(record: Fields): readonly Media[] {
  const listed = firstText(record.image_list, record.pictures)?.split(",") ?? [];
  const urls = [...listed, record.cover_url, record.video_cover_url].map((url) => firstUrl(url));
  const isVideo = "video_id" in record || firstText(record.type) === "video" || "aweme_url" in record;
  const images = [...new Set(urls)].filter((url) => url !== null);
  return [
    ...(isVideo && record.comment_id === undefined ? [{ kind: "video" as const }] : []),
    ...images.map((url): Media => ({ kind: "image", url })),
  ];
}
