import { expect, test } from "vitest";
import { page } from "../../../collectors/page/index.ts";
import { matches } from "../../../collectors/page/links.ts";
import { pageOptions } from "../../../collectors/page/options.ts";
import type { VisitCursor } from "../../../collectors/visit.ts";
import { RetryLater } from "../../../contracts/errors.ts";
import type { Fetched, Fetcher } from "../../../contracts/fetcher.ts";
import { crawl } from "../../contracts/collector.crawl.ts";

const story = (n: number) =>
  `<html lang="en"><head><title>Story ${n}</title></head><body><article><p>${`Sentence ${n}, with a comma, of a text. `.repeat(12)}</p></article></body></html>`;

/** A web of one page an address. A function may throw, as the client does. */
function web(pages: Readonly<Record<string, string | (() => never)>>) {
  const asked: { readonly url: string; readonly etag: string | null }[] = [];
  const fetch: Fetcher = async (url, options = {}) => {
    asked.push({ url, etag: options.etag ?? null });
    const found = pages[url]!;
    if (typeof found === "function") return found();
    const not_modified = options.etag === `"${found.length}"`;
    const answer: Fetched = {
      url,
      requested_url: url,
      status: not_modified ? 304 : 200,
      not_modified,
      headers: { etag: `"${found.length}"`, "content-type": "text/html; charset=utf-8" },
      body: new TextEncoder().encode(not_modified ? "" : found),
      sha256: "0",
      fetched_at: "2026-01-01T00:00:00Z",
      moved_to: null,
    };
    return answer;
  };
  const run = (options: object, from: VisitCursor | null = null) =>
    crawl(page, pageOptions.parse(options), from, {
      fetch,
      secrets: {},
      now: () => new Date("2026-01-01T00:00:00Z"),
      signal: new AbortController().signal,
    });
  return { asked, run };
}

test("pages that were seen are asked for by their etag, and an unchanged one gives nothing", async () => {
  const { asked, run } = web({ "http://a.example/1": story(1) });
  const first = await run({ urls: ["http://a.example/1"] });
  const second = await run({ urls: ["http://a.example/1"] }, first.cursor);
  expect(first.drafts).toHaveLength(1);
  expect(second.drafts).toHaveLength(0);
  expect(asked.map(({ etag }) => etag !== null)).toEqual([false, true]);
});

test("pages of an index are collected once, new ones as they appear, no more than max_pages at once", async () => {
  const pages: Record<string, string> = {
    "http://a.example/": '<a href="/1">1</a><a href="/2">2</a><a href="http://b.example/">b</a>',
  };
  for (const n of [1, 2, 3]) pages[`http://a.example/${n}`] = story(n);
  const { asked, run } = web(pages);
  const first = await run({ index: "http://a.example/", max_pages: 1 });
  expect(first.drafts).toHaveLength(1);
  expect(first.warnings.join()).toContain("wait for the next crawl");
  pages["http://a.example/"] += '<a href="/3">3</a>';
  const second = await run({ index: "http://a.example/" }, first.cursor);
  expect(second.drafts.map(({ title }) => title)).toEqual(["Story 2", "Story 3"]);
  expect(asked.filter(({ url }) => url === "http://a.example/1")).toHaveLength(1);
});

test("a host that asks to wait keeps only its own pages waiting", async () => {
  const wait = () => {
    throw new RetryLater("http://slow.example asks to wait", 60_000);
  };
  const { asked, run } = web({
    "http://slow.example/1": wait,
    "http://slow.example/2": wait,
    "http://a.example/1": story(1),
  });
  const { drafts, failure } = await run({
    urls: ["http://slow.example/1", "http://slow.example/2", "http://a.example/1"],
  });
  expect(drafts).toHaveLength(1);
  expect(failure).toBeInstanceOf(RetryLater);
  expect(asked.map(({ url }) => url)).not.toContain("http://slow.example/2");
});

test("a challenge page is asked for again, though an index named it", async () => {
  const pages: Record<string, string> = {
    "http://a.example/": '<a href="/1">1</a>',
    "http://a.example/1": "<title>Just a moment...</title>",
  };
  const { run } = web(pages);
  const first = await run({ index: "http://a.example/" });
  expect(first.rejected).toHaveLength(1);
  pages["http://a.example/1"] = story(1);
  expect((await run({ index: "http://a.example/" }, first.cursor)).drafts).toHaveLength(1);
});

test("patterns match with stars for anything", () => {
  expect(matches("http://a.example/2021/x.html", "http://a.example/2*/*.html")).toBe(true);
  expect(matches("http://a.example/x.html", "http://a.example/2*/*.html")).toBe(false);
  expect(matches("abc", "abc")).toBe(true);
  expect(matches("ab", "ab*b")).toBe(false);
});

test("options name what is wrong", () => {
  const wrong = (options: object) =>
    pageOptions
      .safeParse(options)
      .error?.issues.map(({ message }) => message)
      .join("; ");
  expect(wrong({})).toContain("give `urls`");
  expect(wrong({ urls: ["ftp://a.example"] })).toContain("http://");
  expect(wrong({ urls: ["http://a.example"], zone: "Mars" })).toContain("no time zone");
  expect(wrong({ urls: ["http://a.example"], selectors: { text: "p[[" } })).toContain("no CSS selector");
});
