import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { vk } from "../../../collectors/vk/index.ts";
import { RetryLater, SetAside } from "../../../contracts/errors.ts";
import type { Post } from "../../../contracts/post.ts";
import { type Answering, type AnsweringServer, type Asked, answering } from "../../support/answering.ts";

const API = { api: "http://api.example" };
const SECRETS = { token: "a-service-token" };
const { response } = JSON.parse(readFileSync("tests/fixtures/vk/wall/source.json", "utf8"));
const asking = ({ body }: Asked) => Object.fromEntries(new URLSearchParams(body));
const post = (id: number) => ({
  id,
  owner_id: -12345,
  from_id: -12345,
  date: 1_765_357_200 + id,
  text: `Notice ${id}`,
});

let server: AnsweringServer;
afterEach(() => server.close());

const error = (error_code: number): Answering => ({ body: { error: { error_code, error_msg: "…" } } });

test("a wall is read page by page, by POST with the token in the body, to where the last crawl began", async () => {
  const wall = Array.from({ length: 250 }, (_, i) => post(250 - i));
  server = await answering((asked) => {
    const offset = Number(asking(asked).offset);
    return { body: { response: { count: wall.length, items: wall.slice(offset, offset + 100) } } };
  });
  const options = { ...API, wall: "-12345", pages: 10 };
  const first = await server.run(vk, options, null, SECRETS);
  expect(first.drafts).toHaveLength(250);
  expect(server.asked.map((asked) => asking(asked).offset)).toEqual(["0", "100", "200"]);
  expect(asking(server.asked[0]!)).toMatchObject({
    owner_id: "-12345",
    access_token: "a-service-token",
    extended: "1",
  });
  expect(server.asked.every(({ method, path }) => method === "POST" && path === "/method/wall.get")).toBe(
    true,
  );
  wall.unshift(post(251));
  const second = await server.run(vk, options, first.cursor, SECRETS);
  expect(server.asked).toHaveLength(4);
  expect(second.drafts[0]).toMatchObject({ id: "-12345_251", url: "https://vk.com/wall-12345_251" });
});

test("a search goes by time over many walls, and follows its own token", async () => {
  server = await answering((asked) => {
    const { start_from } = asking(asked);
    const items = start_from === undefined ? [post(20), { ...post(19), owner_id: 5, from_id: 5 }] : [];
    return { body: { response: { items, ...(start_from === undefined ? { next_from: "20/x" } : {}) } } };
  });
  const { drafts, cursor } = await server.run(vk, { ...API, search: "причал" }, null, SECRETS);
  expect(drafts.map(({ id }) => id)).toEqual(["-12345_20", "5_19"]);
  expect(asking(server.asked[0]!)).toMatchObject({ q: "причал" });
  expect(asking(server.asked[1]!)).toMatchObject({ start_from: "20/x" });
  expect(cursor).toMatchObject({ floor: "1765357220" });
});

test.each([
  [6, RetryLater, 2_000],
  [9, RetryLater, 600_000],
  [10, RetryLater, 60_000],
  [29, RetryLater, 21_600_000],
])("error %d passes by itself", async (code, _kind, after) => {
  server = await answering(() => error(code));
  const { failure } = await server.run(vk, { ...API, wall: "harbour" }, null, SECRETS);
  expect((failure as RetryLater).after).toBe(after);
});

test.each([
  [5, "make a new one"],
  [14, "captcha"],
  [15, "closed or private"],
  [18, "deleted or blocked"],
  [28, "user's token"],
  [30, "profile is private"],
  [100, "name of the wall"],
  [4242, "refuses"],
])("error %d is told: %s", async (code, words) => {
  server = await answering(() => error(code));
  const { failure } = await server.run(vk, { ...API, wall: "harbour" }, null, SECRETS);
  expect(failure).toBeInstanceOf(SetAside);
  expect(failure?.message).toContain(words);
  expect(failure?.message).not.toContain("a-service-token");
});

test("looked at again, a post is the same as it was read, gone, or not to be told", async () => {
  const [, read] = response.items;
  const answers: Record<string, Answering> = {
    "-12345_1001": { body: { response: { ...response, items: [read] } } },
    "-12345_2": { body: { response: { items: [] } } },
    "-12345_998": { body: { response: { items: [response.items[4]] } } },
    "-12345_4": error(15),
  };
  server = await answering((asked) => answers[asking(asked).posts!] ?? { body: { response } });
  const options = vk.info.options.parse({ ...API, wall: "harbour_news" });
  const crawled = await server.run(vk, { ...API, wall: "harbour_news" }, null, SECRETS);
  const look = (id: string) =>
    vk.revisit!({ id: `vk:${id}` } as Post, options, { ...server.io(SECRETS), warn: () => {} });
  const seen = await look("-12345_1001");
  if (seen.found !== "seen") throw new Error(seen.reason);
  const mapped = vk.map(seen.records[0]!.raw, options);
  const before = crawled.drafts.find(({ id }) => id === "-12345_1001")!;
  expect("draft" in mapped && { ...mapped.draft, sha256: null }).toEqual({ ...before, sha256: null });
  expect(await look("-12345_2")).toMatchObject({ found: "gone", by: "unknown" });
  expect(await look("-12345_998")).toMatchObject({ found: "gone", by: "platform" });
  expect(await look("-12345_4")).toMatchObject({ found: "unreachable" });
});
