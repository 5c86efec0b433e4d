import type { Mapped } from "../../../contracts/collector.ts";
import type { Media, Reference } from "../../../contracts/post.ts";
import { engagementFrom } from "../../../text/counts.ts";
import { type Fields, fieldsOf, listOf, unknownFields } from "../../fields.ts";
import { shapeOf } from "../../shape.ts";
import { firstId, firstText, firstUrl, unixTime } from "../../values.ts";

const USED = `id pk code taken_at caption{text} user{id pk username full_name} owner{id pk username full_name}
  like_count comment_count play_count view_count ig_play_count media_type carousel_media image_versions2 video_versions
  display_uri usertags link`;
/** A profile beyond its names is not kept; its pictures are addresses, and the rest is of the reader and of rights. */
const PROFILE = `__typename strong_id__ pk_id fbid_v2 is_private is_verified is_unpublished is_new_to_instagram is_active
  is_embeds_disabled is_favorite is_regulated_c18 has_onboarded_to_text_post_app text_app_is_private
  text_post_app_is_private text_app_remove_mention_entrypoint profile_pic_url profile_pic_id profile_pic_url_hd
  hd_profile_pic_versions hd_profile_pic_url_info profile_image_versions has_anonymous_profile_picture
  profile_grid_display_type friendship_status account_badges account_type latest_reel_media live_broadcast_visibility
  live_broadcast_id transparency_label transparency_product transparency_product_enabled ai_agent_owner_username
  fan_club_info feed_post_reshare_disabled show_account_transparency_details show_ring_treatment third_party_downloads_enabled
  can_see_quiet_post_attribution supervision_info user_activation_info usertags_count eligible_for_text_app_activation_badge
  biography biography_with_entities bio_links external_url follower_count following_count edge_followed_by
  edge_owner_to_timeline_media media_count interop_messaging_user_fbid allowed_commenter_type blocked_by_viewer
  followed_by_viewer restricted_by_viewer requested_by_viewer has_blocked_viewer pass_tiering_recommendation
  is_threads_only_user is_cannes id_verified reel_auto_archive`;
/** Of a caption its text is read; the rest repeats whose it is, and when. */
const CAPTION = `pk id strong_id__ user user_id media_id created_at created_at_utc content_type status type bit_flags
  did_report_as_spam share_enabled has_translation is_covered is_ranked_comment is_edited private_reply_status
  private_reply_media_id text_translation fb_mentioned_users is_created_by_media_owner hashtags_linkified mentions`;
const IGNORED = `__typename _zs_partial _zs_instagram_view __import_meta product_type accessibility_caption ad_id
  boosted_status boost_unavailable_identifier boost_unavailable_reason can_reply can_see_insights_as_brand
  can_viewer_reshare can_reshare caption_is_edited carousel_media_count carousel_media_ids carousel_parent_id
  clips_attribution_info clips_metadata coauthor_producers invited_coauthor_producers commenting_disabled_for_viewer
  comments comments_disabled community_notes_info device_timestamp enable_media_notes_production expiring_at
  fb_like_count facepile_top_likers fb_comment_count feed_demotion_control feed_recs_demotion_control fundraiser_tag
  has_audio has_liked has_viewer_saved hidden_likes_string_variant iab_autofill_optout_info inventory_source
  is_paid_partnership is_dash_eligible is_seen like_and_view_counts_disabled likers liked_by_count logging_info_token
  location lat lng main_feed_carousel_starting_media_id media_attributions_data media_cropping_info media_notes
  media_overlay_info media_repost_count music_metadata number_of_qualities open_carousel_submission_state
  organic_tracking_token original_height original_width preview preview_comments previous_submitter photo_of_you
  profile_grid_control_enabled profile_grid_thumbnail_fitting_style reshare_count saved_collection_ids sharing_friction_info
  should_request_ads social_context sponsor_tags story_cta thumbnails timeline_pinned_user_ids
  top_likers upcoming_event video_codec video_dash_manifest video_duration video_sticker_locale video_subtitles_uri
  view_state_item_type viewer_rel visibility wearable_attribution_info crosspost_metadata creative_config
  text_post_app_info text_with_entities gen_ai_detection_method ai_generated all_previous_submitters
  caption{${CAPTION}} user{${PROFILE}} owner{${PROFILE}}`;
const SHAPE = shapeOf(USED, IGNORED);

/** Older answers of Instagram, a graph of edges. */
const GRAPH = shapeOf(
  `id shortcode taken_at_timestamp edge_media_to_caption owner{id username full_name} edge_media_preview_like
   edge_media_to_comment edge_liked_by video_view_count display_url edge_sidecar_to_children`,
  `__typename __import_meta _zs_instagram_view accessibility_caption coauthor_producers comments_disabled
   commenting_disabled_for_viewer dash_info dimensions display_resources edge_media_to_sponsor_user
   edge_media_to_tagged_user edge_media_preview_comment fact_check_information fact_check_overall_rating
   felix_profile_grid_crop gating_info has_audio has_ranked_comments has_upcoming_event is_video like_and_view_counts_disabled
   location media_overlay_info media_preview nft_asset_info pinned_for_users product_type sharing_friction_info sponsor_users
   thumbnail_resources thumbnail_src tracking_token video_url viewer_can_reshare viewer_has_liked viewer_has_saved
   viewer_has_saved_to_collection viewer_in_photo_of_you clips_music_attribution_info owner{${PROFILE}}`,
);

/** A post of Instagram, or of Threads, which is written alike, as browsers receive it. */
export function mapInstagram(item: Fields): Mapped {
  const isGraph = "edge_media_to_caption" in item;
  const code = firstText(item.code, item.shortcode);
  if (code === null) return { rejected: "this is no post of Instagram: it has no code" };
  if (item.product_type === "ad" || firstText(item.link)?.startsWith("https://www.facebook.com/ads/")) {
    return { rejected: "an advertisement that Instagram showed among the posts" };
  }
  const user = { ...fieldsOf(item.owner), ...fieldsOf(item.user) };
  const first = listOf(fieldsOf(item.edge_media_to_caption).edges)[0];
  // Counts that the author hides are zeros or guesses.
  const isHidden = item.like_and_view_counts_disabled === true;
  return {
    draft: {
      platform: "instagram",
      id: code,
      url: `https://www.instagram.com/p/${code}`,
      account: accountOf(user),
      published_at: unixTime(item.taken_at ?? item.taken_at_timestamp),
      text: firstText(fieldsOf(item.caption).text, fieldsOf(first?.node).text),
      engagement: engagementFrom({
        views: item.play_count ?? item.view_count ?? item.ig_play_count ?? item.video_view_count,
        ...(isHidden
          ? {}
          : { likes: item.like_count ?? countIn(item.edge_media_preview_like ?? item.edge_liked_by) }),
        comments: item.comment_count ?? countIn(item.edge_media_to_comment),
      }),
      references: listOf(fieldsOf(item.usertags).in).flatMap((tag): readonly Reference[] => {
        const handle = firstText(fieldsOf(tag.user).username);
        return handle === null ? [] : [{ kind: "mention", handle }];
      }),
      media: mediaOf(item),
    },
    unknown_fields: unknownFields(item, isGraph ? GRAPH : SHAPE),
  };
}

const countIn = (edge: unknown): unknown => fieldsOf(edge).count;

function accountOf(user: Fields) {
  return { id: firstId(user.id, user.pk), handle: firstText(user.username), name: firstText(user.full_name) };
}

/** One picture or clip, or those of a series. */
export function mediaOf(item: Fields): readonly Media[] {
  const edges = listOf(fieldsOf(item.edge_sidecar_to_children).edges).map(({ node }) => fieldsOf(node));
  const series = listOf(item.carousel_media).length > 0 ? listOf(item.carousel_media) : edges;
  return (series.length > 0 ? series : [item]).flatMap((one): readonly Media[] => {
    const isVideo = listOf(one.video_versions).length > 0 || one.is_video === true || one.media_type === 2;
    const candidates = listOf(fieldsOf(one.image_versions2).candidates);
    const url = firstUrl(candidates[0]?.url, one.display_url, one.display_uri);
    const image: readonly Media[] = url === null ? [] : [{ kind: "image", url }];
    return isVideo ? [{ kind: "video" }, ...image] : image;
  });
}

const IN_THREADS = shapeOf(
  USED,
  IGNORED,
  `text_post_app_info{link_preview_attachment share_info repost_count direct_reply_count quote_count reply_to_author}
   text_post_app_info{__typename id is_reply is_post_unavailable can_reply can_private_reply reply_control
     reply_approval_status reply_facepile_users self_thread_count self_thread_context hush_info pinned_post_info
     text_fragments special_effects_enabled_str tag_header reshare_count repost_users fediverse_info
     post_unavailable_reason root_post_author_reply_count linked_inline_media linked_media_type custom_feed_preview_info
     impression_count is_first_party_trusted_for_unclassified_warning_screens is_liked_by_root_author
     is_spoiler_media markup_language_info post_preview_caption related_trends_info snippet_attachment_info
     spoiler_info suggested_text_app_post_topics topic_attachment_info translation_info ghost_post_info
     community_info related_post_info poll_info}
   audio giphy_media_info is_post_unavailable like_and_view_counts_disabled caption_add_on
   transcription_data is_fb_only is_internal_only meta_place`,
);

export function mapThreads(item: Fields): Mapped {
  const code = firstText(item.code);
  if (code === null) return { rejected: "this is no post of Threads: it has no code" };
  const user = { ...fieldsOf(item.owner), ...fieldsOf(item.user) };
  const info = fieldsOf(item.text_post_app_info);
  const { quoted_post, reposted_post } = fieldsOf(info.share_info);
  const link = linkOf(fieldsOf(info.link_preview_attachment));
  const shared = (kind: "quote" | "repost", post: unknown): readonly Reference[] => {
    const id = firstText(fieldsOf(post).code);
    return id === null ? [] : [{ kind, id }];
  };
  return {
    draft: {
      platform: "threads",
      id: code,
      url: `https://www.threads.com/@${firstText(user.username) ?? "_"}/post/${code}`,
      account: accountOf(user),
      published_at: unixTime(item.taken_at),
      text: firstText(fieldsOf(item.caption).text),
      engagement: engagementFrom({
        likes: item.like_count,
        reposts: info.repost_count,
        comments: info.direct_reply_count,
      }),
      references: [
        ...shared("repost", reposted_post),
        ...shared("quote", quoted_post),
        ...(link === null ? [] : [{ kind: "link" as const, url: link }]),
      ],
      media: mediaOf(item),
    },
    unknown_fields: unknownFields(item, IN_THREADS),
  };
}

/** Links go through an address of Meta that carries the real one. */
function linkOf({ url }: Fields): string | null {
  const written = firstUrl(url);
  return written === null ? null : (firstUrl(new URL(written).searchParams.get("u")) ?? written);
}
