import type { CollectorIo } from "../../contracts/collector.ts";
import { RetryLater, SetAside } from "../../contracts/errors.ts";
import { type Api, type ApiAnswer, apiOf } from "../api.ts";
import { type Fields, fieldsOf, isFields, listOf, textOf } from "../fields.ts";
import type { WalkItem, WalkPage } from "../walk.ts";
import type { YoutubeOptions } from "./options.ts";
import type { YoutubeRecord } from "./record.ts";

/** The interface gives at most so many of a list, and takes at most so many ids. */
const PAGE = 50;
const RATE_MS = 300_000;

export interface DataApi {
  readonly ask: (method: string, query: Readonly<Record<string, string>>) => Promise<ApiAnswer>;
}

/** The Data API, the key in a header: in the address it would be in logs. */
export function dataApi({ api }: Pick<YoutubeOptions, "api">, key: string, io: CollectorIo): DataApi {
  const asking: Api = apiOf(io, {
    service: "YouTube",
    secret_headers: { "x-goog-api-key": key },
    refusal: (answer) => refusalOf(answer, io.now()),
  });
  return {
    ask: (method, query) =>
      asking.ask(`${new URL(`/youtube/v3/${method}`, api).href}?${new URLSearchParams(query)}`),
  };
}

function refusalOf({ status, body }: ApiAnswer, now: Date): Error | null {
  if (status < 400) return null;
  const error = fieldsOf(fieldsOf(body).error);
  const reason = textOf(listOf(error.errors)[0]?.reason) ?? "";
  const said = (textOf(error.message) ?? "").replace(/<[^>]+>/g, "").trim();
  if (/^(?:quotaExceeded|dailyLimitExceeded)/.test(reason)) {
    return new RetryLater(
      `The key's quota of the YouTube Data API is used up for today; it is renewed at midnight in California (${reason}).`,
      untilMidnightInCalifornia(now),
    );
  }
  if (/rateLimitExceeded/i.test(reason))
    return new RetryLater(`YouTube asks us to go slower (${reason}).`, RATE_MS);
  if (
    /^(?:keyInvalid|keyExpired|accessNotConfigured|ipRefererBlocked|forbidden)$/.test(reason) ||
    /API key/i.test(said)
  ) {
    return new SetAside(`YouTube refuses the key (${reason || status}): ${said}`);
  }
  return null;
}

/** Quotas of Google are renewed at midnight there. On the two days when clocks change this is an hour off. */
function untilMidnightInCalifornia(now: Date): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: "America/Los_Angeles",
    timeStyle: "medium",
  }).format(now);
  const [hours = 0, minutes = 0, seconds = 0] = parts.split(":").map(Number);
  return (86_400 - (hours * 3600 + minutes * 60 + seconds)) * 1000;
}

/** The pages of a playlist, its newest videos first, each with the videos themselves. */
export function playlistPages(playlist: string, api: DataApi) {
  return async (token: string | null): Promise<WalkPage> => {
    const { body } = await api.ask("playlistItems", {
      part: "snippet,contentDetails",
      playlistId: playlist,
      maxResults: `${PAGE}`,
      ...(token === null ? {} : { pageToken: token }),
    });
    const named = itemsIn(body).map((item) => {
      const details = fieldsOf(item.contentDetails);
      const snippet = fieldsOf(item.snippet);
      return {
        id: textOf(details.videoId) ?? textOf(fieldsOf(snippet.resourceId).videoId) ?? "",
        published: textOf(details.videoPublishedAt),
        title: textOf(snippet.title),
      };
    });
    return { items: await videoItems(named, api), next: textOf(fieldsOf(body).nextPageToken) };
  };
}

/** The pages of a search, newest first, each with the videos themselves. */
export function searchPages(words: string, api: DataApi) {
  return async (token: string | null): Promise<WalkPage> => {
    const { body } = await api.ask("search", {
      part: "id,snippet",
      type: "video",
      order: "date",
      q: words,
      maxResults: `${PAGE}`,
      ...(token === null ? {} : { pageToken: token }),
    });
    const named = itemsIn(body).map(({ id, snippet }) => ({
      id: textOf(fieldsOf(id).videoId) ?? "",
      published: textOf(fieldsOf(snippet).publishedAt),
      title: null,
    }));
    return { items: await videoItems(named, api), next: textOf(fieldsOf(body).nextPageToken) };
  };
}

export interface Named {
  readonly id: string;
  readonly published: string | null;
  readonly title: string | null;
}

/** The videos that a list names, as they are; one that is not given out is told as missing. */
export async function videoItems(named: readonly Named[], api: DataApi): Promise<readonly WalkItem[]> {
  const ids = [...new Set(named.map(({ id }) => id).filter(Boolean))];
  if (ids.length === 0) return [];
  const { body, sha256 } = await api.ask("videos", { part: "snippet,statistics,status", id: ids.join(",") });
  const found = new Map(itemsIn(body).map((video) => [textOf(video.id), video]));
  return named
    .filter(({ id }) => id !== "")
    .map(({ id, published, title }) => {
      const video = found.get(id);
      const raw: YoutubeRecord =
        video === undefined ? { form: "missing", id, title } : { form: "video", video, sha256 };
      const at = published ?? textOf(fieldsOf(video?.snippet).publishedAt);
      const key = at === null ? Number.NaN : Date.parse(at);
      return {
        where: `video ${id}`,
        raw,
        key: Number.isNaN(key) ? "" : new Date(key).toISOString(),
        apart: Number.isNaN(key),
      };
    });
}

export function itemsIn(body: unknown): readonly Fields[] {
  const { items } = fieldsOf(body);
  if (!Array.isArray(items))
    throw new SetAside('YouTube has changed shape: its answer holds no list "items".');
  return items.filter(isFields);
}

export const VIDEOS_AT_ONCE = PAGE;
