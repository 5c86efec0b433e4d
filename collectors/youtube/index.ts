import type { Collector, CollectorIo, Page } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import { type WalkCursor, walkBack } from "../walk.ts";
import { type DataApi, dataApi, playlistPages, searchPages, VIDEOS_AT_ONCE, videoItems } from "./api.ts";
import { feedPage } from "./feed.ts";
import { map } from "./map.ts";
import { type YoutubeOptions, youtubeOptions } from "./options.ts";
import { revisit } from "./revisit.ts";

export const youtube: Collector<YoutubeOptions, WalkCursor> = {
  info: {
    name: "youtube",
    title: "YouTube",
    summary: "Reads the videos of a channel, a playlist or a search: title, description, counts.",
    lawful_basis:
      "Feeds are published for everyone; the Data API is used with a key of your own, under its terms and within its quota.",
    options: youtubeOptions,
    references: [
      "https://developers.google.com/youtube/v3/docs",
      "https://developers.google.com/youtube/v3/determine_quota_cost",
      "https://developers.google.com/youtube/terms/api-services-terms-of-service",
    ],
  },
  secrets: [
    { name: "key", required: false, description: "An API key with the YouTube Data API v3 enabled." },
  ],
  map,
  revisit,
  async *collect(options, from, io) {
    const { channel, playlist, search, videos, pages } = options;
    const api = io.secrets.key === undefined ? null : dataApi(options, io.secrets.key, io);
    if (videos !== undefined) {
      yield* single(videos, keyed(api, "`videos`"), io);
    } else if (search !== undefined) {
      yield* walkBack({ of: search, pages, ask: searchPages(search, keyed(api, "`search`")) }, from, io);
    } else {
      const of = (channel ?? playlist)!;
      // The uploads of a channel are a playlist of the same name.
      const ask =
        api === null ? feedPage(feedUrl(options), io) : playlistPages(of.replace(/^UC(?=.{22}$)/, "UU"), api);
      yield* walkBack({ of, pages, ask }, from, io);
    }
  },
};

function keyed(api: DataApi | null, what: string): DataApi {
  if (api === null)
    throw new SetAside(`${what} needs a key of the YouTube Data API: give \`key_env\` or \`key_file\`.`);
  return api;
}

function feedUrl({ site, channel, playlist }: YoutubeOptions): string {
  const url = new URL("/feeds/videos.xml", site);
  if (channel === undefined) url.searchParams.set("playlist_id", playlist!);
  else url.searchParams.set("channel_id", channel);
  return url.href;
}

/** Videos by their ids are read anew each time: what changes is their counts and their words. */
async function* single(
  ids: readonly string[],
  api: DataApi,
  io: CollectorIo,
): AsyncGenerator<Page<WalkCursor>> {
  for (let done = 0; done < ids.length && !io.signal.aborted; done += VIDEOS_AT_ONCE) {
    const some = ids.slice(done, done + VIDEOS_AT_ONCE).map((id) => ({ id, published: null, title: null }));
    const items = await videoItems(some, api);
    yield {
      records: items.map(({ where, raw }) => ({ where, raw })),
      next: null,
      progress: { done: done + some.length, total: ids.length },
    };
  }
}
