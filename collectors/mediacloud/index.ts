import type { Collector, CollectorIo, Page, RawRecord } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import { apiOf } from "../api.ts";
import { fieldsOf, textOf } from "../fields.ts";
import { readListed } from "../listed.ts";
import { indexedAt, map } from "./map.ts";
import { type MediacloudCursor, type MediacloudOptions, mediacloudOptions } from "./options.ts";

/** What the search gives at most in one answer. */
const PAGE_SIZE = 1000;
const DAY_MS = 86_400_000;

export const mediacloud: Collector<MediacloudOptions, MediacloudCursor> = {
  info: {
    name: "mediacloud",
    title: "Media Cloud",
    summary:
      "Finds news stories by a search of Media Cloud's index of online news, and reads the pages that it names.",
    options: mediacloudOptions,
    lawful_basis:
      "Media Cloud gives researchers a key to its documented interface; the pages are open to anyone, and robots.txt of each is kept.",
    references: [
      "https://www.mediacloud.org/documentation/search-api-guide",
      "https://www.mediacloud.org/terms-of-use",
    ],
  },
  secrets: [
    { name: "token", required: true, description: "The API key of your account at search.mediacloud.org." },
  ],
  collect,
  map,
};

async function* collect(
  options: MediacloudOptions,
  from: MediacloudCursor | null,
  io: CollectorIo,
): AsyncGenerator<Page<MediacloudCursor>> {
  const { query, collections, outlets, api } = options;
  const of = JSON.stringify([api, query, collections, outlets, options.from, options.to]);
  const known = from?.of === of ? from : null;
  const before = known?.until ?? null;
  const { listed, until, whole } = await search(options, before, io);
  let seen = known?.seen ?? {};
  const unread = [...listed.keys()].filter((url) => seen[url] === undefined).length;
  for await (const page of readListed(listed, options, { seen }, io)) {
    seen = page.next?.seen ?? seen;
    yield { ...page, next: { of, until: before, seen } };
  }
  if (io.signal.aborted) return;
  const read = options.read === "listed" || unread <= options.max_pages;
  yield { records: [], next: { of, until: whole && read ? until : before, seen } };
}

interface Found {
  readonly listed: ReadonlyMap<string, RawRecord>;
  readonly until: string | null;
  readonly whole: boolean;
}

/** The stories of the period that were indexed since the last crawl: the newest come first. */
async function search(options: MediacloudOptions, before: string | null, io: CollectorIo): Promise<Found> {
  const token = io.secrets.token;
  if (token === undefined)
    throw new SetAside("Media Cloud needs a key: give `token_env` or `token_file` in the source.");
  const { ask } = apiOf(io, { service: "Media Cloud", secret_headers: { authorization: `Token ${token}` } });
  const listed = new Map<string, RawRecord>();
  let until = before;
  let next: string | null = null;
  for (let lists = 1; ; lists++) {
    const { body } = await ask(questionOf(options, next, io.now()));
    const { stories, pagination_token } = fieldsOf(body);
    if (!Array.isArray(stories))
      throw new SetAside("Media Cloud's answer has changed shape: it has no list of stories.");
    let reached = false;
    for (const [at, story] of stories.entries()) {
      const { url, indexed_date } = fieldsOf(story);
      const indexed = indexedAt(indexed_date);
      if (indexed !== null && before !== null && indexed < before) {
        reached = true;
        continue;
      }
      if (indexed !== null && (until === null || indexed > until)) until = indexed;
      const where = textOf(url) ?? `list ${lists} story ${at + 1}`;
      if (!listed.has(where)) listed.set(where, { where, raw: story });
    }
    const following = textOf(pagination_token);
    if (reached || following === null || following === next || stories.length === 0)
      return { listed, until, whole: true };
    if (lists >= options.max_lists) {
      io.warn(
        "max_lists",
        `there are more stories than ${lists} lists hold; make the query narrower, the period shorter, or max_lists larger.`,
      );
      return { listed, until, whole: false };
    }
    next = following;
  }
}

function questionOf(options: MediacloudOptions, token: string | null, now: Date): string {
  const day = (instant: number) => new Date(instant).toISOString().slice(0, 10);
  const query = new URLSearchParams({
    q: options.query,
    start: options.from ?? day(now.getTime() - options.days * DAY_MS),
    end: options.to ?? day(now.getTime()),
    platform: "onlinenews-mediacloud",
    ...(options.collections.length > 0 ? { cs: options.collections.join(",") } : {}),
    ...(options.outlets.length > 0 ? { ss: options.outlets.join(",") } : {}),
    sort_field: "indexed_date",
    sort_order: "desc",
    page_size: String(PAGE_SIZE),
    ...(token === null ? {} : { pagination_token: token }),
  });
  return `${options.api.replace(/\/$/, "")}/search/story-list?${query}`;
}
