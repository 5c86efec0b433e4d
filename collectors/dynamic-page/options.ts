import { z } from "zod";
import { pageOptions, selector } from "../page/options.ts";

export const dynamicPageOptions = z
  .strictObject({
    ...pageOptions.shape,
    wait_for: selector.optional().meta({
      description:
        "CSS selector of what is waited for on each page; left out, until it asks for nothing any more.",
    }),
    patience_ms: z.int().min(500).max(60_000).default(10_000).meta({
      description: "How long that is waited for, milliseconds; the page is then read as it is.",
    }),
  })
  .refine(
    ({ urls, index }) => urls.length > 0 || index !== undefined,
    "give `urls`, or an `index` page that links to articles",
  );

export type DynamicPageOptions = z.infer<typeof dynamicPageOptions>;
