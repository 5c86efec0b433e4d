import { z } from "zod";
import { linkPattern, maxPages, readingOptions, webUrl } from "../page/options.ts";

export const sitemapOptions = z
  .strictObject({
    url: webUrl.optional().meta({ description: "Address of a sitemap or of an index of sitemaps." }),
    site: webUrl.optional().meta({
      description: "A site instead: the sitemaps that its robots.txt names, else its /sitemap.xml.",
    }),
    link_pattern: linkPattern.optional().meta({
      description:
        "Which addresses are articles; `*` stands for anything: `https://news.example/2021/*.html`.",
    }),
    sitemap_pattern: linkPattern.optional().meta({
      description: "Which sitemaps of an index, or of robots.txt, are read; `*` stands for anything.",
    }),
    max_age_days: z.int().min(1).max(36_500).default(30).meta({
      description: "Pages whose sitemap dates them further back are left alone; undated ones are read.",
    }),
    ...readingOptions,
    max_pages: maxPages,
  })
  .refine(
    ({ url, site }) => (url === undefined) !== (site === undefined),
    "give either `url`, the address of a sitemap, or `site`",
  );

export type SitemapOptions = z.infer<typeof sitemapOptions>;
