import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { wechatArticle } from "../../../collectors/wechat-article/index.ts";
import {
  type WechatArticleCursor,
  wechatArticleOptions,
} from "../../../collectors/wechat-article/options.ts";
import { RetryLater, SetAside } from "../../../contracts/errors.ts";
import { crawl } from "../../contracts/collector.crawl.ts";
import { samplePost } from "../../contracts/store.samples.ts";
import { type Answering, serve, type TestServer } from "../http/server.ts";

const HOST = "http://mp.weixin.example";
const article = (mid: number) =>
  `<div id="js_article"><div id="js_content">Text ${mid}</div></div><script>window.cgiDataNew = {` +
  `title: JsDecode('Title ${mid}'), bizuin: JsDecode('Mzk='), mid: '${mid}' * 1, idx: '1' * 1 };</script>`;
const notice = '<h2 class="weui-msg__title">该内容暂时无法查看</h2>';

let server: TestServer | null = null;
let folder: string | null = null;

afterEach(async () => {
  await server?.close();
  if (folder !== null) rmSync(folder, { recursive: true });
  server = null;
  folder = null;
});

const start = async (routes: Readonly<Record<string, Answering>>) => {
  const site = await serve(routes);
  server = site;
  const { fetch } = site.client();
  const io = { fetch, secrets: {}, now: () => new Date(), signal: new AbortController().signal };
  const run = (from: WechatArticleCursor | null, options: object) =>
    crawl(wechatArticle, wechatArticleOptions.parse(options), from, io);
  const asked = () => site.seen.map((request) => request.path).filter((name) => name !== "/robots.txt");
  return { run, asked };
};

const listFile = (text: string): string => {
  folder = mkdtempSync(path.join(tmpdir(), "wechat-article-"));
  const file = path.join(folder, "articles.txt");
  writeFileSync(file, text);
  return file;
};

const ids = (drafts: readonly { readonly id?: string | null }[]) => drafts.map(({ id }) => id);

test("an unchanged page yields nothing the second time, a notice is asked for anew", async () => {
  const tagged =
    (body: string): Answering =>
    (response, request) => {
      if (request.headers["if-none-match"] === '"1"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"1"' }).end(body);
    };
  const { run } = await start({ "/s/1": tagged(article(1)), "/s/2": tagged(notice) });
  const options = { urls: [`${HOST}/s/1`, `${HOST}/s/2`] };
  const first = await run(null, options);
  expect(ids(first.drafts)).toEqual(["Mzk=_1_1"]);
  expect(first.cursor).toEqual({
    resume: null,
    seen: { [`${HOST}/s/1`]: { etag: '"1"', last_modified: null } },
  });
  const second = await run(first.cursor, options);
  expect(second.raws).toHaveLength(1);
  expect(second.rejected[0]).toMatch(/temporarily unavailable/);
  expect(second.cursor).toEqual(first.cursor);
});

test("pages that cannot be had are counted, each with its reason", async () => {
  const { run } = await start({ "/s/1": (response) => response.end(article(1)) });
  const outcome = await run(null, { urls: [`${HOST}/s/none`, `${HOST}/s/1`] });
  expect(ids(outcome.drafts)).toEqual(["Mzk=_1_1"]);
  expect(outcome.rejected).toHaveLength(1);
  expect(outcome.rejected[0]).toContain("404");
  expect(outcome.failure).toBeNull();
});

test("a crawl that was asked to wait goes on where it stopped", async () => {
  let busy = true;
  const { run, asked } = await start({
    "/s/1": (response) => response.end(article(1)),
    "/s/2": (response) => {
      if (busy) response.writeHead(429, { "retry-after": "600" }).end();
      else response.end(article(2));
    },
    "/s/3": (response) => response.end(article(3)),
  });
  const options = { urls: [1, 2, 3].map((number) => `${HOST}/s/${number}`) };
  const first = await run(null, options);
  expect(first.failure).toBeInstanceOf(RetryLater);
  expect(first.cursor).toEqual({ resume: `${HOST}/s/2`, seen: {} });
  busy = false;
  // Another client, because the first keeps to what the site asked for.
  const { fetch } = server!.client();
  const io = { fetch, secrets: {}, now: () => new Date(), signal: new AbortController().signal };
  const goOn = (from: WechatArticleCursor | null) =>
    crawl(wechatArticle, wechatArticleOptions.parse(options), from, io);
  const second = await goOn(first.cursor);
  expect(ids(second.drafts)).toEqual(["Mzk=_2_1", "Mzk=_3_1"]);
  expect(second.cursor?.resume).toBeNull();
  expect(asked().filter((name) => name === "/s/1")).toHaveLength(1);
  expect((await goOn(second.cursor)).drafts).toHaveLength(3);
});

test("a file of addresses is read line by line, each address once", async () => {
  const { run, asked } = await start({
    "/s/1": (response) => response.end(article(1)),
    "/s/2": (response) => response.end(article(2)),
  });
  const urls_file = listFile(
    `\ufeff# mine\r\n${HOST}/s/1\r\n\r\nnonsense\r\n ${HOST}/s/2 \r\n${HOST}/s/1\r\n`,
  );
  const outcome = await run(null, { urls: [`${HOST}/s/2`], urls_file });
  expect(ids(outcome.drafts)).toEqual(["Mzk=_2_1", "Mzk=_1_1"]);
  expect(asked()).toEqual(["/s/2", "/s/1"]);
  expect(outcome.rejected).toEqual([
    `${urls_file} line 4: the line is no http(s) address; write one address a line`,
  ]);
});

test("a missing file of addresses is told with its name", async () => {
  const { run } = await start({});
  const { failure } = await run(null, { urls_file: "no/such/articles.txt" });
  expect(failure).toBeInstanceOf(SetAside);
  expect(failure?.message).toMatch(/no\/such\/articles\.txt cannot be read .*urls_file/);
});

test("the options need one of the two", () => {
  expect(wechatArticleOptions.safeParse({}).success).toBe(false);
});

test("a second look tells who took an article away, and takes nothing else for an absence", async () => {
  const say = (title: string) => `<h2 class="weui-msg__title">${title}</h2>`;
  const pages: Readonly<Record<string, string>> = {
    "/s/1": article(1),
    "/s/2": say("该内容已被发布者删除"),
    "/s/3": say("此内容因违规无法查看"),
    "/s/4": say("该账号已被自主注销"),
    "/s/5": notice,
    "/s/6": say("环境异常"),
    "/s/7": "<title>Something else</title>",
  };
  const site = await serve(
    Object.fromEntries(
      Object.entries(pages).map(([at, body]) => [at, (response) => void response.end(body)]),
    ),
  );
  server = site;
  const io = {
    fetch: site.client().fetch,
    secrets: {},
    now: () => new Date(),
    signal: new AbortController().signal,
    warn: () => {},
  };
  const found = async (url: string) => {
    const options = wechatArticleOptions.parse({ urls: [url] });
    const revisited = await wechatArticle.revisit!(samplePost("wechat:1", { url }), options, io);
    return revisited.found === "gone" ? revisited.by : revisited.found;
  };
  const all = [];
  for (const n of [1, 2, 3, 4, 5, 6, 7, 8]) all.push(await found(`${HOST}/s/${n}`));
  expect(all).toEqual([
    "seen",
    "author",
    "platform",
    "account",
    "unreachable",
    "unreachable",
    "unreachable",
    // A bare 404: WeChat says deletions in a page.
    "unreachable",
  ]);
});

test("articles that stored posts point at are read once each, however their addresses are written", async () => {
  let busy = true;
  const { asked } = await start({
    "/s/1": (response) => response.end(article(1)),
    "/s?__biz=Mzk=&mid=2&idx=1&sn=x": (response) => response.end(article(2)),
    "/s/3": (response) => {
      if (busy) response.writeHead(429, { "retry-after": "600" }).end();
      else response.end(article(3));
    },
  });
  const stored = [
    [`${HOST}/s/1`, "2026-01-01T00:00:00.000Z"],
    [`${HOST}/s/1#top`, "2026-01-01T00:00:01.000Z"],
    ["https://elsewhere.example/s/1", "2026-01-01T00:00:02.000Z"],
    [`${HOST}/mp/appmsgalbum?album_id=1`, "2026-01-01T00:00:02.000Z"],
    [`${HOST}/s?__biz=Mzk=&mid=2&idx=1&sn=x`, "2026-01-01T00:00:03.000Z"],
    [`${HOST}/s?__biz=Mzk=&mid=2&idx=1&sn=x&chksm=y&scene=27`, "2026-01-02T00:00:03.000Z"],
    [`${HOST}/s/3`, "2026-01-02T00:00:04.000Z"],
  ] as const;
  const since: (string | null)[] = [];
  const crawlWith = (from: WechatArticleCursor | null) => {
    const linked = async function* (from: string | null) {
      since.push(from);
      for (const [url, at] of stored) if (from === null || at >= from) yield { url, at };
    };
    const { fetch } = server!.client();
    const io = { fetch, linked, now: () => new Date(), signal: new AbortController().signal, secrets: {} };
    const options = wechatArticleOptions.parse({ follow: true, host: "mp.weixin.example" });
    return crawl(wechatArticle, options, from, io);
  };
  const first = await crawlWith(null);
  expect(ids(first.drafts)).toEqual(["Mzk=_1_1", "Mzk=_2_1"]);
  expect(first.failure).toBeInstanceOf(RetryLater);
  expect(first.cursor?.follow?.waiting).toEqual([`${HOST}/s/3`]);
  busy = false;
  const second = await crawlWith(JSON.parse(JSON.stringify(first.cursor)));
  expect(ids(second.drafts)).toEqual(["Mzk=_3_1"]);
  const third = await crawlWith(second.cursor);
  expect(third.raws).toEqual([]);
  expect(since).toEqual([null, "2026-01-01T23:50:04.000Z", "2026-01-01T23:50:04.000Z"]);
  expect(asked().filter((name) => name === "/s/1")).toHaveLength(1);
});
