import { z } from "zod";

export const xOptions = z
  .strictObject({
    user: z
      .string()
      .regex(/^@?\w{1,15}$/, "write the name of a user, such as @example")
      .optional()
      .meta({ description: "An account by its name, which is looked up in each crawl." }),
    user_id: z
      .string()
      .regex(/^\d{1,19}$/, "write the number of a user, in quotes")
      .optional()
      .meta({
        description: "An account by its number, which stays when the name changes and costs no looking up.",
      }),
    search: z.string().min(1).max(4096).optional().meta({
      description:
        "A query of the recent search, in its own language (`from:`, `url:`, `lang:`, `-is:retweet`); the last 7 days.",
    }),
    replies: z.boolean().default(true).meta({ description: "Whether an account's replies are read too." }),
    retweets: z.boolean().default(true).meta({ description: "Whether what an account repeats is read too." }),
    page_size: z
      .int()
      .min(10)
      .max(100)
      .default(100)
      .meta({ description: "Posts asked for at once. Each is paid for." }),
    pages: z.int().min(1).max(100).default(1).meta({
      description: "Most pages read in one crawl; with `page_size` this bounds what a crawl costs.",
    }),
    api: z
      .url({ protocol: /^https?$/ })
      .default("https://api.x.com")
      .meta({ description: "Where the interface is." }),
  })
  .refine(
    ({ user, user_id, search }) => [user, user_id, search].filter((one) => one !== undefined).length === 1,
    {
      error: "give one of `user`, `user_id` and `search`",
    },
  );
export type XOptions = z.infer<typeof xOptions>;
