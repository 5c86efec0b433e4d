import { z } from "zod";

export const bilibiliOptions = z
  .strictObject({
    videos: z
      .array(
        z
          .string()
          .regex(
            /^(?:BV1[0-9A-Za-z]{9}|av[1-9]\d*)$/,
            "must be the name of a video, like BV1xx411c7mD or av170001",
          ),
      )
      .default([])
      .meta({ description: "Videos by name. Each is asked for again at every crawl." }),
    permission: z.string().min(10).optional().meta({
      description:
        "Who allowed the use of Bilibili's interface, and when. With it the interface is asked, which gives all counts; without it the public page is read.",
    }),
    site: z
      .url({ protocol: /^https?$/ })
      .default("https://www.bilibili.com")
      .meta({ description: "Where the pages are." }),
    api: z
      .url({ protocol: /^https?$/ })
      .default("https://api.bilibili.com")
      .meta({ description: "Where the interface is." }),
  })
  .refine(({ videos }) => videos.length > 0, "give `videos`");
export type BilibiliOptions = z.infer<typeof bilibiliOptions>;
