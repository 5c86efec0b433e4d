import { z } from "zod";
import { durationSchema, secondsOf } from "../../../config/durations.ts";
import type { Statement } from "../../../contracts/message.ts";
import type { RuleKind } from "../rule.ts";

const TROUBLES = ["expired", "blocked", "changed-shape"] as const;

const options = z.strictObject({
  after: z
    .union([z.literal("usual"), durationSchema])
    .default("usual")
    .meta({
      description:
        "So long without anything new. `usual` is two of the source's own usual intervals, by its runs; a day until they are known.",
    }),
  states: z
    .array(z.enum(TROUBLES))
    .default([...TROUBLES])
    .meta({ description: "Told at once, without waiting for silence." }),
  sources: z.array(z.string()).default([]).meta({ description: "Only these sources; all when empty." }),
});
export type SourceStaleOptions = z.infer<typeof options>;

const HOUR_MS = 3_600_000;

export const sourceStale: RuleKind<SourceStaleOptions> = {
  on: "source",
  info: {
    name: "source-stale",
    title: "A source has gone stale, or cannot be read as before",
    summary:
      "Fires when a source that is crawled brings nothing new for twice its usual interval, refuses us, needs a new token, or gives records of another shape; ends when that does.",
    options,
    references: [],
  },
  fire({ source, runs, health, now }, { after, states, sources }) {
    if (sources.length > 0 && !sources.includes(source)) return [];
    const since = Date.parse(runs.last_new_at ?? runs.first_at);
    const period = after === "usual" ? health.silent_after_ms : secondsOf(after) * 1000;
    const periods = Math.floor((now - since) / period);
    const trouble = states.find((state) => state === health.state) ?? null;
    if (periods < 1 && trouble === null) return [];
    const hours = Math.floor((now - since) / HOUR_MS);
    const failing: Statement =
      runs.failed > 0
        ? { say: "stale.failed", with: { runs: runs.failed, problem: runs.problem ?? "" } }
        : { say: "stale.empty", with: { runs: runs.since } };
    const silence: Statement =
      runs.last_new_at === null
        ? { say: "stale.never", with: { source, hours } }
        : { say: "stale.source", with: { source, hours } };
    const state: readonly Statement[] =
      trouble === null ? [] : [{ say: "stale.state", with: { source, state: trouble } }, ...health.why];
    return [
      {
        subject: `source:${source}`,
        source,
        why: (periods < 1 ? state : [silence, failing, ...state]) as [Statement, ...Statement[]],
        confidence: "high",
        confidence_reasons: [{ say: "sure.runs", with: {} }],
        unknowns: [{ say: "unknown.cause", with: {} }],
        posts: [],
        since: periods < 1 && health.since !== null ? Date.parse(health.since) : since,
        until: now,
        // Told again after two, four, eight … of the periods.
        size: Math.max(1, periods),
      },
    ];
  },
};
