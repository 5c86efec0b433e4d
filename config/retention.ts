import { z } from "zod";

export const retentionSchema = z.strictObject({
  keep_days: z.int().min(1).nullable().default(null).meta({
    description:
      "`headwater prune` takes away what was collected longer ago than so many days; null keeps everything.",
  }),
  holds: z.array(z.string().min(1)).default([]).meta({
    description:
      "Searches; posts that one of them finds are kept whatever their age: `story:s-…`, `source:tribunal`.",
  }),
});
