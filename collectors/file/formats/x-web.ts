import type { Mapped } from "../../../contracts/collector.ts";
import type { Media, Reference } from "../../../contracts/post.ts";
import { engagementFrom } from "../../../text/counts.ts";
import { htmlToText } from "../../../text/html.ts";
import { type Fields, fieldsOf, isFields, listOf, unknownFields } from "../../fields.ts";
import { shapeOf } from "../../shape.ts";
import { firstId, firstText, firstUrl, followersOf } from "../../values.ts";

const USED = `rest_id id core views{count} note_tweet quoted_status_result
  legacy{created_at full_text id_str user_id_str lang entities extended_entities favorite_count reply_count
    retweet_count in_reply_to_status_id_str in_reply_to_screen_name quoted_status_id_str retweeted_status_result
    retweeted_status_id_str}`;
const IGNORED = `__typename type unmention_data edit_control is_translatable source has_birdwatch_notes birdwatch_pivot
  unified_card card previous_counts article grok_analysis_button grok_analysis_followups superFollowsReplyUserResult
  quick_promote_eligibility post_image_description grok_share_attachment grok_translated_post promotedMetadata community
  community_results author_community_relationship community_relationship trend_id tombstone vibe_tag quotedRefResult
  conversation_muted isTranslatable possibly_sensitive is_quote_status post_video_description grok_annotations
  is_post_translation_enabled author superFollowsConversationUserScreenName __import_meta views{state}
  legacy{bookmark_count bookmarked conversation_id_str display_text_range favorited is_quote_status possibly_sensitive
    possibly_sensitive_editable quote_count quoted_status_permalink retweeted in_reply_to_user_id_str place coordinates
    geo contributors scopes self_thread conversation_control limited_actions withheld_copyright withheld_in_countries
    withheld_scope withheld_status extended_limited_actions}`;
const SHAPE = shapeOf(USED, IGNORED);

/** A post of X as its web pages receive it. The one it repeats or quotes lies inside it, and is a post of its own. */
export function mapXWeb(item: Fields): Mapped {
  const tweet = within(item);
  const legacy = fieldsOf(tweet.legacy);
  const id = firstId(tweet.rest_id, legacy.id_str);
  if (id === null || firstText(legacy.full_text) === null) {
    return { rejected: "this is no post of X: it has no rest_id, or no legacy.full_text" };
  }
  const { handle, name, followers } = userOf(tweet);
  const repeated = within(fieldsOf(legacy.retweeted_status_result).result);
  const original = userOf(repeated).handle;
  // The text of a repost is cut; that of the post it repeats is whole.
  const whole = textIn(repeated);
  return {
    draft: {
      platform: "x",
      id,
      url: `https://x.com/${handle ?? "i/web"}/status/${id}`,
      account: { id: firstId(legacy.user_id_str), handle, name, ...followersOf(followers) },
      published_at: firstText(legacy.created_at),
      text: whole === null ? textIn(tweet) : `RT @${original ?? ""}: ${whole}`,
      lang: languageOf(firstText(legacy.lang)),
      engagement: engagementFrom({
        views: fieldsOf(tweet.views).count,
        likes: legacy.favorite_count,
        reposts: legacy.retweet_count,
        comments: legacy.reply_count,
      }),
      references: referencesOf(tweet, repeated, original),
      media: mediaOf(legacy),
    },
    unknown_fields: unknownFields(tweet, SHAPE),
  };
}

/** The posts inside a post. */
export function splitXWeb(item: Fields): readonly Fields[] {
  const tweet = within(item);
  return [fieldsOf(tweet.legacy).retweeted_status_result, tweet.quoted_status_result]
    .map((result) => within(fieldsOf(result).result))
    .filter(({ rest_id, legacy }) => rest_id !== undefined && isFields(legacy));
}

/** Sometimes a post is wrapped once more. */
function within(item: unknown): Fields {
  const fields = fieldsOf(item);
  return isFields(fields.tweet) ? fields.tweet : fields;
}

/** The user stands under `core` or `legacy` of the user, and may be missing. */
function userOf(tweet: Fields) {
  const user = fieldsOf(fieldsOf(fieldsOf(tweet.core).user_results).result);
  const [core, legacy] = [fieldsOf(user.core), fieldsOf(user.legacy)];
  return {
    handle: firstText(core.screen_name, legacy.screen_name),
    name: firstText(core.name, legacy.name),
    followers: legacy.followers_count,
  };
}

/** Long posts have their text apart; `&`, `<` and `>` are written as entities. */
function textIn(tweet: Fields): string | null {
  const note = fieldsOf(fieldsOf(fieldsOf(tweet.note_tweet).note_tweet_results).result);
  const written = firstText(note.text, fieldsOf(tweet.legacy).full_text);
  return written === null ? null : htmlToText(written.replace(/</g, "&lt;").replace(/\n/g, "<br>")).text;
}

function languageOf(written: string | null): string | null {
  return written === null || /^(?:und|q[a-z]{2}|zxx)$/.test(written) ? null : written;
}

function referencesOf(tweet: Fields, repeated: Fields, original: string | null): readonly Reference[] {
  const legacy = fieldsOf(tweet.legacy);
  const references: Reference[] = [];
  const add = (kind: Reference["kind"], id: string | null, handle: string | null) => {
    if (id !== null) references.push({ kind, id, ...(handle === null ? {} : { handle }) });
  };
  add("repost", firstId(repeated.rest_id, legacy.retweeted_status_id_str), original);
  add("quote", firstId(legacy.quoted_status_id_str), null);
  add("reply", firstId(legacy.in_reply_to_status_id_str), firstText(legacy.in_reply_to_screen_name));
  const { urls, user_mentions } = fieldsOf(legacy.entities);
  for (const { expanded_url } of listOf(urls)) {
    const url = firstUrl(expanded_url);
    if (url !== null) references.push({ kind: "link", url });
  }
  for (const { screen_name } of listOf(user_mentions)) {
    const handle = firstText(screen_name);
    if (handle !== null && handle !== original) references.push({ kind: "mention", handle });
  }
  return references;
}

function mediaOf(legacy: Fields): readonly Media[] {
  const entities = fieldsOf(legacy.extended_entities ?? legacy.entities);
  return listOf(entities.media).flatMap(({ type, media_url_https }): readonly Media[] => {
    const url = firstUrl(media_url_https);
    const image: readonly Media[] = url === null ? [] : [{ kind: "image", url }];
    return type === "photo" ? image : [{ kind: "video" }, ...image];
  });
}
