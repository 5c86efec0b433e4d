import { knownFields } from "../fields.ts";

const USED = [
  "name author permalink title selftext selftext_html url is_self created_utc score hide_score num_comments num_crossposts",
  "removed_by_category crosspost_parent crosspost_parent_list gallery_data media_metadata domain is_video subreddit",
  "subreddit_name_prefixed subreddit_type",
];

/**
 * What is of the reader's account, of moderators, of looks, of awards and advertising; `created` is a shifted local time;
 * `ups` repeats the score; what embeds and previews show is at `url`.
 */
const IGNORED = [
  "id author_fullname subreddit_id created edited ups downs upvote_ratio over_18 spoiler locked archived stickied pinned",
  "distinguished quarantine contest_mode suggested_sort view_count likes saved hidden clicked visited can_mod_post can_gild",
  "approved approved_at_utc approved_by banned_at_utc banned_by removed removed_by spam ignore_reports num_reports mod_reports",
  "user_reports report_reasons removal_reason mod_note mod_reason_by mod_reason_title rte_mode is_crosspostable",
  "is_robot_indexable is_original_content is_meta is_reddit_media_domain is_created_from_ads_ui is_gallery allow_live_comments",
  "author_flair_css_class author_flair_text author_flair_type author_flair_richtext author_flair_template_id",
  "author_flair_text_color author_flair_background_color author_patreon_flair author_premium author_is_blocked author_cakeday",
  "link_flair_css_class link_flair_text link_flair_type link_flair_richtext link_flair_template_id link_flair_text_color",
  "link_flair_background_color thumbnail thumbnail_height thumbnail_width preview media media_embed media_only secure_media",
  "secure_media_embed post_hint url_overridden_by_dest category content_categories discussion_type send_replies no_follow",
  "subreddit_subscribers gilded gildings total_awards_received all_awardings awarders top_awarded_type treatment_tags",
  "parent_whitelist_status whitelist_status pwls wls brand_safe from from_id from_kind event_start event_end event_is_live",
  "poll_data tournament_data call_to_action promoted is_survey_ad outbound_link live_audio ad_promoted_user_posts",
];

export const LINK_FIELDS = knownFields(...USED, ...IGNORED);

/** `updated` repeats `published`; the category is the subreddit, which is in the address. */
export const ENTRY_FIELDS = knownFields(
  "id title link published content author updated category media:thumbnail",
);
