import { z } from "zod";
import { webUrl } from "../page/options.ts";
import type { WalkCursor } from "../walk.ts";

export const discourseOptions = z
  .strictObject({
    site: webUrl.meta({ description: "Address of the forum, e.g. `https://forum.example`." }),
    category: z
      .string()
      .regex(/^[^\s?#]+\/\d+$/, "write it as its address does: news/7")
      .optional()
      .meta({
        description: "Only the topics of this category, as its address has it behind `/c/`: `news/7`.",
      }),
    topics: z
      .array(z.int().min(1))
      .min(1)
      .optional()
      .meta({ description: "Only these topics, by their numbers." }),
    max_pages: z
      .int()
      .min(1)
      .max(5000)
      .default(50)
      .meta({ description: "Most answers asked for in one crawl." }),
  })
  .refine(
    ({ category, topics }) => category === undefined || topics === undefined,
    "give either `category` or `topics`; without both all posts are read",
  );

export type DiscourseOptions = z.infer<typeof discourseOptions>;

export interface TopicsCursor {
  readonly of: string;
  /** The highest post number read of each topic, by the topic's number. */
  readonly read: Readonly<Record<string, number>>;
}

export type DiscourseCursor = WalkCursor | TopicsCursor;
