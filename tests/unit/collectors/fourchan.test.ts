import { expect, test } from "vitest";
import { fourchan } from "../../../collectors/fourchan/index.ts";
import { fourchanOptions } from "../../../collectors/fourchan/options.ts";
import type { Post } from "../../../contracts/post.ts";
import { crawl } from "../../contracts/collector.crawl.ts";
import { collectorSuite } from "../../contracts/collector.suite.ts";
import { type Answering, serve } from "../http/server.ts";

collectorSuite({
  damage: true,
  collector: fourchan,
  fixtures: "tests/fixtures/fourchan",
  options: ({ url, extra }) => ({ api: new URL(url).origin, board: "po", ...extra }),
  surprise: (raw) => {
    const record = raw as { readonly post: object };
    return { ...record, post: { ...record.post, surprise: "?" } };
  },
});

const json =
  (body: unknown): Answering =>
  (response) =>
    response.writeHead(200, { "last-modified": "Wed, 31 Dec 2025 10:00:00 GMT" }).end(JSON.stringify(body));
const post = (no: number, more = {}) => ({ no, resto: 0, time: 1767175200 + no, com: `Post ${no}`, ...more });

test("a thread that changed is asked for, gives what is new, and is asked for a last time when it has left the list", async () => {
  const asked: string[] = [];
  let threads = [{ no: 1, last_modified: 10 }];
  let posts = [post(1)];
  let pruned = false;
  const server = await serve(
    new Proxy({} as Record<string, Answering>, {
      get: (_, path: string) => {
        asked.push(path);
        if (path === "/po/threads.json") return json([{ page: 1, threads }]);
        return pruned ? undefined : json({ posts });
      },
    }),
  );
  const { fetch } = server.client();
  const io = {
    fetch,
    now: () => new Date(),
    signal: new AbortController().signal,
    secrets: {},
    warn: () => {},
  };
  const options = fourchanOptions.parse({ api: "http://api.example", board: "po" });
  try {
    const first = await crawl(fourchan, options, null, io);
    expect(first.drafts).toHaveLength(1);
    const same = await crawl(fourchan, options, first.cursor, io);
    expect(same.drafts).toHaveLength(0);
    expect(asked.filter((path) => path === "/po/thread/1.json")).toHaveLength(1);

    threads = [{ no: 1, last_modified: 20 }];
    posts = [post(1), post(2, { resto: 1 })];
    const second = await crawl(fourchan, options, same.cursor, io);
    expect(second.drafts.map(({ id }) => id)).toEqual(["po/2"]);

    threads = [{ no: 9, last_modified: 5 }];
    posts = [post(1), post(2, { resto: 1 }), post(3, { resto: 1 })];
    const third = await crawl(fourchan, options, second.cursor, io);
    expect(third.drafts.map(({ id }) => id)).toContain("po/3");
    expect(Object.keys(third.cursor!.threads)).toEqual(["9"]);

    const look = (no: number) =>
      fourchan.revisit!(
        { id: `4chan:po/${no}`, url: `https://boards.4chan.org/po/thread/1?p=${no}#p${no}` } as Post,
        options,
        io,
      );
    expect(await look(2)).toMatchObject({ found: "seen" });
    expect(await look(7)).toMatchObject({ found: "gone", by: "unknown" });
    pruned = true;
    expect(await look(2)).toMatchObject({ found: "unreachable" });
  } finally {
    await server.close();
  }
});

test("4chan itself is asked no faster than once a second, whatever the pause of the client", async () => {
  const server = await serve({
    "/po/threads.json": json([{ page: 1, threads: [{ no: 1, last_modified: 10 }] }]),
    "/po/thread/1.json": json({ posts: [post(1)] }),
  });
  try {
    const { fetch } = server.client({ hosts: { "a.4cdn.org": server.address } });
    const io = { fetch, now: () => new Date(), signal: new AbortController().signal, secrets: {} };
    const options = fourchanOptions.parse({ api: "http://a.4cdn.org", board: "po" });
    expect((await crawl(fourchan, options, null, io)).drafts).toHaveLength(1);
    const [first, second] = server.seen.map(({ at }) => at);
    // A timer may fire a few milliseconds early.
    expect(second! - first!).toBeGreaterThan(950);
  } finally {
    await server.close();
  }
});
