import type { PostDraft } from "../../../contracts/post.ts";
import { engagementFrom } from "../../../text/counts.ts";
import { firstUrl } from "../../values.ts";
import type { FileOptions } from "../options.ts";
import { cell, type Format, type Row } from "./format.ts";
import { platformOfUrl } from "./web-platforms.ts";

const TEXT = [
  "post_body_text",
  "PostBodyText",
  "Post Body Text",
  "search_data_fields.sanitized_text",
  "Text",
] as const;
const URL_OF = ["url", "Url", "URL", "post_url", "Post Url", "PostUrl"] as const;
const TIME = ["published_at", "PublishedAt", "Published At", "Published"] as const;
const CHANNEL = [
  "channel_name",
  "ChannelName",
  "Channel Name",
  "search_data_fields.channel_data.channel_name",
] as const;
const PLATFORM = [
  "platform",
  "Platform",
  "platform_name",
  "Platform Name",
  "search_data_fields.platform_name",
] as const;
const CHANNEL_ID = [
  "channel_uid",
  "ChannelUid",
  "Channel Uid",
  "channel_id",
  "ChannelId",
  "Channel ID",
  "search_data_fields.channel_data.channel_id",
] as const;
const TITLE = ["post_title", "PostTitle", "Post Title", "search_data_fields.post_title"] as const;
const NATIVE = ["uid", "Uid", "post_id", "PostId", "Post Id", "Post ID"] as const;
const MORE = [
  "image_text",
  "ImageText",
  "Image Text",
  "transcript_text",
  "TranscriptText",
  "Transcript Text",
] as const;
const THUMBNAIL = ["thumbnail_url", "ThumbnailUrl", "Thumbnail Url"] as const;
const count = (name: string) => [
  `${name}_count`,
  name,
  `${name[0]!.toUpperCase()}${name.slice(1)}`,
  `${name[0]!.toUpperCase()}${name.slice(1)}Count`,
  `engagement_data.${name}_count`,
];
const VIEWS = [...count("views"), ...count("view")];
const LIKES = [...count("likes"), ...count("like"), ...count("reactions")];
const SHARES = [...count("shares"), ...count("share"), ...count("retweets")];
const COMMENTS = [...count("comments"), ...count("comment"), ...count("replies")];

/**
 * A list downloaded from Junkipedia. Its column names have been written in several ways, and no description of them is
 * published; a table that differs is refused by the column it lacks, and is then read as `csv` with a column map.
 */
export const junkipedia: Format = {
  title: "a list of Junkipedia",
  rows: [
    {
      needs: [TEXT, TIME, CHANNEL, PLATFORM, URL_OF],
      used: [
        ...CHANNEL_ID,
        ...TITLE,
        ...NATIVE,
        ...MORE,
        ...THUMBNAIL,
        ...VIEWS,
        ...LIKES,
        ...SHARES,
        ...COMMENTS,
      ],
      ignored: [
        ..."id Id ID created_at CreatedAt updated_at tags Tags issues Issues language engagement Engagement".split(
          " ",
        ),
        ..."channel_url ChannelUrl post_type PostType junkipedia_url JunkipediaUrl list_name ListName".split(
          " ",
        ),
        "Channel Url",
        "Junkipedia Url",
        "Post Type",
        "Engagement Score",
        "engagement_score",
      ],
      map,
    },
  ],
};

const PLATFORMS: Readonly<Record<string, string>> = {
  tiktok: "tiktok",
  twitter: "x",
  x: "x",
  facebook: "facebook",
  instagram: "instagram",
  youtube: "youtube",
  telegram: "telegram",
  reddit: "reddit",
  bluesky: "bluesky",
  threads: "threads",
  gab: "gab",
  gettr: "gettr",
  rumble: "rumble",
  parler: "parler",
  vk: "vk",
  "truth social": "truth",
  truthsocial: "truth",
  odysee: "odysee",
};

function map(row: Row, options: FileOptions): PostDraft | { readonly rejected: string } {
  const url = firstUrl(...URL_OF.map((name) => row[name]));
  const named = cell(row, ...PLATFORM)?.toLowerCase() ?? "";
  const platform = options.platform ?? PLATFORMS[named] ?? platformOfUrl(url);
  if (platform === null) return { rejected: `"${named}" is no platform that is known; set one for the file` };
  const channel = cell(row, ...CHANNEL);
  const image = firstUrl(...THUMBNAIL.map((name) => row[name]));
  return {
    platform,
    id: cell(row, ...NATIVE),
    url,
    account: { id: cell(row, ...CHANNEL_ID) ?? channel, name: channel },
    published_at: cell(row, ...TIME),
    title: cell(row, ...TITLE),
    // What is written in a picture or said in a video stands for a text that is missing.
    text: cell(row, ...TEXT, ...MORE),
    engagement: engagementFrom({
      views: cell(row, ...VIEWS),
      likes: cell(row, ...LIKES),
      reposts: cell(row, ...SHARES),
      comments: cell(row, ...COMMENTS),
    }),
    media: image === null ? [] : [{ kind: "image", url: image }],
  };
}
