import { z } from "zod";

const server = z.url({ protocol: /^https?$/ });

export const redditOptions = z
  .strictObject({
    subreddit: z
      .string()
      .regex(/^(?:r\/)?\w{2,21}$/, "write the name of a subreddit, such as canada")
      .optional()
      .meta({ description: "A subreddit: its new posts. With `search`, where it is searched." }),
    user: z
      .string()
      .regex(/^(?:u\/)?[\w-]{3,20}$/, "write the name of a user")
      .optional()
      .meta({ description: "A user: the posts of the account." }),
    search: z.string().min(1).optional().meta({
      description:
        "Search words, as in the search box (`url:`, `site:`, `title:` work); newest first. Needs an application.",
    }),
    pages: z.int().min(1).max(10).default(3).meta({
      description: "Most pages of 100 posts read in one crawl. Reddit gives no more than ten.",
    }),
    site: server.default("https://www.reddit.com").meta({ description: "Where feeds and the log-in are." }),
    oauth: server.default("https://oauth.reddit.com").meta({ description: "Where the interface is." }),
  })
  .refine(
    ({ subreddit, user, search }) =>
      user === undefined ? (subreddit ?? search) !== undefined : (subreddit ?? search) === undefined,
    { error: "give a `subreddit`, a `user`, or a `search` (perhaps in a subreddit)" },
  );
export type RedditOptions = z.infer<typeof redditOptions>;
