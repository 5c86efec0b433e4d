import { createHash } from "node:crypto";
import { CronExpressionParser } from "cron-parser";
import { readZone } from "./date-zones.ts";
import { outsideSkipped, pauseOf, type Rhythm, type RhythmBounds } from "./rhythm.ts";

/** In place of a cron expression: the source is asked by its own rhythm. */
export const AUTO = "auto";

/** When one source is crawled. Instants are epoch milliseconds. */
export interface Schedule {
  readonly name: string;
  /** Cron expression: five fields, or six with seconds first; `auto` for the source's own rhythm. */
  readonly every: string;
  /** Bounds of `auto`. */
  readonly auto: RhythmBounds;
  /** The zone of the expression; never that of the machine that happens to compute the next time. */
  readonly zone: string;
  readonly jitter_ms: number;
  /** The window: from `from` up to but not including `until`. Null is open. */
  readonly from: number | null;
  readonly until: number | null;
  readonly catch_up: boolean;
}

/** Without catch-up a tick still counts this long: whoever asks does so about once a minute. */
const LATE_MS = 300_000;

/**
 * The first time after `after` that an expression names; null when there is none. When clocks go forward, a time that is
 * skipped comes at the end of the gap; when they go back, an hourly pattern keeps its pace and a daily one comes once.
 */
export function nextTick(every: string, zone: string, after: number): number | null {
  for (const skipped of SKIPPED_MS) {
    try {
      const currentDate = new Date(after + skipped);
      return CronExpressionParser.parse(every, { tz: zone, currentDate }).next().getTime();
    } catch {
      // Tried again from a little later.
    }
  }
  return null;
}

/** Where clocks change by half an hour (Lord Howe Island) cron-parser finds no time after some; past the change it does. */
const SKIPPED_MS = [0, 3_600_000, 10_800_000];

/**
 * When a source is to be crawled next, given when its last crawl began (null: never). A time that is not after `now`
 * means now: a tick was missed, and one crawl makes up for all that were. Null: never again.
 */
export function nextRun(
  schedule: Schedule,
  last: number | null,
  now: number,
  rhythm: Rhythm | null = null,
): number | null {
  const { from, until, catch_up } = schedule;
  const inWindow = (at: number) => (from === null || at >= from) && (until === null || at < until);
  if (last === null && catch_up && inWindow(now)) return now;
  // A clock that was wrong must not silence a source until that time comes.
  const known = last === null || last > now ? now : last;
  if (schedule.every === AUTO) return runsAfter(schedule, known, 1, rhythm)[0] ?? null;
  const since = catch_up ? known : Math.max(known, now - LATE_MS - schedule.jitter_ms);
  return runsAfter(schedule, since, 1)[0] ?? null;
}

/** The next `count` times that a schedule names after `after`, jitter included. */
export function runsAfter(
  schedule: Schedule,
  after: number,
  count: number,
  rhythm: Rhythm | null = null,
): readonly number[] {
  const runs: number[] = [];
  let from = schedule.from === null ? after : Math.max(after, schedule.from - 1);
  while (runs.length < count) {
    const tick =
      schedule.every === AUTO
        ? outsideSkipped(from + pauseOf(rhythm, schedule.auto, from), rhythm)
        : nextTick(schedule.every, schedule.zone, from);
    if (tick === null || (schedule.until !== null && tick >= schedule.until)) break;
    runs.push(tick + jitterOf(schedule, tick));
    from = tick;
  }
  return runs;
}

/** The same source and tick always have the same jitter, so that every process agrees on the time. */
function jitterOf({ name, jitter_ms }: Schedule, tick: number): number {
  if (jitter_ms === 0) return 0;
  const hash = createHash("sha256").update(`${name}\n${tick}`).digest();
  return hash.readUInt32BE(0) % (jitter_ms + 1);
}

/** The instant of a local day or time in a zone: `2026-03-01`, `2026-03-01T06:00`; with `end` a day means its end. */
export function localInstant(written: string, zone: string, { end }: { readonly end: boolean }): number {
  const whole = written.length === 10;
  const local = Date.parse(`${written}${whole ? "T00:00" : ""}:00Z`) + (whole && end ? 86_400_000 : 0);
  const reading = readZone(zone.toLowerCase());
  const ahead = typeof reading === "function" ? reading(local)[0]! : 0;
  return local - ahead;
}

/** What is wrong with an expression, or null. */
export function cronProblem(every: string): string | null {
  const fields = every.trim().split(/\s+/).length;
  if (!every.startsWith("@") && (fields < 5 || fields > 6)) return `it has ${fields} fields, not 5`;
  try {
    CronExpressionParser.parse(every, { tz: "UTC" });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
