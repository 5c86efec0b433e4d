import { z } from "zod";

/** A post as it is written in the interchange format, or only its text. */
const example = z.union([z.string().min(1), z.record(z.string(), z.unknown())]);

export const watchSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/, "use lower-case letters, digits and hyphens")
    .meta({ description: "Your short name for it; unique. Searches ask for it by `watches:NAME`." }),
  title: z
    .string()
    .min(1)
    .meta({ description: "The narrative in a sentence, as alerts and reports show it." }),
  category: z
    .enum(["foreign-interference", "violent-extremism", "disinformation", "other"])
    .default("other")
    .meta({ description: "Category of situation reports." }),
  queries: z.array(z.string().min(1)).default([]).meta({
    description:
      "Searches, in the language of `headwater search`. A post that one of them finds is confirmed.",
  }),
  terms: z
    .record(z.string(), z.array(z.string().min(1)))
    .default({})
    .meta({
      description:
        "Words and phrases by language: `{ en: [foreign agents act], zh: [外国代理人] }`. One of them suggests a post, several confirm it.",
    }),
  confirm_terms: z
    .int()
    .min(1)
    .default(2)
    .meta({ description: "So many different terms in one post confirm it." }),
  patterns: z.array(z.string().min(1)).default([]).meta({
    description:
      "Regular expressions in RE2 syntax, on title and text, upper and lower case alike. A post that one of them finds is confirmed.",
  }),
  exclude: z
    .array(z.string().min(1))
    .default([])
    .meta({ description: "Searches whose posts are no part of it, whatever else they match." }),
  examples: z.array(example).default([]).meta({
    description:
      "Posts that belong to it: texts, or posts in the interchange format. `headwater watch test` checks them.",
  }),
  counter_examples: z
    .array(example)
    .default([])
    .meta({ description: "Posts that look alike and do not belong to it." }),
});
export type WatchConfig = z.infer<typeof watchSchema>;
