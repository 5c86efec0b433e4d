import { z } from "zod";
import type { RuleKind } from "../rule.ts";
import { usual } from "../usual.ts";

const options = z.strictObject({
  watches: z.array(z.string()).min(1, "name at least one watch").meta({ description: "The watches." }),
  p: z
    .number()
    .min(1e-9)
    .max(0.1)
    .default(0.001)
    .meta({ description: "How seldom so many posts would come on a usual day: once in 1,000 days." }),
  posts: z.int().min(1).default(5).meta({ description: "Fewer posts than this on a day are never told." }),
  days: z.int().min(7).max(365).default(28).meta({ description: "Earlier days that say what is usual." }),
  suggested: z
    .boolean()
    .default(true)
    .meta({ description: "Count suggested posts as well as confirmed ones." }),
});
export type WatchSurgeOptions = z.infer<typeof options>;

export const watchSurge: RuleKind<WatchSurgeOptions> = {
  on: "watch",
  info: {
    name: "watch-surge",
    title: "A watch above its usual",
    summary:
      "Fires when a watch has more posts on a day than its earlier days let expect; with too few days it does not.",
    options,
    references: [
      "Farrington et al. 1996, A statistical algorithm for the early detection of outbreaks of infectious disease",
    ],
  },
  watches: ({ watches, suggested }) => ({ names: watches, suggested }),
  bears_on: ({ days }) => days,
  fire({ watch, title, day, posts, by_day }, { p, posts: least, days }) {
    const found = usual(by_day, day, days);
    if ("insufficient" in found || found.count < least || found.p > p) return [];
    return [
      {
        subject: `watch:${watch}:${day}`,
        watch,
        why: [
          {
            say: "surge.count",
            with: { watch: title, day, posts: found.count, usual: round(found.mean), p: found.p },
          },
          { say: "surge.baseline", with: { days: found.days, first: found.first, last: found.last } },
        ],
        confidence: "moderate",
        confidence_reasons: [{ say: "sure.statistic", with: { days: found.days } }],
        unknowns: [
          { say: "unknown.cause", with: {} },
          { say: "unknown.coordination", with: {} },
          { say: "unknown.missing", with: {} },
        ],
        posts,
        size: found.count,
      },
    ];
  },
};

function round(mean: number): number {
  return Math.round(mean * 10) / 10;
}
