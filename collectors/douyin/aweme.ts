import type { Mapped } from "../../contracts/collector.ts";
import type { Media, Reference } from "../../contracts/post.ts";
import { engagementFrom, readCount } from "../../text/counts.ts";
import { type Fields, fieldsOf, listOf, unknownFields } from "../fields.ts";
import { shapeOf } from "../shape.ts";
import { firstId, firstText, firstUrl, followersOf, unixTime } from "../values.ts";

const AUTHOR = `uid sec_uid unique_id short_id nickname follower_count secUid uniqueId shortId followerCount`;
const STATISTICS = `digg_count comment_count share_count play_count diggCount commentCount shareCount playCount`;
const USED = `aweme_id awemeId desc create_time createTime author{${AUTHOR}} authorInfo{${AUTHOR}} author_user_id
  authorUserId statistics{${STATISTICS}} stats{${STATISTICS}} text_extra{sec_uid user_id} textExtra{secUid userId}
  video{cover origin_cover coverUrlList} images{url_list urlList} aweme_type awemeType
  status{is_delete} rawdata cell_room cellRoom`;
/** Sound, rights, tags and places of a clip; who checked the author's badge is the platform's claim. */
const LEFT = `group_id groupId group_id_str region status{*} risk_infos riskInfos music video_tag videoTag prevent_download
  download share_url shareUrl share_info shareInfo
  author{avatar_thumb avatarThumb signature custom_verify enterprise_verify_reason aweme_count *}
  authorInfo{*} statistics{*} stats{*} text_extra{*} textExtra{*} video{*} images{*} cha_list
  mix_info mixInfo duration is_ads isAds is_top isTop tag anchors poi_info anchor_info suggest_words danmaku_control
  aweme_control awemeControl user_digged userDigged is_collects_selected collect_stat long_video geofencing
  video_labels label_top_text promotions image_infos image_album_music_info img_bitrate
  interaction_stickers original_images position uniqid_position origin_comment_ids commerce_config_data
  is_share_post entertainment_product_info horizontal_type media_type misc_info caption item_title preview_title
  comment_gid commentGid rate is_story is_life_item is_multi_content common_bar_info can_cache_to_local
  hybrid_label search_impr series_basic_info seo_info is_image_beat is_25_story is_moment_story personal_page_botton_diagnose_style
  create_scale_type activity_video_type authentication_token boost_status chapter_list component_info_v2 component_control
  disable_relation_bar dislike_dimension_list distribute_circle duet_aggregate_in_music_tab enable_comment_sticker_rec
  ent_log_extra feed_comment_config flash_mob_trends follow_shot_assets friend_interaction friend_recommend_info game_tag_info
  guide_scene_info have_dashboard image_comment image_crop_ctrl image_follow_shot impression_data incentive_item_type
  is_24_story is_collects_hit item_duet item_react item_share item_stitch jump_tab_info_list libfinsert_task_id mark_largely_following
  nickname_position nearby_level packed_clips photo_search_entrance play_progress product_genre_info publish_plus_alienation
  ref_tts_id_list ref_voice_modify_id_list related_video_extra relation_labels select_anchor_expanded_content shoot_way
  slides_music_beats social_tag_list report_action should_open_ad_report sort_label trends_infos tts_id_list user_recommend_status
  vtag_search voice_modify_id_list vr_type xigua_base_info yumme_recreason entertainment_video_paid_way
  entertainment_video_type is_new_text_mode is_use_music itemId imgBitrate tagInfo
  ZS_collected_from_embed ZS_collected_from_mix ZS_first_mix_vid __import_meta`;
const SHAPE = shapeOf(USED, LEFT);

/** A clip or a gallery of Douyin: of its interface and share pages, or as older pages hold it, whose names differ. */
export function mapAweme(item: Fields): Mapped {
  if (firstText(item.rawdata) !== null || fieldsOf(item.cell_room ?? item.cellRoom).rawdata !== undefined) {
    return { rejected: "a live stream, which is no post" };
  }
  const id = firstId(item.aweme_id, item.awemeId);
  const time = item.create_time ?? item.createTime;
  if (id === null || time === undefined) {
    return { rejected: "this is no post of Douyin: it has no aweme_id or no create_time" };
  }
  if (fieldsOf(item.status).is_delete === true)
    return { rejected: `the post ${id} is deleted, as Douyin says (is_delete)` };
  const author = { ...fieldsOf(item.author), ...fieldsOf(item.authorInfo) };
  const counts = { ...fieldsOf(item.statistics), ...fieldsOf(item.stats) };
  const plays = counts.play_count ?? counts.playCount;
  const isGallery = listOf(item.images).length > 0;
  return {
    draft: {
      platform: "douyin",
      id,
      url: `https://www.douyin.com/${isGallery ? "note" : "video"}/${id}`,
      account: {
        // `sec_uid` stands in all forms; the number only in those of the interface.
        id: firstId(author.sec_uid, author.secUid, author.uid, item.author_user_id, item.authorUserId),
        handle: firstId(author.unique_id, author.uniqueId, author.short_id, author.shortId),
        name: firstText(author.nickname),
        ...followersOf(author.follower_count ?? author.followerCount),
      },
      published_at: unixTime(time),
      text: firstText(item.desc),
      engagement: engagementFrom({
        // The public is told 0 plays of everything.
        views: readCount(plays).value === 0 ? null : plays,
        likes: counts.digg_count ?? counts.diggCount,
        reposts: counts.share_count ?? counts.shareCount,
        comments: counts.comment_count ?? counts.commentCount,
      }),
      references: listOf(item.text_extra ?? item.textExtra).flatMap((part): readonly Reference[] => {
        const named = firstId(part.sec_uid, part.secUid, part.user_id, part.userId);
        return named === null ? [] : [{ kind: "mention", id: named }];
      }),
      media: mediaOf(item),
    },
    unknown_fields: unknownFields(item, SHAPE),
  };
}

function mediaOf(item: Fields): readonly Media[] {
  const image = (url: string | null): readonly Media[] => (url === null ? [] : [{ kind: "image", url }]);
  const pictures = listOf(item.images);
  if (pictures.length > 0) return pictures.flatMap((one) => image(first(one.url_list ?? one.urlList)));
  const { cover, origin_cover, coverUrlList } = fieldsOf(item.video);
  const addresses = [cover, origin_cover].flatMap((one) => [fieldsOf(one).url_list, fieldsOf(one).urlList]);
  const url = [...addresses, coverUrlList].map(first).find((one) => one !== null) ?? firstUrl(cover);
  return [{ kind: "video" }, ...image(url ?? null)];
}

function first(urls: unknown): string | null {
  return Array.isArray(urls) ? firstUrl(...urls) : null;
}
