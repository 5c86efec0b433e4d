import { expect, test } from "vitest";
import { discourse } from "../../../collectors/discourse/index.ts";
import { discourseOptions } from "../../../collectors/discourse/options.ts";
import type { Post } from "../../../contracts/post.ts";
import { crawl } from "../../contracts/collector.crawl.ts";
import { collectorSuite } from "../../contracts/collector.suite.ts";
import { type Answering, serve } from "../http/server.ts";

collectorSuite({
  damage: true,
  collector: discourse,
  fixtures: "tests/fixtures/discourse",
  options: ({ url, extra }) => ({ site: new URL(url).origin, ...extra }),
  surprise: (raw) => {
    const record = raw as { readonly post: object };
    return { ...record, post: { ...record.post, surprise: "?" } };
  },
});

const json =
  (status: number, body: object): Answering =>
  (response) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));

test("a topic that grew is read from where it was left", async () => {
  const post = (id: number) => ({
    id,
    username: "heron",
    cooked: `<p>Post ${id}</p>`,
    post_number: id,
    topic_id: 5,
    created_at: "2025-12-30T10:00:00Z",
  });
  let count = 30;
  const asked: string[] = [];
  const server = await serve(
    new Proxy({} as Record<string, Answering>, {
      get: (_, path: string) => {
        if (path === "/robots.txt") return undefined;
        asked.push(path);
        const ids = Array.from({ length: count }, (_one, at) => at + 1);
        if (path === "/t/5.json") {
          const posts = ids.slice(0, 20).map(post);
          return json(200, {
            id: 5,
            title: "T",
            highest_post_number: count,
            post_stream: { posts, stream: ids },
          });
        }
        const wanted = new URL(path, "http://x.example").searchParams.getAll("post_ids[]");
        return json(200, { post_stream: { posts: wanted.map((id) => post(Number(id))) } });
      },
    }),
  );
  try {
    const { fetch } = server.client();
    const io = {
      fetch,
      now: () => new Date("2026-01-01"),
      signal: new AbortController().signal,
      secrets: {},
    };
    const options = discourseOptions.parse({ site: "http://forum.example", topics: [5] });
    const first = await crawl(discourse, options, null, io);
    expect(first.drafts).toHaveLength(30);
    count = 70;
    const second = await crawl(discourse, options, first.cursor, io);
    const texts = second.drafts.map(({ text }) => text);
    for (let id = 31; id <= 70; id++) expect(texts).toContain(`Post ${id}`);
    expect(texts.length).toBeLessThan(70);
  } finally {
    await server.close();
  }
});

test("a deletion is told with who deleted, where the forum says so", async () => {
  const server = await serve({
    "/posts/1.json": json(200, { id: 1, user_deleted: true }),
    "/posts/2.json": json(404, {}),
    "/posts/3.json": json(403, {}),
    "/posts/4.json": json(200, { id: 4, cooked: "<p>still here</p>", post_number: 1, topic_id: 9 }),
  });
  try {
    const { fetch } = server.client();
    const io = {
      fetch,
      now: () => new Date(),
      signal: new AbortController().signal,
      secrets: {},
      warn: () => {},
    };
    const options = discourseOptions.parse({ site: "http://forum.example" });
    const look = (n: number) =>
      discourse.revisit!(
        { id: `discourse:forum.example/${n}`, url: "http://forum.example/t/x/9/1", title: null } as Post,
        options,
        io,
      );
    expect(await look(1)).toMatchObject({ found: "gone", by: "author" });
    expect(await look(2)).toMatchObject({ found: "gone", by: "unknown" });
    expect(await look(3)).toMatchObject({ found: "unreachable" });
    expect(await look(4)).toMatchObject({
      found: "seen",
      records: [{ raw: { site: "http://forum.example" } }],
    });
  } finally {
    await server.close();
  }
});
