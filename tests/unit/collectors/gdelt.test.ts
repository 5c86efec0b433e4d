import { expect, test } from "vitest";
import { readArticles } from "../../../collectors/gdelt/doc.ts";
import { unzipped } from "../../../collectors/gdelt/gkg.ts";
import { gdelt } from "../../../collectors/gdelt/index.ts";
import { gdeltOptions } from "../../../collectors/gdelt/options.ts";
import { languageNamed } from "../../../collectors/listed.ts";
import { RetryLater, SetAside } from "../../../contracts/errors.ts";
import { crawl } from "../../contracts/collector.crawl.ts";
import { collectorSuite } from "../../contracts/collector.suite.ts";
import { type Answering, serve } from "../http/server.ts";

collectorSuite({
  damage: true,
  collector: gdelt,
  fixtures: "tests/fixtures/gdelt",
  options: ({ url, extra }) => ({ api: new URL(url).origin, data: new URL(url).origin, ...extra }),
  surprise: (raw) => ({ listed: { ...(raw as { readonly listed: object }).listed, surprise: "?" } }),
});

test("a query with more than one answer holds is asked for again before the oldest", async () => {
  const asked: string[] = [];
  const server = await serve(
    new Proxy({} as Record<string, Answering>, {
      get: (_, path: string) => (response: Parameters<Answering>[0]) => {
        const query = new URL(path, "http://x.example").searchParams;
        asked.push(query.get("enddatetime")!);
        // One article a minute, back to the start of the day.
        const end = Date.UTC(2025, 11, 31) + (asked.length === 1 ? 400 : 151) * 60_000;
        const count = asked.length === 1 ? 250 : 151;
        const articles = Array.from({ length: count }, (_one, i) => {
          const at = new Date(end - i * 60_000).toISOString().replace(/[-:]|\.\d+/g, "");
          return {
            url: `http://paper.example/${at}`,
            title: "Ferry",
            seendate: at,
            language: "English",
            domain: "paper.example",
          };
        });
        response.end(JSON.stringify({ articles }));
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
    const options = gdeltOptions.parse({ api: "http://api.example", query: "ferry", read: "listed" });
    const { drafts, warnings } = await crawl(gdelt, options, null, io);
    expect(asked).toEqual(["20260101000000", "20251231023100"]);
    expect(drafts).toHaveLength(400);
    expect(warnings).toEqual([]);
  } finally {
    await server.close();
  }
});

test("refusals are text with status 200", () => {
  expect(() => readArticles("Please limit requests to one every 5 seconds", "q")).toThrow(RetryLater);
  expect(() => readArticles("The specified phrase is too short.", "q")).toThrow(
    /refuses the query: "The specified phrase/,
  );
  expect(() => readArticles("<html>", "q")).toThrow(/a page instead of its list/);
  expect(() => readArticles('{"status":"ok"}', "q")).toThrow(/changed shape/);
  expect(readArticles("{}", "q")).toEqual([]);
  expect(readArticles('{"articles":[{"title":"it\\\'s \\"so\\" \\u00e9 \\x"}]}', "q")).toEqual([
    { title: 'it\'s "so" é \\x' },
  ]);
});

test("what is no zip archive is refused", () => {
  expect(() => unzipped(Buffer.from("<html></html>".repeat(9)), "f.zip")).toThrow(SetAside);
});

test("languages are named in English", () => {
  expect(["Chinese", "english", "Ukrainian", "Norwegian", "no such"].map(languageNamed)).toEqual([
    "zh",
    "en",
    "uk",
    "no",
    null,
  ]);
});

test("the knowledge graph is not read without a choice", () => {
  expect(gdeltOptions.safeParse({ gkg: {} }).success).toBe(false);
  expect(gdeltOptions.safeParse({ query: "abc", gkg: { themes: ["X"] } }).success).toBe(false);
});
