import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { youtube } from "../../../collectors/youtube/index.ts";
import { RetryLater } from "../../../contracts/errors.ts";
import type { Post } from "../../../contracts/post.ts";
import { type Answering, type AnsweringServer, answering } from "../../support/answering.ts";

const { items } = JSON.parse(readFileSync("tests/fixtures/youtube/by-key/videos", "utf8"));
const API = { api: "http://data.example", site: "http://feeds.example" };
const KEY = { key: "a-secret-key" };
const QUOTA: Answering = {
  status: 403,
  body: { error: { message: "no more", errors: [{ reason: "quotaExceeded" }] } },
};

let server: AnsweringServer;
afterEach(() => server.close());

test("a search asks for the videos it finds, by the key in a header, and follows its pages", async () => {
  server = await answering(({ path }): Answering => {
    if (path.includes("/videos?")) return { body: { items } };
    const found = [{ id: { videoId: "aaaaaaaaa01" }, snippet: { publishedAt: "2025-12-10T09:00:00Z" } }];
    return { body: path.includes("pageToken=") ? { items: [] } : { items: found, nextPageToken: "T2" } };
  });
  const { drafts, failure } = await server.run(youtube, { ...API, search: "harbour pier" }, null, KEY);
  expect(failure).toBeNull();
  expect(drafts).toMatchObject([
    { id: "aaaaaaaaa01", engagement: { views: 304321, likes: 15020, comments: 12 } },
  ]);
  expect(server.asked).toHaveLength(3);
  expect(server.asked.every(({ path }) => !path.includes("a-secret-key"))).toBe(true);
  expect(server.asked.every(({ headers }) => headers["x-goog-api-key"] === "a-secret-key")).toBe(true);
});

test("a quota that is used up is left alone until midnight in California, also by the next crawl", async () => {
  server = await answering(() => QUOTA);
  server.now = new Date("2026-01-01T20:30:00Z");
  const first = await server.run(youtube, { ...API, search: "pier" }, null, KEY);
  expect(first.failure).toBeInstanceOf(RetryLater);
  expect((first.failure as RetryLater).after).toBe(11.5 * 3_600_000);
  const second = await server.run(youtube, { ...API, search: "pier" }, first.cursor, KEY);
  expect(second.failure?.message).toContain("left alone until 2026-01-02T08:00:00.000Z");
  expect(server.asked).toHaveLength(1);
});

test("single videos are read fifty at a time; one that is not given out is told", async () => {
  server = await answering(() => ({ body: { items } }));
  const ids = Array.from({ length: 60 }, (_, i) => `aaaaaaaaa${String(i + 1).padStart(2, "0")}`);
  const { drafts, rejected } = await server.run(youtube, { ...API, videos: ids }, null, KEY);
  expect(server.asked).toHaveLength(2);
  expect(drafts).toHaveLength(2);
  expect(rejected).toHaveLength(58);
  expect(rejected[1]).toContain("deleted, private or withheld");
});

test("what needs a key says so", async () => {
  server = await answering(() => ({}));
  const { failure } = await server.run(youtube, { ...API, search: "pier" });
  expect(failure?.message).toContain("key_env");
});

test("looked at again, with a key and without", async () => {
  const answers: Record<string, Answering> = {
    aaaaaaaaa01: { body: { items: [items[0]] } },
    aaaaaaaaa09: { body: { items: [] } },
  };
  server = await answering(({ path }) => {
    const id = /(aaaaaaaaa\d\d)/.exec(path)![1]!;
    if (!path.startsWith("/oembed")) return answers[id]!;
    return { status: { aaaaaaaaa01: 200, aaaaaaaaa09: 404 }[id] ?? 401, body: {} };
  });
  const options = youtube.info.options.parse({ ...API, search: "pier" });
  const look = (id: string, secrets: Record<string, string>) =>
    youtube.revisit!({ id: `youtube:${id}` } as Post, options, { ...server.io(secrets), warn: () => {} });
  expect(await look("aaaaaaaaa01", KEY)).toMatchObject({ found: "seen", records: [{}] });
  expect(await look("aaaaaaaaa09", KEY)).toMatchObject({ found: "gone", by: "unknown" });
  expect(await look("aaaaaaaaa01", {})).toEqual({ found: "seen", records: [] });
  expect(await look("aaaaaaaaa09", {})).toMatchObject({ found: "gone" });
  expect(await look("aaaaaaaaa05", {})).toMatchObject({ found: "unreachable" });
});
