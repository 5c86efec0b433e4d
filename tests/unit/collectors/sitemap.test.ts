import { expect, test } from "vitest";
import { sitemap } from "../../../collectors/sitemap/index.ts";
import { sitemapOptions } from "../../../collectors/sitemap/options.ts";
import { readSitemap, sitemapsOfRobots } from "../../../collectors/sitemap/read.ts";
import { SetAside } from "../../../contracts/errors.ts";
import { crawl } from "../../contracts/collector.crawl.ts";
import { collectorSuite } from "../../contracts/collector.suite.ts";
import { serve } from "../http/server.ts";

collectorSuite({
  damage: true,
  collector: sitemap,
  fixtures: "tests/fixtures/sitemap",
  options: ({ url, extra }) => ("site" in extra ? extra : { url, ...extra }),
  surprise: (raw) => {
    const { listed = {}, ...page } = raw as { readonly listed?: object };
    return { ...page, listed: { ...listed, unknown: ["surprise"] } };
  },
});

const article = (word: string) =>
  `<html lang="en"><title>${word}</title><body><article><p>${`The ${word} was seen again, said a witness. `.repeat(12)}</p></article></body></html>`;

test("a page whose lastmod has changed is read again, others are not asked for", async () => {
  let lastmod = "2025-12-30";
  const site = await serve({
    "/map.xml": (response) =>
      response.end(
        `<urlset><url><loc>/a</loc><lastmod>${lastmod}</lastmod></url><url><loc>/b</loc></url></urlset>`,
      ),
    "/a": (response) => response.end(article(`heron of ${lastmod}`)),
    "/b": (response) => response.end(article("otter")),
  });
  try {
    const { fetch } = site.client();
    const io = {
      fetch,
      now: () => new Date("2026-01-01"),
      signal: new AbortController().signal,
      secrets: {},
    };
    const options = sitemapOptions.parse({ url: "http://paper.example/map.xml" });
    const first = await crawl(sitemap, options, null, io);
    expect(first.drafts).toHaveLength(2);
    lastmod = "2025-12-31";
    const second = await crawl(sitemap, options, first.cursor, io);
    expect(second.drafts.map(({ url }) => url)).toEqual(["http://paper.example/a"]);
    expect(site.seen.filter(({ path }) => path === "/b")).toHaveLength(1);
  } finally {
    await site.close();
  }
});

test("a gzip file that unpacks to more than a sitemap may have is refused", async () => {
  const { gzipSync } = await import("node:zlib");
  const bomb = gzipSync(Buffer.alloc(60_000_000));
  const site = await serve({ "/map.xml.gz": (response) => response.end(bomb) });
  try {
    const { fetch } = site.client();
    const io = {
      fetch,
      now: () => new Date("2026-01-01"),
      signal: new AbortController().signal,
      secrets: {},
    };
    const options = sitemapOptions.parse({ url: "http://paper.example/map.xml.gz" });
    const { failure } = await crawl(sitemap, options, null, io);
    expect(failure).toBeInstanceOf(SetAside);
    expect(failure?.message).toContain("more than the 50 MB");
  } finally {
    await site.close();
  }
});

test("the news extension is known by its namespace, and pictures do not give the page its address", () => {
  const read = readSitemap(
    `<s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9"><s:url><image:image xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><image:loc>/p.jpg</image:loc></image:image>
     <s:loc>/a</s:loc><news xmlns="http://www.google.com/schemas/sitemap-news/0.9"><title>T</title></news></s:url></s:urlset>`,
    "http://paper.example/",
  );
  expect(read?.pages).toEqual([
    expect.objectContaining({ url: "http://paper.example/a", title: "T", lang: null }),
  ]);
});

test("robots.txt names sitemaps in any case, also by a path", () => {
  expect(
    sitemapsOfRobots("SITEMAP:/a.xml\n# Sitemap: /no\nSitemap: /a.xml", "http://p.example/robots.txt"),
  ).toEqual(["http://p.example/a.xml"]);
});

test("options ask for one of an address and a site", () => {
  expect(sitemapOptions.safeParse({}).success).toBe(false);
  expect(sitemapOptions.safeParse({ url: "http://a.example/s.xml", site: "http://a.example" }).success).toBe(
    false,
  );
});
