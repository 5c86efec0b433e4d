import { z } from "zod";

const server = z.url({ protocol: /^https?$/ });

export const youtubeOptions = z
  .strictObject({
    channel: z
      .string()
      .regex(/^UC[\w-]{22}$/, "write the id of a channel, which begins with UC; its page names it")
      .optional()
      .meta({
        description:
          "A channel by its id. Without a key its feed of 15 videos is read, with one its list of uploads.",
      }),
    playlist: z
      .string()
      .regex(/^[\w-]{10,64}$/)
      .optional()
      .meta({ description: "A playlist by its id." }),
    search: z.string().min(1).optional().meta({
      description:
        "Search words, as in the search box; newest first. Needs a key, and costs a hundredth of its day a page.",
    }),
    videos: z
      .array(z.string().regex(/^[\w-]{11}$/, "write the id of a video, 11 characters"))
      .min(1)
      .optional()
      .meta({ description: "Single videos by their ids. Needs a key." }),
    pages: z.int().min(1).max(100).default(2).meta({
      description: "Most pages of 50 videos read in one crawl. The first crawl goes so far back.",
    }),
    site: server.default("https://www.youtube.com").meta({ description: "Where the feeds are." }),
    api: server.default("https://www.googleapis.com").meta({ description: "Where the Data API is." }),
  })
  .refine(
    ({ channel, playlist, search, videos }) =>
      [channel, playlist, search, videos].filter((one) => one !== undefined).length === 1,
    { error: "give one of `channel`, `playlist`, `search` and `videos`" },
  );
export type YoutubeOptions = z.infer<typeof youtubeOptions>;
