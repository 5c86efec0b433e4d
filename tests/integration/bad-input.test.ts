import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configSchema } from "../../config/schema.ts";
import type { Run } from "../../contracts/run.ts";
import { runEmbedded } from "../../workers/embedded.ts";
import { all, quiet, temporaryFolder, withStore } from "../support/pipeline.ts";

const FEED = `<rss version="2.0"><channel><title>Good paper</title><link>http://good.example/</link>
<item><title>Bridge closed</title><link>http://good.example/1</link><description>The bridge is closed until Friday for repairs.</description><pubDate>Thu, 09 Sep 2021 08:00:00 GMT</pubDate></item>
<item><title>No date</title><link>http://good.example/2</link><description>An item that never says when it was written.</description></item>
<item><title>Far future</title><link>http://good.example/3</link><description>An item from the last day of all.</description><pubDate>Fri, 31 Dec 9999 23:59:59 GMT</pubDate></item>
</channel></rss>`;

/** Hosts that misbehave, each in its own way, and one that does not. */
const ANSWERS: Readonly<
  Record<
    string,
    (path: string) => { status: number; headers?: Record<string, string>; body: string | Buffer }
  >
> = {
  "good.example": (at) =>
    at === "/robots.txt"
      ? { status: 404, body: "" }
      : { status: 200, headers: { "content-type": "application/rss+xml" }, body: FEED },
  "page.example": (at) =>
    at === "/robots.txt"
      ? { status: 404, body: "" }
      : {
          status: 200,
          headers: { "content-type": "text/html" },
          body: "<html><head><title>Home</title></head><body><p>Welcome.</p></body></html>",
        },
  "huge.example": (at) =>
    at === "/robots.txt"
      ? { status: 404, body: "" }
      : {
          status: 200,
          headers: { "content-type": "application/rss+xml" },
          body: Buffer.alloc(50_000_000, 0x20),
        },
  "loop.example": (at) =>
    at === "/robots.txt"
      ? { status: 404, body: "" }
      : { status: 302, headers: { location: at === "/a" ? "/b" : "/a" }, body: "" },
  "closed.example": (at) =>
    at === "/robots.txt"
      ? { status: 200, headers: { "content-type": "text/plain" }, body: "User-agent: *\nDisallow: /\n" }
      : { status: 200, body: FEED },
  "gone.example": (at) => (at === "/robots.txt" ? { status: 404, body: "" } : { status: 404, body: "" }),
};

describe("bad input costs nothing else", () => {
  let server: Server;
  let runs: ReadonlyMap<string, Run>;
  let posts: number;
  const folder = temporaryFolder();

  beforeAll(async () => {
    server = createServer((request, response) => {
      const { status, headers = {}, body } = ANSWERS[request.headers.host!]!(request.url!);
      response.writeHead(status, headers).end(body);
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const feed = (name: string, url: string) => ({ name, collector: "rss", url });
    const config = configSchema.parse({
      data: path.join(folder.dir, "data"),
      http: { delay_ms: 0, hosts: { "*.example": address } },
      sources: [
        feed("a page", "http://page.example/feed"),
        feed("a huge body", "http://huge.example/feed"),
        feed("a loop", "http://loop.example/a"),
        feed("forbidden", "http://closed.example/feed"),
        feed("gone", "http://gone.example/feed"),
        feed("a private address", `http://${address}/feed`),
        feed("good", "http://good.example/feed"),
      ],
    });
    const done = await runEmbedded(config, { log: quiet, once: true, signal: new AbortController().signal });
    runs = new Map(done.runs.map((run) => [run.source, run]));
    posts = await withStore(folder.dir, async (store) => (await all(store, "posts")).length);
  });

  afterAll(() => {
    server.close();
    folder[Symbol.dispose]();
  });

  it.each([
    ["a page", /page\.example.*HTML/i],
    ["a huge body", /huge\.example.*(?:bytes|MB)/i],
    ["a loop", /loop\.example.*(?:loop|redirect)/i],
    ["forbidden", /robots\.txt of closed\.example forbids/],
    ["gone", /gone\.example.*404/],
    ["a private address", /127\.0\.0\.1.*(?:private|not public|loopback)/i],
  ])("%s fails its own run with one sentence that names the place", (name, sentence) => {
    const run = runs.get(name)!;
    expect(run.status).toBe("failed");
    expect(run.problems).toHaveLength(1);
    expect(run.problems[0]).toMatch(sentence);
    expect(run.seen).toBe(0);
  });

  it("and the good source is collected whole, its undated items kept and told", () => {
    const run = runs.get("good")!;
    expect(run).toMatchObject({ status: "done", seen: 3, buckets: { added: 1, undated: 2, rejected: 0 } });
    expect(run.problems).toEqual([
      expect.stringContaining("no time of publication"),
      expect.stringContaining("lies in the future"),
    ]);
    expect(posts).toBe(3);
  });
});
