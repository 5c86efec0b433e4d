import { RE2JS } from "re2js";
import { z } from "zod";
import { placeProblem } from "../../text/html-select.ts";
import { linkPattern, selector, webUrl } from "../page/options.ts";
import { zoneSchema } from "../zone.ts";

const place = z.string().superRefine((value, context) => {
  const problem = placeProblem(value);
  if (problem !== null)
    context.addIssue({ code: "custom", message: `"${value}" names no place: ${problem}` });
});

export const forumOptions = z
  .strictObject({
    index: z.array(webUrl).default([]).meta({ description: "Pages that list threads, the newest first." }),
    thread_link: selector.optional().meta({
      description: "CSS selector of the links to threads on an index page, or of what holds them.",
    }),
    thread_pattern: linkPattern.optional().meta({
      description: "Which linked addresses are threads; `*` stands for anything.",
    }),
    threads: z.array(webUrl).default([]).meta({ description: "Threads by their addresses." }),
    item: selector.meta({ description: "CSS selector of one post on a page of a thread." }),
    id: place.meta({ description: "Where a post's number stands: `@id`, `a.permalink@href`." }),
    id_pattern: z
      .string()
      .default("(\\d+)\\D*$")
      .refine((written) => compiles(written), {
        error: "is no regular expression with a group that RE2 can read",
      })
      .meta({
        description:
          "Which part of it is the number, as a regular expression with a group; the last digits when left out.",
      }),
    text: selector.meta({ description: "CSS selector of the text of a post." }),
    author: place.optional().meta({ description: "Where its author's name stands: `.username`." }),
    author_id: place.optional().meta({
      description:
        "Where the author's number stands, which outlasts a change of name: `.username@data-user-id`.",
    }),
    time: place.optional().meta({ description: "Where its time stands: `time@datetime`, `.date`." }),
    zone: zoneSchema
      .optional()
      .meta({ description: "Zone of times that name none, as the forum shows them to guests." }),
    permalink: place.optional().meta({ description: "Where its own address stands: `a.permalink@href`." }),
    title: place.default("h1").meta({ description: "Where the title of the thread stands on its pages." }),
    quote: selector
      .default("blockquote")
      .meta({ description: "CSS selector of what a post quotes: it becomes a reference." }),
    remove: selector
      .optional()
      .meta({ description: "CSS selector of what is taken out of posts: signatures, edit notes." }),
    next: place
      .optional()
      .meta({ description: "Where the link to the next page of a thread stands: `a.next@href`." }),
    index_next: place.optional().meta({ description: "Where the link to the next page of an index stands." }),
    index_pages: z
      .int()
      .min(1)
      .max(100)
      .default(1)
      .meta({ description: "Most pages of each index read in one crawl." }),
    login: selector.optional().meta({
      description:
        "CSS selector of what is shown instead of posts to who is not logged in; the usual forms are known.",
    }),
    platform: z
      .string()
      .regex(/^[a-z0-9-]+$/)
      .default("forum")
      .meta({ description: "Platform of the posts." }),
    lang: z
      .string()
      .min(2)
      .optional()
      .meta({ description: "Language of the forum, where all of it is in one." }),
    max_pages: z
      .int()
      .min(1)
      .max(5000)
      .default(100)
      .meta({ description: "Most pages fetched in one crawl." }),
  })
  .refine(
    ({ index, threads }) => index.length + threads.length > 0,
    "give `index` pages that list threads, or `threads`",
  );
export type ForumOptions = z.infer<typeof forumOptions>;

function compiles(written: string): boolean {
  try {
    return RE2JS.compile(written).groupCount() > 0;
  } catch {
    return false;
  }
}

/** Where a thread was left. */
export interface ThreadPlace {
  /** Its last page, and what its answer carried, to be asked for only if it has changed. */
  readonly page: string;
  readonly etag?: string;
  readonly last_modified?: string;
}

export interface ForumCursor {
  readonly threads: Readonly<Record<string, ThreadPlace>>;
}
