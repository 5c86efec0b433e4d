import { z } from "zod";

export const retentionSchema = z.strictObject({
  keep_days: z.int().min(1).nullable().default(null).meta({
    description: "What was collected longer ago than so many days may be taken away; null keeps everything.",
  }),
  every: z.string().nullable().default(null).meta({
    description:
      "Cron expression by which the schedule does what `headwater prune` does, as with crawls once after a time of being down, and first at its next tick; null leaves that to you, since nothing brings back what is taken away.",
  }),
  zone: z
    .string()
    .optional()
    .meta({ description: "Time zone of its expression; that of `schedule.zone` when left out." }),
  holds: z.array(z.string().min(1)).default([]).meta({
    description:
      "Searches; posts that one of them finds are kept whatever their age: `story:s-…`, `source:tribunal`.",
  }),
});
