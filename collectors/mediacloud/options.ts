import { z } from "zod";
import { listedOptions } from "../listed.ts";
import { webUrl } from "../page/options.ts";
import type { VisitCursor } from "../visit.ts";

const numbers = z.array(z.int().min(1));

export const mediacloudOptions = z
  .strictObject({
    query: z.string().min(1).meta({
      description: 'A query in the words of Media Cloud: `"foreign policy" AND language:zh`.',
    }),
    collections: numbers.default([]).meta({ description: "Ids of the collections of outlets to search." }),
    outlets: numbers.default([]).meta({ description: "Ids of single outlets to search." }),
    days: z.int().min(1).max(3650).default(7).meta({
      description: "How many days back, by date of publication, each crawl asks.",
    }),
    from: z.iso.date().optional().meta({ description: "First day of a fixed period instead." }),
    to: z.iso.date().optional().meta({ description: "Last day of it; today when left out." }),
    api: webUrl
      .default("https://search.mediacloud.org/api")
      .meta({ description: "Where the search interface answers." }),
    max_lists: z.int().min(1).max(500).default(20).meta({
      description: "Most pages of results asked for in one crawl; the number of questions a week is limited.",
    }),
    ...listedOptions,
  })
  .refine(
    ({ collections, outlets }) => collections.length + outlets.length > 0,
    "give `collections` or `outlets`: a search of all of Media Cloud is refused",
  );

export type MediacloudOptions = z.infer<typeof mediacloudOptions>;

export interface MediacloudCursor extends VisitCursor {
  /** What was asked: of another question this cursor says nothing. */
  readonly of: string;
  /** Up to when stories had been indexed that were listed; null before a crawl came to its end. */
  readonly until: string | null;
}
