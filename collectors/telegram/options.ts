import { z } from "zod";

export const telegramOptions = z.strictObject({
  channel: z
    .string()
    .regex(/^@?[A-Za-z]\w{3,31}$/, "write the name of a public channel, such as example_channel")
    .meta({ description: "Name of a public channel, as in `t.me/NAME`." }),
  pages: z.int().min(1).max(500).default(10).meta({
    description: "Most pages read in one crawl, of about 20 posts each. The first crawl goes so far back.",
  }),
  site: z
    .url({ protocol: /^https?$/ })
    .default("https://t.me")
    .meta({ description: "Where the preview pages are; to be changed only for a mirror of one's own." }),
});
export type TelegramOptions = z.infer<typeof telegramOptions>;
