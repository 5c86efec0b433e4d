import type { Collector, CollectorIo, Page } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import type { Unreachable } from "../../contracts/revisit.ts";
import { type Api, type ApiAnswer, apiOf } from "../api.ts";
import { countOf, fieldsOf, idOf, isFields, textOf } from "../fields.ts";
import { REMEMBERED } from "../visit.ts";
import { type WalkCursor, type WalkItem, walkBack } from "../walk.ts";
import { map } from "./map.ts";
import {
  type DiscourseCursor,
  type DiscourseOptions,
  discourseOptions,
  type TopicsCursor,
} from "./options.ts";
import type { PostRecord } from "./record.ts";

/** How many posts the interface gives by their ids at once. */
const AT_ONCE = 20;

export const discourse: Collector<DiscourseOptions, DiscourseCursor> = {
  info: {
    name: "discourse",
    title: "Discourse forums",
    summary:
      "Reads the public posts of a forum that runs on Discourse: all of them, of a category, or of topics.",
    options: discourseOptions,
    lawful_basis:
      "The posts are open to anyone without a log-in, and the forum offers them as JSON; robots.txt and its limits are kept.",
    references: ["https://docs.discourse.org/"],
  },
  map,
  async *collect(options, from, io) {
    const site = new URL(options.site).origin + new URL(options.site).pathname.replace(/\/$/, "");
    // Its pages and its interface are one: robots.txt holds for both.
    const api = apiOf(io, { service: new URL(site).host, refusal });
    const ask = (path: string) => api.ask(`${site}${path}`, { api: false });
    if (options.topics === undefined && options.category === undefined) {
      const of = `${site}/posts`;
      const walked = from !== null && "floor" in from ? (from as WalkCursor) : null;
      yield* walkBack(
        { of, pages: options.max_pages, ask: (token) => latestPosts(site, token, ask) },
        walked,
        io,
      );
      return;
    }
    const of = `${site}/${options.category ?? (options.topics ?? []).join(",")}`;
    const known = from !== null && "read" in from && from.of === of ? from : { of, read: {} };
    yield* readTopics(site, options, known, ask, io);
  },
  async revisit(post, _options, { fetch, signal }) {
    const [, id] = /\/(\d+)$/.exec(post.id) ?? [];
    if (post.url === null || id === undefined) return unreachable("the post has no number");
    const site = post.url.replace(/\/t\/[^/]+\/\d+\/\d+$/, "");
    const answer = await fetch(`${site}/posts/${id}.json`, { signal, statuses: [403, 404, 410] });
    const { sha256, status } = answer;
    if (status === 403) return unreachable("the forum shows it to members only");
    if (status !== 200)
      return { found: "gone", by: "unknown", reason: `${status}: there is no such post`, sha256 };
    const found = parsed(answer.body);
    if (!isFields(found) || idOf(found.id) !== id) return unreachable("the forum's answer is no post");
    if (found.user_deleted === true)
      return { found: "gone", by: "author", reason: "deleted by its author", sha256 };
    const raw: PostRecord = { site, topic: post.title, post: found, sha256 };
    return { found: "seen", records: [{ where: post.url, raw }] };
  },
};

type Ask = (path: string) => ReturnType<Api["ask"]>;

/** A forum for members only says so in JSON. */
function refusal({ status, body, url }: ApiAnswer): Error | null {
  const { error_type } = fieldsOf(body);
  if (error_type !== "not_logged_in" && error_type !== "invalid_access") return null;
  return new SetAside(
    `${url} answered ${status}: the forum shows it to members only, and no log-in is passed.`,
  );
}

/** `/posts.json` lists the newest posts of all the forum; `before` leads to older ones. */
async function latestPosts(site: string, token: string | null, ask: Ask) {
  const { body, sha256, url } = await ask(`/posts.json${token === null ? "" : `?before=${token}`}`);
  const { latest_posts: posts } = fieldsOf(body);
  if (!Array.isArray(posts)) throw new SetAside(`${url} has changed shape: it has no list of posts.`);
  const items = posts.map((post, at): WalkItem => {
    const id = idOf(fieldsOf(post).id);
    const raw: PostRecord = { site, topic: null, post, sha256 };
    return { where: `${url} post ${id ?? at + 1}`, key: id ?? "", raw, apart: id === null };
  });
  const oldest = items.filter(({ apart }) => apart !== true).at(-1)?.key ?? null;
  return { items, next: oldest === null || oldest === "1" ? null : oldest };
}

/** Topics with posts that were not read yet, each from where it was left. */
async function* readTopics(
  site: string,
  options: DiscourseOptions,
  from: TopicsCursor,
  ask: Ask,
  io: CollectorIo,
): AsyncGenerator<Page<TopicsCursor>> {
  const read = new Map(Object.entries(from.read));
  let left = options.max_pages;
  const spend = (): boolean => left-- > 0;
  for (let page = 0; ; page++) {
    if (!spend()) break;
    const { topics, more } =
      options.topics === undefined
        ? await listTopics(options.category!, page, ask)
        : { topics: options.topics.map((id) => ({ id: String(id), highest: null })), more: false };
    const stale = topics.filter(({ id, highest }) => highest === null || highest > (read.get(id) ?? 0));
    for (const { id } of stale) {
      if (io.signal.aborted) return;
      const known = read.get(id) ?? 0;
      if (!spend()) return io.warn(options.site, waits(options));
      const { records, rest, highest } = await firstPosts(site, id, known, ask);
      let whole = true;
      for (let at = 0; at < rest.length && whole; at += AT_ONCE) {
        whole = spend();
        if (whole) records.push(...(await postsOf(site, id, rest.slice(at, at + AT_ONCE), ask)));
      }
      if (io.signal.aborted) return;
      read.delete(id);
      read.set(id, whole ? highest : Math.max(known, ...records.map(({ raw }) => numberOf(raw.post))));
      yield { records, next: { of: from.of, read: Object.fromEntries([...read].slice(-REMEMBERED)) } };
      if (!whole) return io.warn(options.site, waits(options));
    }
    // Topics are listed by their last post: behind a page without news there is none, unless the first crawl goes back.
    if (!more || (stale.length === 0 && from.read !== undefined && Object.keys(from.read).length > 0)) return;
  }
  io.warn(options.site, waits(options));
}

const waits = ({ max_pages }: DiscourseOptions): string =>
  `max_pages is ${max_pages}; what is left waits for the next crawl.`;

async function listTopics(category: string, page: number, ask: Ask) {
  const { body, url } = await ask(`/c/${category}.json?page=${page}`);
  const { topics, more_topics_url } = fieldsOf(fieldsOf(body).topic_list);
  if (!Array.isArray(topics)) throw new SetAside(`${url} has changed shape: it has no list of topics.`);
  return {
    topics: topics.flatMap((topic) => {
      const { id, highest_post_number } = fieldsOf(topic);
      const number = idOf(id);
      return number === null ? [] : [{ id: number, highest: countOf(highest_post_number) }];
    }),
    more: textOf(more_topics_url) !== null && topics.length > 0,
  };
}

/** A topic comes with its first posts and the ids of all. */
async function firstPosts(site: string, topic: string, known: number, ask: Ask) {
  const { body, url, sha256 } = await ask(`/t/${topic}.json`);
  const { post_stream, title, highest_post_number } = fieldsOf(body);
  const { posts, stream } = fieldsOf(post_stream);
  if (!Array.isArray(posts)) throw new SetAside(`${url} has changed shape: it has no posts.`);
  const given = new Set(posts.map((post) => idOf(fieldsOf(post).id)));
  const ids = (Array.isArray(stream) ? stream : []).flatMap((id) => idOf(id) ?? []);
  // Ids are in order of their posts, and so many were read before; some may have been deleted since.
  const rest = ids.filter((id) => !given.has(id)).slice(Math.max(0, known - posts.length - AT_ONCE));
  const records = posts
    .filter((post) => numberOf(post) > known)
    .map((post) => recordOf(site, textOf(title), post, sha256, url));
  return { records, rest, highest: countOf(highest_post_number) ?? Math.max(known, ...posts.map(numberOf)) };
}

async function postsOf(site: string, topic: string, ids: readonly string[], ask: Ask) {
  const query = new URLSearchParams(ids.map((id): [string, string] => ["post_ids[]", id]));
  const { body, url, sha256 } = await ask(`/t/${topic}/posts.json?${query}`);
  const { posts } = fieldsOf(fieldsOf(body).post_stream);
  if (!Array.isArray(posts)) throw new SetAside(`${url} has changed shape: it has no posts.`);
  return posts.map((post) => recordOf(site, null, post, sha256, url));
}

const numberOf = (post: unknown): number => countOf(fieldsOf(post).post_number) ?? 0;

function recordOf(site: string, topic: string | null, post: unknown, sha256: string, url: string) {
  const raw: PostRecord = { site, topic, post, sha256 };
  return { where: `${url.replace(/\?.*/, "")} post ${idOf(fieldsOf(post).id) ?? "?"}`, raw };
}

function unreachable(reason: string): Unreachable {
  return { found: "unreachable", reason };
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return null;
  }
}
