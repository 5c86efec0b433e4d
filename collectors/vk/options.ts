import { z } from "zod";

export const vkOptions = z
  .strictObject({
    wall: z
      .string()
      .regex(
        /^(?:-?\d{1,15}|[A-Za-z_][\w.]{2,63})$/,
        "write the short name of a page, or its number in quotes",
      )
      .optional()
      .meta({
        description:
          "A community or a person by short name (`harbour_news`) or number (communities below zero: `-12345`).",
      }),
    search: z.string().min(1).optional().meta({
      description: "Search words over public posts, newest first.",
    }),
    pages: z.int().min(1).max(100).default(3).meta({
      description: "Most pages of 100 posts read in one crawl. The first crawl goes so far back.",
    }),
    api: z
      .url({ protocol: /^https?$/ })
      .default("https://api.vk.com")
      .meta({ description: "Where the interface is." }),
  })
  .refine(({ wall, search }) => (wall === undefined) !== (search === undefined), {
    error: "give one of `wall` and `search`",
  });
export type VkOptions = z.infer<typeof vkOptions>;
