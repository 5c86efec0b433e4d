import { z } from "zod";
import type { Followed } from "./follow.ts";

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
    follow: z.boolean().default(false).meta({
      description: "Reads the articles that stored posts of any platform point at, each once.",
    }),
    max_pages: z
      .int()
      .min(1)
      .max(5000)
      .default(200)
      .meta({ description: "Most articles that `follow` reads in one crawl; the others wait for the next." }),
    host: z.string().default("mp.weixin.qq.com").meta({ description: "Where WeChat's articles are." }),
  })
  .refine(({ urls, urls_file, follow }) => urls !== undefined || urls_file !== undefined || follow, {
    error:
      "give the article pages: `urls`, `urls_file`, or `follow: true` for those that stored posts point at",
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
  readonly follow?: Followed;
}
