import { z } from "zod";

export const wechatArticleOptions = z
  .strictObject({
    urls: z
      .array(z.url({ protocol: /^https?$/ }))
      .min(1)
      .optional()
      .meta({ description: "Addresses of article pages." }),
    urls_file: z.string().min(1).optional().meta({
      description: "A file of addresses, one a line; empty lines and lines with `#` are passed over.",
    }),
  })
  .refine(({ urls, urls_file }) => urls !== undefined || urls_file !== undefined, {
    error: "give the article pages: `urls`, `urls_file` or both",
  });
export type WechatArticleOptions = z.infer<typeof wechatArticleOptions>;

/** What a page's last answer carried, for the next conditional request. */
export interface Seen {
  readonly etag: string | null;
  readonly last_modified: string | null;
}

/** What the last crawl left for the next. */
export interface WechatArticleCursor {
  /** The address to go on with when a crawl was stopped in the middle of the list; null when it came to the end. */
  readonly resume: string | null;
  /** By address, the least recently asked first. Pages without an etag or a date are not in it. */
  readonly seen: Readonly<Record<string, Seen>>;
}
