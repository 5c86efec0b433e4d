import { z } from "zod";

export const mastodonOptions = z
  .strictObject({
    server: z.url({ protocol: /^https?$/ }).meta({
      description: "The server that is asked, such as `https://mastodon.social`; best the account's own.",
    }),
    account: z
      .string()
      .regex(/^@?[\w.-]+(?:@[\w.-]+)?$/, "write name or name@server")
      .optional()
      .meta({ description: "An account, as `name` on this server or `name@other.server`." }),
    tag: z
      .string()
      .regex(/^#?[\p{L}\p{N}_·]+$/u, "write one hashtag")
      .optional()
      .meta({ description: "A hashtag: public posts with it that this server has seen." }),
    local: z.boolean().default(false).meta({
      description: "Of a hashtag only posts written on this server.",
    }),
    replies: z.boolean().default(true).meta({ description: "Whether an account's replies are read too." }),
    boosts: z.boolean().default(true).meta({ description: "Whether what an account boosts is read too." }),
    pages: z.int().min(1).max(500).default(5).meta({
      description: "Most pages of 40 posts read in one crawl. The first crawl goes so far back.",
    }),
  })
  .refine(({ account, tag }) => (account === undefined) !== (tag === undefined), {
    error: "give one of `account` and `tag`",
  });
export type MastodonOptions = z.infer<typeof mastodonOptions>;
