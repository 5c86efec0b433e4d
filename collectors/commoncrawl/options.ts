import { z } from "zod";
import { archivedOptions } from "../archived.ts";
import { maxPages, readingOptions, webUrl } from "../page/options.ts";

export const commoncrawlOptions = z
  .strictObject({
    ...archivedOptions,
    crawls: z
      .array(z.string().regex(/^CC-MAIN-\d{4}-\d{2}$/, "write it as CC-MAIN-2023-14"))
      .min(1)
      .optional()
      .meta({ description: "Which crawls are looked into, instead of those of the period." }),
    index: webUrl
      .default("https://index.commoncrawl.org")
      .meta({ description: "Where the indexes of the crawls are asked." }),
    data: webUrl.default("https://data.commoncrawl.org").meta({ description: "Where their files lie." }),
    ...readingOptions,
    max_pages: maxPages,
  })
  .refine(
    ({ from, crawls }) => from !== undefined || crawls !== undefined,
    "give `from`, the first day of the period, or `crawls`",
  )
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, "`to` lies before `from`");

export type CommoncrawlOptions = z.infer<typeof commoncrawlOptions>;

export interface CommoncrawlCursor {
  /** What was asked: of another question this cursor says nothing. */
  readonly of: string;
  /** Crawls that were read to their end. */
  readonly done: readonly string[];
  /** Where in the crawl in progress it goes on; null between crawls. */
  readonly at: { readonly crawl: string; readonly page: number; readonly skip: number } | null;
  /** Versions that were read, as short hashes: a page is captured again by every crawl. */
  readonly seen: readonly string[];
}
