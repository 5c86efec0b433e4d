import { knownFields } from "../fields.ts";

export const VIDEO_FIELDS = knownFields(
  "id snippet.publishedAt snippet.channelId snippet.channelTitle snippet.title snippet.description",
  "snippet.defaultAudioLanguage snippet.defaultLanguage",
  "statistics.viewCount statistics.likeCount statistics.commentCount status.privacyStatus",
  // What describes the file, the player, the rights or a broadcast, and texts in other languages than the video's.
  "kind etag snippet.thumbnails snippet.tags snippet.categoryId snippet.liveBroadcastContent snippet.localized",
  "statistics.favoriteCount statistics.dislikeCount contentDetails liveStreamingDetails recordingDetails topicDetails player",
  "status.uploadStatus status.license status.embeddable status.publicStatsViewable status.madeForKids status.publishAt",
  "status.selfDeclaredMadeForKids status.containsSyntheticMedia status.failureReason status.rejectionReason",
  "paidProductPlacementDetails localizations",
);

/** Elements of a feed's entry; those of the media group are read as if they stood in it. */
export const ENTRY_FIELDS = knownFields(
  "yt:videoid yt:channelid title published author.fields.name author.fields.uri media:description media:community",
  "id link updated media:title media:content media:thumbnail author.text",
);
