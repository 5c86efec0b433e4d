import { describe, expect, test } from "vitest";
import { readArticle } from "../../text/article.ts";
import { isBinary, refusalIn } from "../../text/article-refusal.ts";

const URL_OF_PAGE = "http://outlet.example/2021/09/08/story";
const BODY = ["first", "second", "third"]
  .map(
    (word) =>
      `<p>The ${word} paragraph, which has a comma, goes on for long enough to count as text of an article.</p>`,
  )
  .join("");

function article(around: { head?: string; above?: string; below?: string; html?: string }) {
  const { head = "", above = "", below = "" } = around;
  return readArticle(
    `<html ${around.html ?? ""}><head><title>A headline | Outlet</title>${head}</head>` +
      `<body><h1>A headline</h1>${above}<article>${BODY}</article>${below}</body></html>`,
    URL_OF_PAGE,
  );
}
const jsonLd = (data: unknown) => `<script type="application/ld+json">${JSON.stringify(data)}</script>`;

describe("JSON-LD", () => {
  test.each([
    ["a name", "Ann", "Ann"],
    ["an object", { "@type": "Person", name: "Ann" }, "Ann"],
    ["a list of both", [{ name: "Ann" }, "Bea"], "Ann, Bea"],
    ["an address alone", "https://outlet.example/ann", null],
  ])("gives the author as %s", (_, author, byline) => {
    expect(article({ head: jsonLd({ "@type": "NewsArticle", author }) }).byline).toBe(byline);
  });

  test("counts before meta, and of its titles the one that the page shows", () => {
    const data = {
      "@type": "Article",
      headline: "A description",
      name: "A headline",
      datePublished: "2021-09-08T01:00:00Z",
    };
    const head = `<meta property="og:title" content="Other"><meta property="article:published_time" content="2020-01-01">`;
    const read = article({ head: head + jsonLd(data) });
    expect(read.title).toBe("A headline");
    expect(read.published).toEqual({ raw: "2021-09-08T01:00:00Z", from: "json-ld" });
  });

  test("of another article in a list is left alone", () => {
    const data = {
      "@type": "ItemList",
      itemListElement: [{ "@type": "NewsArticle", headline: "Elsewhere", datePublished: "1999-01-01" }],
    };
    expect(article({ head: jsonLd(data) }).published?.from).toBe("url");
  });
});

describe("the date", () => {
  test.each([
    ["meta", '<meta name="publishdate" content="2021-09-07">', "", { raw: "2021-09-07", from: "meta" }],
    [
      "the line with the hour over meta with the day",
      '<meta name="publishdate" content="2021-09-07">',
      "<p>2021年9月7日 10:20</p>",
      { raw: "2021年9月7日 10:20", from: "text" },
    ],
    [
      "<time>",
      "",
      '<time datetime="2021-09-07T10:20:00Z">7 Sept</time>',
      { raw: "2021-09-07T10:20:00Z", from: "time" },
    ],
    ["the address", "", "", { raw: "2021-09-08", from: "url" }],
  ])("is read from %s", (_, head, above, expected) => {
    expect(article({ head, above }).published).toEqual(expected);
  });

  test("is not taken from the middle of a sentence", () => {
    const above = `<p>${"Long sentence ".repeat(15)} on 2001-02-03 04:05 it was seen.</p>`;
    expect(article({ above }).published?.from).toBe("url");
  });
});

describe("the declared source", () => {
  test.each([
    ["<p>来源：新河日报</p>", "新河日报"],
    ["<p>2021-09-08 09:00 来源: 新河日报 作者：甲</p>", "新河日报"],
    ["<p>来源：《新河日报》　编辑：乙</p>", "新河日报"],
    ["<p>文章来源：新河日报</p>", "新河日报"],
    ["<p>來源：新河日報</p>", "新河日報"],
    ["<p>本文转载自新河日报</p>", "新河日报"],
    ["<p>（来源：新河日报）</p>", "新河日报"],
    ["<span>来源：</span><div>新河日报</div>", "新河日报"],
    ["<p>Source: The River Daily</p>", "The River Daily"],
    ["<p>This story was originally published by The River Daily on May 4</p>", "The River Daily"],
    ["<p>Источник: Речная газета</p>", "Речная газета"],
    ["<p>图片来源：新河日报</p>", null],
    ["<p>数据来源：统计局</p>", null],
    ["<p>来源：本站原创</p>", null],
    ["<p>He named no source: nobody would speak.</p>", null],
  ])("in %s is %s", (line, name) => {
    expect(article({ above: line }).source?.name ?? null).toBe(name);
    expect(article({ below: line }).source?.name ?? null).toBe(name);
  });

  test("has its link, from the line or from meta", () => {
    const above = '<p>来源：<a href="http://xinhe.example/1">新河日报</a></p>';
    const expected = { kind: "source-line", name: "新河日报", url: "http://xinhe.example/1" };
    expect(article({ above }).source).toEqual(expected);
    expect(article({ above, head: '<meta name="source" content="来源：新河日报">' }).source).toEqual(
      expected,
    );
  });

  test("is none when the page names its own outlet", () => {
    const head = '<meta property="og:site_name" content="Outlet">';
    expect(article({ head, above: "<p>Source: The Outlet</p>" }).source).toBeNull();
  });

  test("is a canonical address on another domain, not one on its own", () => {
    const canonical = (href: string) => article({ head: `<link rel="canonical" href="${href}">` });
    expect(canonical("http://other.example/original").source).toEqual({
      kind: "reprint",
      name: null,
      url: "http://other.example/original",
    });
    expect(canonical("http://m.outlet.example/story").canonical).toBe("http://m.outlet.example/story");
    expect(canonical("http://m.outlet.example/story").source).toBeNull();
    expect(canonical("http://other.example/").source).toBeNull();
  });
});

test("a headline with quotation marks that ended its attribute is told whole", () => {
  const html = `<html><head><title>Boy writes "help" on note_Outlet</title><meta property="og:title" content="Boy writes "help" on note"></head><body><h1>Boy writes "help" on note</h1><article>${BODY}</article></body></html>`;
  expect(readArticle(html, URL_OF_PAGE).title).toBe('Boy writes "help" on note');
});

test("an agency that signs the report is its source, unless the site is the agency's own", () => {
  const signed = `<p>HALIFAX (Reuters) - The ferry did not sail on Monday, for the wind was too strong, said the company.</p>${BODY}`;
  const html = `<html><head><title>Ferry stays</title></head><body><article>${signed}</article></body></html>`;
  expect(readArticle(html, URL_OF_PAGE).source).toEqual({ kind: "byline", name: "Reuters", url: null });
  expect(readArticle(html, "https://www.reuters.com/world/ferry").source).toBeNull();
});

test("links and images are those of the body", () => {
  const html =
    `<html><head><title>T</title></head><body><nav><a href="/nav">n</a></nav><article>${BODY}` +
    `<p>More text with <a href="/in#part">a link</a>, as it goes on and on for a while.</p></article><footer><a href="/foot">f</a></footer></body></html>`;
  expect(readArticle(html, URL_OF_PAGE).links).toEqual(["http://outlet.example/in#part"]);
});

test("language comes from <html lang>, og:locale with a hyphen", () => {
  expect(article({ html: 'lang="fr-CA"' }).lang).toBe("fr-CA");
  expect(article({ head: '<meta property="og:locale" content="zh_CN">' }).lang).toBe("zh-CN");
});

test("a page that stands in for the article is told, an article about such pages is not", () => {
  expect(refusalIn("<title>Just a moment...</title>", "Checking")).toContain("browsers");
  expect(refusalIn("<p>环境异常</p>", "环境异常")).toContain("verification");
  expect(refusalIn("环境异常", "长".repeat(700))).toBeNull();
  expect(isBinary("\u0000\u0001ÿ".repeat(100))).toBe(true);
  expect(isBinary("text\twith\nlines")).toBe(false);
});

test.each([
  ["200,000 levels", "<div>".repeat(200_000) + BODY],
  ["nested inline elements", `${"<b>".repeat(900)}x${"</b>".repeat(900)}`.repeat(65)],
  ["tables in tables", "<table>".repeat(900) + "<tr><td>x".repeat(20_000)],
  ["a title of 1 MB", `<title>${"a - ".repeat(250_000)}</title>${BODY}`],
  ["JSON-LD of brackets", `<script type="application/ld+json">${"[".repeat(1_000_000)}</script>${BODY}`],
  ["a line of 2 MB", `<p>${"来".repeat(2_000_000)}：</p>`],
])("stays bounded on %s", { timeout: 10_000 }, (_, html) => {
  const { title } = readArticle(html, URL_OF_PAGE);
  expect(title?.length ?? 0).toBeLessThanOrEqual(1000);
});
