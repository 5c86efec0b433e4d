import { z } from "zod";

export const rssOptions = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).meta({ description: "Address of the feed." }),
  platform: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .default("web")
    .meta({
      description:
        "Platform of the posts, where the feed is of one (`youtube`, `reddit`). Their authors are then the accounts.",
    }),
  account: z
    .strictObject({
      id: z.string().min(1).meta({ description: "Stable id on the platform; for the web, the host." }),
      name: z.string().min(1).optional().meta({ description: "Name to show." }),
      handle: z.string().min(1).optional().meta({ description: "Handle, as in @handle." }),
    })
    .optional()
    .meta({
      description:
        "Who publishes all of this feed. When left out: the feed's host, with the feed's title as name.",
    }),
  zone: z.string().optional().meta({
    description: "Time zone of dates that state none, e.g. `Asia/Shanghai`. They then count as guessed.",
  }),
});
export type RssOptions = z.infer<typeof rssOptions>;

/** What the last crawl left for the next. */
export interface RssCursor {
  /** The configured address this cursor belongs to: of another address it says nothing. */
  readonly url: string;
  /** Where permanent redirects led. */
  readonly moved_to: string | null;
  readonly etag: string | null;
  readonly last_modified: string | null;
}
