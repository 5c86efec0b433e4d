import { knownFields } from "../fields.ts";

/** What is of the reader's own account, of programs, of prices, places and looks; the signer is a person, and is not kept. */
const IGNORED = [
  "inner_type post_type post_source edited signer_id created_by marked_as_ads can_pin can_edit can_delete is_pinned",
  "is_favorite is_archived donut hash track_code short_text_rate carousel_offset reply_count topic_id postponed_id geo",
  "compact_attachments_before_cut zoom_text parents_stack reaction_set_id reactions header is_promoted_post_stealth",
  "likes.user_likes likes.can_like likes.can_publish likes.repost_disabled reposts.wall_count reposts.mail_count",
  "reposts.user_reposted comments.can_post comments.can_close comments.can_open comments.groups_can_post comments.can_view",
  "copyright.type copyright.id post_id access_key type rating push_subscription trending comments.donut trigger final_post",
  "attachments.style friends_only best_friends_only ads_easy_promote suggest_subscribe feedback poster",
];

export const POST_FIELDS = knownFields(
  "id owner_id from_id to_id date text attachments copy_history views.count likes.count reposts.count comments.count",
  "copyright.link copyright.name reply_owner_id reply_post_id is_deleted deleted_reason deleted_details",
  ...IGNORED,
);

/** Kinds of attachment that are read; the fields inside are VK's, and many. */
export const ATTACHMENTS: ReadonlySet<string> = new Set(
  "photo posted_photo photos_list album video clip audio audio_playlist podcast doc graffiti link note poll page market market_album sticker pretty_cards event article story textlive donut_link narrative app group".split(
    " ",
  ),
);
