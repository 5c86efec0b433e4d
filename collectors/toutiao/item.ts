import type { Mapped } from "../../contracts/collector.ts";
import type { DeclaredSource } from "../../contracts/post.ts";
import { engagementFrom } from "../../text/counts.ts";
import { htmlToText } from "../../text/html.ts";
import { hostOf } from "../../text/urls.ts";
import { type Fields, fieldsOf, listOf, unknownFields } from "../fields.ts";
import { shapeOf } from "../shape.ts";
import { firstId, firstText, firstUrl, followersOf, unixTime } from "../values.ts";

const MEDIA = `media_id user_id name screen_name`;
/** A profile beyond the name and the followers is not kept, and its picture is an address. */
const PROFILE = `avatar_url avatarUrl avatar description verified_content verifiedContent user_verified userVerified
  user_auth_info userAuthInfo is_following isFollowing follow following followers_count is_star_user recommend_reason
  recommend_type schema media_type mediaType openUrl open_url is_media_user user_decoration live_info_type
  author_desc id userId mediaId screenName create_time room_schema medals`;
/** A picture: the list repeats its address at other hosts. */
const PICTURE = `uri width height url_list type pc_uri`;
const SHAPE = shapeOf(
  `title abstract content source detail_source detailSource group_id item_id itemId gidStr group_id_str item_id_str display_url url article_url
   share_url publish_time publishTime behot_time create_time has_video comments_count comment_count digg_count like_count
   read_count go_detail_count repost_count share_count image_url image_list{url} large_image_list{url} middle_image{url}
   media_info{${MEDIA} follower_count} mediaInfo{${MEDIA}} user_info{${MEDIA} follower_count} media_name is_feed_ad media_url creator_uid
   media_user{id screen_name}`,
  `chinese_tag tag video_duration_str media_avatar_url source_url article_genre tag_url group_source is_original isOriginal
   media_info{${PROFILE}} mediaInfo{${PROFILE}} user_info{${PROFILE}} media_user{${PROFILE}} user_verified user_auth_info
   verified_content image_list{${PICTURE}} large_image_list{${PICTURE}} middle_image{${PICTURE}} video_id video_detail_info video_duration video_style video_play_count log_pb raw_ad_data ad_id
   ad_label bury_count cell_type cell_flag cell_layout_style keywords label like_data reback_flag rid share_info
   share_type show_portrait single_mode more_mode has_gallery has_image has_m3u8_video has_mp4_video hot ignore_web_transform
   is_stick is_subject level natant_level req_id rank seoTitle ban_comment action_list action_extra allow_download
   article_sub_type article_type aggr_type content_decoration control_panel cursor default_text_line display_dt
   display_html display_time display_type feed_title filter_words forward_info gallary_image_count group_flags
   gallery_type has_gallary impr_id info_desc interaction_data item_version itemCell max_text_line mediaUrl need_client_impr_recycle
   open_url optional_data play_biz_token_v2 preload_web rich_content similar thumb_image tip tips ugc_recommend
   user_repin user_repin_time videoInfo show_play_effective_count publish_loc_info logoUrl urlPrefix commentsCount
   passwordConfirm high_quality_flag identityInfo tags web_display_type Abstract Title abstractText __import_meta`,
);

/** Toutiao's own pages; a post whose address is elsewhere was taken from there, and Toutiao says so. */
const OWN = /(?:^|\.)(?:toutiao\.com|toutiaocdn\.com|snssdk\.com|ixigua\.com|pstatp\.com)$/;

/** An article or a video of Toutiao, as its feeds, its application or an article's page have it. */
export function mapItem(item: Fields): Mapped {
  const id = firstId(
    item.group_id_str,
    item.item_id_str,
    item.gidStr,
    item.group_id,
    item.item_id,
    item.itemId,
  );
  if (id === null || firstText(item.title, item.content, item.abstract) === null) {
    return { rejected: "this is no item of Toutiao: it has no group_id, or no words" };
  }
  if (item.is_feed_ad === true || firstText(item.ad_id, item.ad_label) !== null) {
    return { rejected: "an advertisement that Toutiao showed among the articles" };
  }
  const published = unixTime(item.publish_time ?? item.create_time) ?? firstText(item.publishTime);
  const content = firstText(item.content);
  const body = content === null ? null : htmlToText(content, "https://www.toutiao.com/");
  const user = {
    ...fieldsOf(item.media_user),
    ...fieldsOf(item.mediaInfo),
    ...fieldsOf(item.media_info),
    ...fieldsOf(item.user_info),
  };
  return {
    draft: {
      platform: "toutiao",
      id,
      url: `https://www.toutiao.com/${item.has_video === true ? "video" : "article"}/${id}/`,
      account: {
        id:
          firstId(user.user_id, user.userId, user.id, item.creator_uid, user.media_id) ??
          tokenIn(item.media_url),
        name: firstText(user.name, user.screen_name, item.media_name, item.source),
        ...followersOf(user.follower_count),
      },
      // A feed says when it showed the item; only some say when that was published.
      ...(published === null
        ? { published_at: unixTime(item.behot_time), published_basis: "feed" as const }
        : { published_at: published, published_zone: "Asia/Shanghai" }),
      title: firstText(item.title),
      text: body?.text || firstText(item.abstract),
      engagement: engagementFrom({
        views: item.read_count ?? item.go_detail_count ?? item.video_play_count,
        likes: item.digg_count ?? item.like_count,
        reposts: item.repost_count ?? item.share_count,
        comments: item.comments_count ?? item.comment_count,
      }),
      references: referencesOf(item, body?.links ?? []),
      media: mediaOf(item, body?.images ?? []),
      declared_source: sourceOf(item),
    },
    unknown_fields: unknownFields(item, SHAPE),
  };
}

/** `/c/user/token/MS4w…/` */
function tokenIn(url: unknown): string | null {
  return /\/c\/user\/(?:token\/)?([^/?]+)/.exec(firstText(url) ?? "")?.[1] ?? null;
}

function originalOf(item: Fields): string | null {
  const url = firstUrl(item.article_url, item.url);
  const host = url === null ? null : hostOf(url);
  return host === null || OWN.test(host) ? null : url;
}

/** The page it was taken from, and its source where that is not who publishes it here. */
function sourceOf(item: Fields): DeclaredSource | null {
  const url = originalOf(item);
  const publisher = firstText(
    fieldsOf(item.media_info).name,
    fieldsOf(item.user_info).name,
    fieldsOf(item.mediaInfo).name,
  );
  const named = firstText(item.detail_source, item.detailSource, item.source);
  if (url !== null) return { kind: "reprint", url, ...(named === null ? {} : { name: named }) };
  const isOther = named !== null && publisher !== null && named !== publisher;
  return isOther ? { kind: "source-line", name: named } : null;
}

function referencesOf(item: Fields, links: readonly string[]) {
  const original = originalOf(item);
  return [
    ...(original === null ? [] : [{ kind: "repost" as const, url: original }]),
    ...links.map((url) => ({ kind: "link" as const, url })),
  ];
}

function mediaOf(item: Fields, images: readonly string[]) {
  const listed = [...listOf(item.large_image_list), ...listOf(item.image_list)].map(({ url }) =>
    firstUrl(url),
  );
  const cover = firstUrl(item.image_url, fieldsOf(item.middle_image).url);
  const urls = [...images, ...(images.length > 0 ? [] : [...listed, cover])].filter((url) => url !== null);
  return [
    ...(item.has_video === true ? [{ kind: "video" as const }] : []),
    ...[...new Set(urls)].map((url) => ({ kind: "image" as const, url })),
  ];
}
