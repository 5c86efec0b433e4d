import { z } from "zod";
import { archivedOptions } from "../archived.ts";
import { maxPages, readingOptions, webUrl } from "../page/options.ts";

export const waybackOptions = z
  .strictObject({
    ...archivedOptions,
    archive: webUrl.default("https://web.archive.org").meta({
      description: "The archive: the Internet Archive's, or another that answers like it.",
    }),
    ...readingOptions,
    max_pages: maxPages,
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, "`to` lies before `from`");

export type WaybackOptions = z.infer<typeof waybackOptions>;

export interface WaybackCursor {
  /** What was asked: of another question this cursor says nothing. */
  readonly of: string;
  /** Captures before this timestamp were read by an earlier crawl that came to its end; null before the first did. */
  readonly after: string | null;
  /** When the crawl in progress began; null between crawls. */
  readonly began: string | null;
  /** Where in the index it goes on: the key of the block, and how many of its captures were read. */
  readonly resume: string | null;
  readonly skip: number;
}
