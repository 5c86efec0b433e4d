import { z } from "zod";

export const weiboOptions = z
  .strictObject({
    users: z
      .array(
        z
          .string()
          .regex(/^\d{5,20}$/, "must be the number of an account, as in https://weibo.com/u/1234567890"),
      )
      .default([])
      .meta({
        description: "Accounts by their number; their posts are walked back to where the last crawl began.",
      }),
    posts: z
      .array(z.url({ protocol: /^https?$/ }))
      .default([])
      .meta({ description: "Addresses of single posts. Each is asked for again at every crawl." }),
    permission: z.string().min(10).meta({
      description:
        "Who allowed this collection, and when: Weibo's terms ask for leave to collect by program. It is kept with the config.",
    }),
    long_text: z
      .boolean()
      .default(true)
      .meta({ description: "Fetches the whole of texts that lists cut; one more request each." }),
    pages: z
      .int()
      .min(1)
      .max(200)
      .default(5)
      .meta({ description: "Most list pages of an account in one crawl." }),
    site: z
      .url({ protocol: /^https?$/ })
      .default("https://m.weibo.cn")
      .meta({ description: "Where Weibo's mobile pages are." }),
  })
  .refine(({ users, posts }) => users.length + posts.length > 0, "give `users` or `posts`");
export type WeiboOptions = z.infer<typeof weiboOptions>;
