import { knownFields } from "../fields.ts";

const USED = [
  "id uri url created_at content spoiler_text language visibility in_reply_to_id in_reply_to_account_id",
  "replies_count reblogs_count favourites_count reblog quote mentions",
  "account.id account.uri account.url account.acct account.username account.display_name account.followers_count",
  "poll.options.title card.url media_attachments.type media_attachments.url media_attachments.remote_url",
];

/** What is of the reader's own account, of looks, of a program or of a profile; counts of polls; quotes have no place. */
const IGNORED = [
  "edited_at sensitive favourited reblogged muted bookmarked pinned filtered application emojis tags text quotes_count",
  "quote_approval tagged_collections local_only quote_id content_type pleroma akkoma emoji_reactions reactions event",
  "poll.id poll.expires_at poll.expired poll.multiple poll.votes_count poll.voters_count poll.voted poll.own_votes",
  "poll.emojis poll.options.votes_count card.title card.description card.language card.type card.author_name card.author_url",
  "card.provider_name card.provider_url card.html card.width card.height card.image card.image_description card.embed_url",
  "card.blurhash card.published_at card.authors card.history card.missing_attribution",
  "media_attachments.id media_attachments.preview_url media_attachments.preview_remote_url media_attachments.text_url",
  "media_attachments.meta media_attachments.description media_attachments.blurhash media_attachments.pleroma",
  "account.locked account.bot account.discoverable account.indexable account.group account.created_at account.note",
  "account.avatar account.avatar_static account.avatar_description account.header account.header_static",
  "account.header_description account.following_count account.statuses_count account.last_status_at account.hide_collections",
  "account.noindex account.emojis account.fields account.roles account.moved account.suspended account.limited",
  "account.show_media account.show_media_replies account.show_featured account.feature_approval account.memorial",
  "account.attribution_domains account.source account.role account.mute_expires_at account.fqn account.pleroma account.akkoma",
];

export const STATUS_FIELDS = knownFields(...USED, ...IGNORED);
