import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { load } from "cheerio";
import { parseFeed } from "htmlparser2";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { configSchema } from "../../config/schema.ts";
import { encodeGb18030 } from "../../demo/gb18030.ts";
import { type Demo, startDemo } from "../../demo/server.ts";
import { readSite } from "../../demo/site.ts";
import { ask } from "../support/demo-request.ts";

const config = configSchema.parse(parse(readFileSync("config/examples/demo.yml", "utf8")));
const urlsOf = (collector: string): readonly string[] =>
  config.sources
    .filter((source) => source.collector === collector)
    .flatMap((source) => [source.url ?? [], source.urls ?? []].flat() as string[]);

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.close());

describe("config/examples/demo.yml", () => {
  test("turns the demo on and names each source once", () => {
    expect(config.demo).toBe(true);
    const names = config.sources.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test("names every feed of the site", () => {
    const feeds = readSite().flatMap(({ host, feeds }) => feeds.map(({ path }) => `http://${host}${path}`));
    expect([...urlsOf("rss")].sort()).toEqual(feeds.sort());
  });

  test("names every article that no feed carries, and none that a feed does", () => {
    const pages = readSite().flatMap(({ articles }) => articles.filter(({ feed }) => feed === null));
    const named = [...urlsOf("page"), ...urlsOf("wechat-article")];
    expect(named.sort()).toEqual(pages.map(({ url }) => url.href).sort());
  });
});

describe("every URL that the config names", () => {
  test.each(urlsOf("rss"))("%s is a feed with whole posts", async (url) => {
    const { status, headers, body } = await ask(demo, url);
    expect(status).toBe(200);
    const charset = /charset=(.*)$/.exec(headers["content-type"] ?? "")?.[1];
    const text = new TextDecoder(charset, { fatal: true }).decode(body);
    const links = headers["content-type"]?.includes("json")
      ? (JSON.parse(text) as { items: { url: string }[] }).items.map((item) => item.url)
      : parseFeed(text)?.items.map((item) => item.link);
    const own = readSite().find(({ host }) => host === new URL(url).host);
    const carried = own?.articles.filter(({ feed }) => feed === new URL(url).pathname);
    expect(links).toEqual(carried?.map((article) => article.url.href));
  });

  test.each(urlsOf("page"))("%s is an article with a date, its text and the mark outside it", async (url) => {
    const { status, body } = await ask(demo, url);
    expect(status).toBe(200);
    const $ = load(body.toString("utf8"));
    const dated = $('script[type="application/ld+json"], meta[property="article:published_time"]');
    expect(dated.length).toBe(1);
    expect($("link[rel=canonical]").attr("href")).toBe(url);
    expect($("article p").length).toBeGreaterThan(4);
    expect($("body > footer").text()).toMatch(/reconstruction|重构/);
    expect($("article").text()).not.toMatch(/Headwater/);
  });

  test.each(urlsOf("wechat-article"))(
    "%s has its facts in a script and its text in #js_content",
    async (url) => {
      const { status, body } = await ask(demo, url);
      expect(status).toBe(200);
      const $ = load(body.toString("utf8"));
      const script = $("script:contains('window.cgiDataNew')").text();
      const window: { cgiDataNew?: Record<string, unknown> } = {};
      runInNewContext(script, { window, JsDecode: (text: string) => text });
      const facts = window.cgiDataNew;
      expect(facts).toMatchObject({ link: url, title: $("#activity-name").text().trim(), item_show_type: 0 });
      expect(load(String(facts?.content_noencode)).text()).toBe($("#js_content").text());
      expect(facts?.user_name).toMatch(/^gh_[0-9a-f]{12}$/);
      expect($("#js_article footer").length).toBe(0);
      expect($("footer").text()).toMatch(/重构/);
    },
  );

  test("every host has a robots.txt that allows it", async () => {
    const named = ["rss", "page", "wechat-article"].flatMap(urlsOf);
    for (const host of new Set(named.map((url) => new URL(url).host))) {
      const { status, body } = await ask(demo, `http://${host}/robots.txt`);
      expect([host, status, body.toString()]).toEqual([host, 200, "User-agent: *\nDisallow: /private/\n"]);
    }
  });
});

describe("the server", () => {
  const feed = "http://rideaucourier.example/news/feed.xml";

  test("stands on loopback, at the address given for all its hosts", () => {
    expect(demo.address).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(demo.hosts).toEqual({ "*.example": demo.address });
  });

  test("answers 304 to a matching ETag or date, and 200 to another", async () => {
    const { headers } = await ask(demo, feed);
    const { etag = "", "last-modified": modified = "" } = headers;
    expect((await ask(demo, feed, { "if-none-match": etag })).status).toBe(304);
    expect((await ask(demo, feed, { "if-none-match": `W/"x", W/${etag}` })).status).toBe(304);
    expect((await ask(demo, feed, { "if-none-match": '"x"', "if-modified-since": modified })).status).toBe(
      200,
    );
    const unchanged = await ask(demo, feed, { "if-modified-since": modified });
    expect([unchanged.status, unchanged.body.length]).toEqual([304, 0]);
    const before = "Wed, 01 Sep 2021 00:00:00 GMT";
    expect((await ask(demo, feed, { "if-modified-since": before })).status).toBe(200);
  });

  test.each(["http://rideaucourier.example/nothing", "http://nobody.example/news/feed.xml"])(
    "answers 404 to %s",
    async (url) => {
      const { status, body } = await ask(demo, url);
      expect([status, body.toString()]).toEqual([404, `The demo has no page at ${url}.\n`]);
    },
  );

  test("sends one outlet as GB18030 under the label gb2312, with characters that GB 2312 lacks", async () => {
    const { headers, body } = await ask(demo, "http://wanglan.example/rss.xml");
    expect(headers["content-type"]).toBe("application/rss+xml; charset=gb2312");
    expect(() => new TextDecoder("utf-8", { fatal: true }).decode(body)).toThrow();
    // 喆 and 堃 came with GBK; a strict GB 2312 decoder has neither.
    expect(new TextDecoder("gb18030").decode(body)).toMatch(/陈喆[\s\S]*李堃|李堃[\s\S]*陈喆/);
  });

  test("serves the same bytes every time", async () => {
    const again = await startDemo();
    try {
      for (const url of [...urlsOf("rss"), ...urlsOf("wechat-article")]) {
        expect((await ask(again, url)).headers.etag).toBe((await ask(demo, url)).headers.etag);
      }
    } finally {
      await again.close();
    }
  });
});

test("a character without a two-byte form is refused by name", () => {
  expect(() => encodeGb18030("café 😀")).toThrow("😀");
  expect(new TextDecoder("gb18030").decode(encodeGb18030("café “中”—龙"))).toBe("café “中”—龙");
});
