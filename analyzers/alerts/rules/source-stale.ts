import { z } from "zod";
import { durationSchema, secondsOf } from "../../../config/durations.ts";
import type { Statement } from "../../../contracts/message.ts";
import type { RuleKind } from "../rule.ts";

const options = z.strictObject({
  after: durationSchema.default("24h").meta({ description: "So long without anything new." }),
  sources: z.array(z.string()).default([]).meta({ description: "Only these sources; all when empty." }),
});
export type SourceStaleOptions = z.infer<typeof options>;

const HOUR_MS = 3_600_000;

export const sourceStale: RuleKind<SourceStaleOptions> = {
  on: "source",
  info: {
    name: "source-stale",
    title: "A source has gone stale",
    summary: "Fires when a source that is crawled brings nothing new for a time; ends when it does.",
    options,
    references: [],
  },
  fire({ source, runs, now }, { after, sources }) {
    if (sources.length > 0 && !sources.includes(source)) return [];
    const since = Date.parse(runs.last_new_at ?? runs.first_at);
    const periods = Math.floor((now - since) / (secondsOf(after) * 1000));
    if (periods < 1) return [];
    const hours = Math.floor((now - since) / HOUR_MS);
    const failing: Statement =
      runs.failed > 0
        ? { say: "stale.failed", with: { runs: runs.failed, problem: runs.problem ?? "" } }
        : { say: "stale.empty", with: { runs: runs.since } };
    return [
      {
        subject: `source:${source}`,
        source,
        why: [
          runs.last_new_at === null
            ? { say: "stale.never", with: { source, hours } }
            : { say: "stale.source", with: { source, hours } },
          failing,
        ],
        confidence: "high",
        confidence_reasons: [{ say: "sure.runs", with: {} }],
        unknowns: [{ say: "unknown.cause", with: {} }],
        posts: [],
        since,
        until: now,
        // Told again after two, four, eight … of the periods.
        size: periods,
      },
    ];
  },
};
