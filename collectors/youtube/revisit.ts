import type { CollectorIo } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import type { Post } from "../../contracts/post.ts";
import type { Revisited } from "../../contracts/revisit.ts";
import { dataApi, itemsIn } from "./api.ts";
import type { YoutubeOptions } from "./options.ts";
import { watchUrl, type YoutubeRecord } from "./record.ts";

/** By the Data API where there is a key, else by oEmbed, which other sites ask whether they may show a video. */
export async function revisit(post: Post, options: YoutubeOptions, io: CollectorIo): Promise<Revisited> {
  const id = post.id.replace(/^youtube:/, "");
  try {
    return io.secrets.key === undefined
      ? await byEmbed(id, options, io)
      : await byApi(id, io.secrets.key, options, io);
  } catch (error) {
    if (error instanceof SetAside) return { found: "unreachable", reason: error.message };
    throw error;
  }
}

async function byApi(id: string, key: string, options: YoutubeOptions, io: CollectorIo): Promise<Revisited> {
  const { body, sha256 } = await dataApi(options, key, io).ask("videos", {
    part: "snippet,statistics,status",
    id,
  });
  const [video] = itemsIn(body);
  if (video === undefined) {
    const reason = "the Data API gives no such video: deleted, private or removed";
    return { found: "gone", by: "unknown", reason, sha256 };
  }
  const raw: YoutubeRecord = { form: "video", video, sha256 };
  return { found: "seen", records: [{ where: watchUrl(id), raw }] };
}

async function byEmbed(id: string, { site }: YoutubeOptions, io: CollectorIo): Promise<Revisited> {
  const query = new URLSearchParams({ url: watchUrl(id), format: "json" });
  const { status, sha256 } = await io.fetch(`${new URL("/oembed", site).href}?${query}`, {
    accept: "application/json",
    api: true,
    signal: io.signal,
    statuses: [400, 401, 403, 404],
  });
  if (status < 300) return { found: "seen", records: [] };
  if (status === 404 || status === 400) {
    return {
      found: "gone",
      by: "unknown",
      reason: `oEmbed answers ${status}: there is no such video`,
      sha256,
    };
  }
  return {
    found: "unreachable",
    reason: `oEmbed answers ${status}: the video is private, or not to be embedded`,
  };
}
