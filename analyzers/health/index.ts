import type { SourceHealth } from "../../contracts/health.ts";
import type { HealthState } from "../../contracts/health-state.ts";
import type { Statement } from "../../contracts/message.ts";
import type { Run } from "../../contracts/run.ts";
import { isFailure } from "./failure.ts";
import { fallenFields } from "./shape.ts";
import { troubleOf } from "./trouble.ts";
import { isLow, newsOf, usualGap, yieldOf } from "./usual.ts";

export interface HealthInput {
  readonly source: string;
  /** All that are known, in any order. */
  readonly runs: readonly Run[];
  /** The longest pause that its schedule makes; null where it has none now. */
  readonly every_ms: number | null;
  /** Whether a token or a key is given to it. */
  readonly has_token: boolean;
  readonly now: number;
}

const HOUR_MS = 3_600_000;
/** A run that is due is begun within minutes; a source is late when it has been passed over twice. */
export const LATE_AFTER = 3;
/** One failure of a passing kind is weather. */
const FAILURES = 2;
/** Usual intervals without anything new. */
const SILENT_AFTER = 2;
/** Until a source's rhythm is known it is silent after a day, or after two of its own long pauses. */
const RHYTHM_UNKNOWN_MS = 24 * HOUR_MS;

/** How a source is, by its runs alone. The same runs give the same answer in any order. */
export function healthOf({ source, runs, every_ms, has_token, now }: HealthInput): SourceHealth {
  const ended = runs
    .filter(({ status }) => status === "done" || status === "failed")
    .toSorted((a, b) => (a.started_at < b.started_at ? -1 : a.started_at > b.started_at ? 1 : 0));
  const good = ended.filter(({ status }) => status === "done");
  const gap = usualGap(good, now);
  const given = yieldOf(good, now);
  const silent_after_ms = SILENT_AFTER * Math.max(gap ?? RHYTHM_UNKNOWN_MS / SILENT_AFTER, every_ms ?? 0);
  const known = {
    source,
    last_success: good.at(-1)?.ended_at ?? null,
    last_new: ended.findLast((run) => newsOf(run) > 0)?.started_at ?? null,
    usual_gap_ms: gap,
    silent_after_ms,
    yield: given,
  };
  const is = (state: HealthState, since: string | null, ...why: readonly Statement[]): SourceHealth => ({
    ...known,
    state,
    since,
    why,
  });

  const first = ended[0];
  const last = ended.at(-1);
  if (first === undefined || last === undefined) return is("new", null, { say: "health.new", with: {} });
  const failures = ended.slice(ended.findLastIndex((run) => !isFailure(run)) + 1);
  const [failed] = failures;
  if (failed !== undefined) {
    const problem = last.problems.at(-1) ?? "";
    const state = troubleOf(problem, has_token);
    if (state !== "failing" || failures.length >= FAILURES)
      return is(state, failed.started_at, {
        say: `health.${state}`,
        with: { runs: failures.length, problem },
      } as Statement);
  }
  const fallen = fallenFields(good);
  if (fallen.length > 0) {
    const since = fallen.map((each) => each.since).sort()[0]!;
    return is("changed-shape", since, ...fallen.map(({ why }) => why));
  }
  const read = now - Date.parse(last.started_at);
  if (every_ms !== null && read > LATE_AFTER * every_ms + HOUR_MS)
    return is("late", last.ended_at, { say: "health.late", with: { hours: hoursOf(read) } });
  const quiet = now - Date.parse(known.last_new ?? first.started_at);
  if (quiet >= silent_after_ms)
    return is(
      "silent",
      known.last_new ?? first.started_at,
      gap === null
        ? { say: "health.silent.unknown", with: { hours: hoursOf(quiet) } }
        : { say: "health.silent", with: { hours: hoursOf(quiet), usual: hoursOf(gap) } },
    );
  if (given !== null && isLow(given))
    return is("low", new Date(now - given.window_ms).toISOString(), {
      say: "health.low",
      with: {
        latest: given.latest,
        median: round(given.median),
        spread: round(given.spread),
        hours: hoursOf(given.window_ms),
      },
    });
  return is("well", failures[0]?.started_at ?? null);
}

function hoursOf(ms: number): number {
  return Math.max(1, Math.round(ms / HOUR_MS));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
