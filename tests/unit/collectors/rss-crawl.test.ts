import { afterEach, expect, test } from "vitest";
import { rss } from "../../../collectors/rss/index.ts";
import { type RssCursor, rssOptions } from "../../../collectors/rss/options.ts";
import { SetAside } from "../../../contracts/errors.ts";
import { crawl, type Outcome } from "../../contracts/collector.crawl.ts";
import { type Answering, serve, type TestServer } from "../http/server.ts";

const FEED =
  '<rss version="2.0"><channel><title>Ledger</title><item><title>One</title><link>http://ledger.example/1</link></item></channel></rss>';

let server: TestServer | null = null;

const start = async (routes: Readonly<Record<string, Answering>>) => {
  const site = await serve(routes);
  server = site;
  const { fetch } = site.client();
  const run = (from: RssCursor | null, path = "/feed"): Promise<Outcome<RssCursor>> => {
    const options = rssOptions.parse({ url: `http://ledger.example${path}` });
    const io = { fetch, secrets: {}, now: () => new Date(), signal: new AbortController().signal };
    return crawl(rss, options, from, io);
  };
  const asked = () => site.seen.map(({ path }) => path).filter((path) => path !== "/robots.txt");
  return { run, asked };
};

const feed: Answering = (response, request) => {
  if (request.headers["if-none-match"] === '"7"') response.writeHead(304).end();
  else response.writeHead(200, { etag: '"7"', "last-modified": "Wed, 08 Sep 2021 08:00:00 GMT" }).end(FEED);
};

afterEach(async () => {
  await server?.close();
  server = null;
});

test("an unchanged feed costs one short answer and leaves the cursor as it was", async () => {
  const { run, asked } = await start({ "/feed": feed });
  const first = await run(null);
  expect(first.drafts).toHaveLength(1);
  expect(first.cursor).toEqual({
    url: "http://ledger.example/feed",
    moved_to: null,
    etag: '"7"',
    last_modified: "Wed, 08 Sep 2021 08:00:00 GMT",
  });
  const second = await run(first.cursor);
  expect(second).toMatchObject({ drafts: [], failure: null, cursor: first.cursor });
  expect(asked()).toEqual(["/feed", "/feed"]);
});

test("a feed that moved for good is asked for at its new address, and keeps its account", async () => {
  const { run, asked } = await start({
    "/feed": (response) => response.writeHead(301, { location: "http://new.example/rss" }).end(),
    "/rss": feed,
  });
  const first = await run(null);
  expect(first.cursor?.moved_to).toBe("http://new.example/rss");
  const second = await run({ ...first.cursor!, etag: null });
  expect(asked()).toEqual(["/feed", "/rss", "/rss"]);
  expect(second.cursor?.moved_to).toBe("http://new.example/rss");
  expect(second.drafts[0]!.account).toEqual({ id: "ledger.example", name: "Ledger" });
});

test("when the new address is gone, the configured one is asked again", async () => {
  const { run } = await start({ "/feed": feed });
  const cursor = {
    url: "http://ledger.example/feed",
    moved_to: "http://new.example/rss",
    etag: '"7"',
    last_modified: null,
  };
  const outcome = await run(cursor);
  expect(outcome.drafts).toHaveLength(1);
  expect(outcome.cursor?.moved_to).toBeNull();
  expect(outcome.warnings[0]).toMatch(/had moved to http:\/\/new.example\/rss, which no longer answers/);
});

test("a redirect to something that is no feed is not remembered", async () => {
  const { run } = await start({
    "/feed": (response) => response.writeHead(301, { location: "/login" }).end(),
    "/login": (response) => response.end("<html><title>Log in</title></html>"),
  });
  const { failure, cursor } = await run(null);
  expect(failure).toBeInstanceOf(SetAside);
  expect(failure?.message).toMatch(/is an HTML page \("Log in"\), not a feed, and it names none/);
  expect(cursor).toBeNull();
});

test("a cursor of another address says nothing of this one", async () => {
  const { run } = await start({ "/feed": feed });
  const cursor = {
    url: "http://other.example/feed",
    moved_to: "http://new.example/rss",
    etag: '"7"',
    last_modified: null,
  };
  expect((await run(cursor)).drafts).toHaveLength(1);
});
