import { knownFields } from "../fields.ts";

const ENTITIES =
  "entities.urls.url entities.urls.expanded_url entities.urls.unwound_url entities.urls.media_key";

/** What is of places, of X's own classification, of machines, of rights to reply, and of the reader's own account. */
const IGNORED = [
  "conversation_id in_reply_to_user_id possibly_sensitive reply_settings source edit_controls context_annotations geo withheld",
  "community_id card_uri display_text_range media_metadata scopes suggested_source_links suggested_source_links_with_counts",
  "matched_media_notes article paid_partnership made_with_ai non_public_metrics organic_metrics promoted_metrics username",
  "entities.hashtags entities.cashtags entities.annotations entities.mentions.id entities.mentions.start entities.mentions.end",
  "entities.urls.start entities.urls.end entities.urls.display_url entities.urls.status entities.urls.title",
  "entities.urls.description entities.urls.images",
  "note_tweet.entities.hashtags note_tweet.entities.cashtags note_tweet.entities.annotations note_tweet.entities.mentions",
  "note_tweet.entities.urls.start note_tweet.entities.urls.end note_tweet.entities.urls.display_url",
  "note_tweet.entities.urls.status note_tweet.entities.urls.title note_tweet.entities.urls.description note_tweet.entities.urls.images",
  "public_metrics.quote_count public_metrics.bookmark_count attachments",
];

export const TWEET_FIELDS = knownFields(
  "id text author_id created_at lang edit_history_tweet_ids referenced_tweets.type referenced_tweets.id",
  "public_metrics.like_count public_metrics.retweet_count public_metrics.reply_count public_metrics.impression_count",
  "entities.mentions.username note_tweet.text",
  ENTITIES,
  ENTITIES.replaceAll("entities", "note_tweet.entities"),
  ...IGNORED,
);

/** A profile beyond name and following is not kept: where people live, what they say of themselves, their picture. */
export const USER_FIELDS = knownFields(
  "id username name public_metrics.followers_count",
  "created_at description entities location pinned_tweet_id most_recent_tweet_id profile_image_url profile_banner_url protected",
  "url verified verified_type affiliation withheld subscription_type parody receives_your_dm is_identity_verified",
  "public_metrics.following_count public_metrics.tweet_count public_metrics.listed_count public_metrics.like_count",
  "public_metrics.media_count connection_status",
);

export const MEDIA_FIELDS = knownFields(
  "type url variants.bit_rate variants.content_type variants.url",
  "media_key height width preview_image_url duration_ms alt_text public_metrics",
);
