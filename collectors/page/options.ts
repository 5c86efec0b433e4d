import { z } from "zod";
import { selectorProblem } from "../../text/article-body.ts";
import { zoneSchema } from "../zone.ts";

export const selector = z
  .string()
  .min(1)
  .superRefine((value, context) => {
    const problem = selectorProblem(value);
    if (problem !== null)
      context.addIssue({ code: "custom", message: `"${value}" is no CSS selector: ${problem}` });
  });

export const webUrl = z.url({
  protocol: /^https?$/,
  error: "must be an address that begins with http:// or https://",
});

/** How article pages are read, whatever led to them: options that every collector of pages has. */
export const readingOptions = {
  selectors: z
    .strictObject({
      title: selector.optional(),
      text: selector.optional(),
      published: selector.optional(),
      author: selector.optional(),
      source: selector.optional(),
      remove: selector.optional(),
    })
    .default({})
    .meta({
      description: "CSS selectors for this site; what they find outranks what the page says of itself.",
    }),
  zone: zoneSchema.optional().meta({
    description: "Zone of dates that name none. Left out, Asia/Shanghai is assumed for Chinese pages only.",
  }),
  platform: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .default("web"),
  account: z
    .strictObject({ id: z.string().min(1), handle: z.string().optional(), name: z.string().optional() })
    .optional()
    .meta({
      description: "Who publishes here. The host of the page and the name of the site when left out.",
    }),
};
export type ReadingOptions = z.infer<z.ZodObject<typeof readingOptions>>;

export const linkPattern = z.string().min(1);

export const maxPages = z
  .int()
  .min(1)
  .max(5000)
  .default(100)
  .meta({ description: "Most pages fetched in one crawl." });

export const pageOptions = z
  .strictObject({
    urls: z.array(webUrl).default([]).meta({
      description:
        "Article pages. Each is asked for again at every crawl, and answered only if it has changed.",
    }),
    index: webUrl
      .optional()
      .meta({ description: "A page that lists articles; those it links to are collected once." }),
    link_selector: selector.optional().meta({
      description:
        "CSS selector of the links on the index page, or of what holds them. All links when left out.",
    }),
    link_pattern: linkPattern.optional().meta({
      description:
        "Which linked addresses are articles; `*` stands for anything: `https://news.example/2021/*.html`.",
    }),
    ...readingOptions,
    max_pages: maxPages,
  })
  .refine(
    ({ urls, index }) => urls.length > 0 || index !== undefined,
    "give `urls`, or an `index` page that links to articles",
  );

export type PageOptions = z.infer<typeof pageOptions>;
