import { z } from "zod";
import { durationSchema } from "./durations.ts";

const LOCAL_TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d)?$/;
const localTime = z.string().regex(LOCAL_TIME, "write a day like 2026-03-01, or 2026-03-01T06:00");

/** What a source, or a group of them, may say of its own schedule. What it leaves out, the wider level says. */
export const ownSchedule = {
  zone: z
    .string()
    .optional()
    .meta({ description: "Time zone of its own, for its expression and its window." }),
  jitter: durationSchema.optional().meta({ description: "Jitter of its own." }),
  from: localTime.optional().meta({
    description: "Begin of its window, e.g. of a by-election's monitoring, in its zone: `2026-03-01`.",
  }),
  to: localTime.optional().meta({
    description: "End of its window, in its zone; a day counts whole. Outside its window it is not crawled.",
  }),
  catch_up: z.boolean().optional().meta({ description: "Catch-up of its own." }),
};

export const scheduleSchema = z.strictObject({
  every: z.string().default("*/15 * * * *").meta({
    description:
      "Cron expression of crawls; `auto` for each source's own rhythm: twice in the usual gap between its posts, and no oftener than the feed or its server asks.",
  }),
  auto: z
    .strictObject({
      least: durationSchema.default("5m").meta({ description: "Shortest pause of `auto`." }),
      most: durationSchema.default("6h").meta({
        description:
          "Longest pause of `auto`; only a source that asks for a longer one gets it, up to a day.",
      }),
    })
    .prefault({})
    .meta({ description: "Bounds of `every: auto`." }),
  zone: z
    .string()
    .default("UTC")
    .meta({ description: "Time zone of cron expressions, e.g. America/Toronto." }),
  jitter: durationSchema.default("0s").meta({
    description:
      "Longest delay of a crawl behind its tick, so that not all begin at once. Each source has its own for each tick, always the same.",
  }),
  catch_up: z.boolean().default(true).meta({
    description:
      "After a time when Headwater was down, crawl once what was missed, however many ticks that were.",
  }),
  groups: z
    .array(
      z.strictObject({
        name: z.string().min(1).meta({ description: "The name that a source's `group` gives." }),
        every: z
          .string()
          .optional()
          .meta({ description: "Cron expression of its sources; `schedule.every` when left out." }),
        ...ownSchedule,
      }),
    )
    .default([])
    .meta({ description: "Schedules that several sources share." }),
});
