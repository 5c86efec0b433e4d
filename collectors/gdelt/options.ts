import { z } from "zod";
import { listedOptions } from "../listed.ts";
import { webUrl } from "../page/options.ts";
import type { VisitCursor } from "../visit.ts";

const words = (what: string) =>
  z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .meta({ description: `${what}; any of them.` });

export const gdeltOptions = z
  .strictObject({
    query: z.string().min(3).optional().meta({
      description:
        'A query of the DOC API, in its own words: `"foreign policy" (sourcelang:chinese OR domainis:courier.example)`.',
    }),
    gkg: z
      .strictObject({
        words: words("Words or phrases of the title or of the names found in the text"),
        themes: words("Themes of GDELT, such as `ELECTION`"),
        domains: words("Web domains; those below count too"),
        translated: z.boolean().default(true).meta({
          description: "Whether the files of articles in other languages than English are read too.",
        }),
        max_files: z.int().min(1).max(96).default(8).meta({
          description:
            "Most 15-minute files of each kind read in one crawl. After a longer pause the oldest are left out.",
        }),
      })
      .optional()
      .meta({
        description: "What is picked out of the files of the Global Knowledge Graph, instead of a query.",
      }),
    hours: z.int().min(1).max(2160).default(24).meta({
      description: "How far back the first crawl asks. The DOC API knows about three months.",
    }),
    api: webUrl.default("https://api.gdeltproject.org").meta({ description: "Where the DOC API answers." }),
    data: webUrl.default("http://data.gdeltproject.org").meta({ description: "Where the files lie." }),
    ...listedOptions,
  })
  .refine(({ query, gkg }) => (query === undefined) !== (gkg === undefined), "give either `query` or `gkg`")
  .refine(
    ({ gkg }) =>
      gkg === undefined || gkg.words !== undefined || gkg.themes !== undefined || gkg.domains !== undefined,
    "`gkg` needs `words`, `themes` or `domains`: without them it is all the news of the world",
  );

export type GdeltOptions = z.infer<typeof gdeltOptions>;

export interface GdeltCursor extends VisitCursor {
  /** What was asked: of another question this cursor says nothing. */
  readonly of: string;
  /** Up to when the index was read: an instant, or the stamp of the last file. */
  readonly until: string;
}
