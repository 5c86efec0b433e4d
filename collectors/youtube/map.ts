import type { Mapped } from "../../contracts/collector.ts";
import type { PostDraft } from "../../contracts/post.ts";
import { countOf, type Fields, fieldsOf, isFields, textOf, unknownFields } from "../fields.ts";
import type { FeedField, XmlItem } from "../rss/record.ts";
import { ENTRY_FIELDS, VIDEO_FIELDS } from "./known.ts";
import { watchUrl, type YoutubeRecord } from "./record.ts";

/** One video as a draft, or why it is none. */
export function map(raw: unknown): Mapped {
  if (!isFields(raw)) return { rejected: "the record is no video of YouTube" };
  const record = raw as unknown as YoutubeRecord;
  if (record.form === "video" && isFields(record.video)) return mapVideo(record.video, record.sha256);
  if (record.form === "entry" && isFields(record.entry)) return mapEntry(record.entry);
  if (record.form === "missing") return { rejected: whyMissing(record.id, record.title) };
  return { rejected: "the record is neither a video of the Data API nor an entry of a feed" };
}

/** A list goes on naming what is no longer given out. */
function whyMissing(id: string, title: string | null): string {
  if (title === "Private video") return `${watchUrl(id)} is private`;
  if (title === "Deleted video") return `${watchUrl(id)} was deleted`;
  return `${watchUrl(id)} is not given out: deleted, private or withheld`;
}

function mapVideo(video: Fields, sha256: string): Mapped {
  const id = textOf(video.id);
  if (id === null || !isFields(video.snippet)) {
    return { rejected: "the video has changed shape: it has no id or no snippet" };
  }
  const { snippet } = video;
  const statistics = fieldsOf(video.statistics);
  const privacy = textOf(fieldsOf(video.status).privacyStatus);
  if (privacy === "private") return { rejected: `${watchUrl(id)} is private` };
  const draft: PostDraft = {
    ...common(id, textOf(snippet.channelId), textOf(snippet.channelTitle)),
    published_at: textOf(snippet.publishedAt),
    title: textOf(snippet.title),
    text: textOf(snippet.description) ?? "",
    lang: textOf(snippet.defaultAudioLanguage) ?? textOf(snippet.defaultLanguage),
    engagement: {
      views: countOf(statistics.viewCount),
      likes: countOf(statistics.likeCount),
      comments: countOf(statistics.commentCount),
    },
    sha256: sha256 ?? null,
  };
  return { draft, unknown_fields: unknownFields(video, VIDEO_FIELDS) };
}

function mapEntry({ fields, feed }: XmlItem): Mapped {
  if (!isFields(fields) || !isFields(feed)) return { rejected: "the entry has no fields" };
  const first = (name: string): FeedField | undefined => fields[name]?.[0];
  const text = (name: string) => textOf(first(name)?.text)?.trim() ?? null;
  const id = text("yt:videoid");
  if (id === null) return { rejected: "the entry has changed shape: it names no video (yt:videoId)" };
  const author = first("author")?.fields;
  const community = first("media:community")?.fields;
  const draft: PostDraft = {
    ...common(id, text("yt:channelid"), textOf(author?.name?.[0]?.text)),
    published_at: text("published"),
    title: text("title"),
    text: text("media:description") ?? "",
    engagement: {
      views: countOf(community?.["media:statistics"]?.[0]?.attributes?.views),
      // The stars of old: their count is that of the likes.
      likes: countOf(community?.["media:starrating"]?.[0]?.attributes?.count),
    },
    sha256: feed.sha256 ?? null,
  };
  return { draft, unknown_fields: unknownFields(fields, ENTRY_FIELDS) };
}

function common(id: string, channel: string | null, name: string | null): PostDraft {
  const url = watchUrl(id);
  return { platform: "youtube", id, url, account: { id: channel, name }, media: [{ kind: "video", url }] };
}
