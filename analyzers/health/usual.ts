import type { Yield } from "../../contracts/health.ts";
import type { Run } from "../../contracts/run.ts";

const HOUR_MS = 3_600_000;
/** Long enough that a source usually gives something: the first of these with a median of at least `LEAST_MEDIAN`. */
const WINDOWS_MS = [1, 6, 24, 168].map((hours) => hours * HOUR_MS);
const LEAST_MEDIAN = 3;
/** Earlier windows that are needed, and looked at. */
const LEAST_WINDOWS = 8;
const MOST_WINDOWS = 24 * 28;
/** With so many days of the same hour, night is compared with night. */
const LEAST_DAYS = 10;
/** Of a normal distribution the median absolute deviation is 1 / 1.4826 of the standard deviation. */
const NORMAL = 1.4826;
/** Gaps looked at, and needed. */
const MOST_GAPS = 100;
const LEAST_GAPS = 5;
const DAY_MS = 24 * HOUR_MS;
/** Earlier days looked at for the same time of the day, and needed. */
const MOST_DAYS = 28;
const LEAST_NIGHTS = 7;

export function newsOf({ buckets }: Run): number {
  return buckets.added + buckets.undated + buckets.changed;
}

/**
 * How long a source is usually silent; null with too few runs to say. Nine of ten gaps between runs that brought something new
 * are no longer, nor was it on nine of ten earlier days silent for longer at this time of the day: a source that sleeps at
 * night, or at the weekend, is not silent then. In its first week, when no night is known to be usual, its longest gap counts.
 */
export function usualGap(runs: readonly Run[], now: number): number | null {
  const times = runs.filter((run) => newsOf(run) > 0).map(({ started_at }) => Date.parse(started_at));
  const gaps = times
    .slice(1)
    .map((time, i) => time - times[i]!)
    .slice(-MOST_GAPS);
  if (gaps.length < LEAST_GAPS) return null;
  const silences: number[] = [];
  for (let day = 1; day <= MOST_DAYS; day++) {
    const then = now - day * DAY_MS;
    const last = times.findLast((time) => time <= then);
    if (last !== undefined) silences.push(then - last);
  }
  if (silences.length < LEAST_NIGHTS) return Math.max(...gaps);
  return Math.max(ninth(gaps), ninth(silences));
}

/** Nine of ten are no greater. */
function ninth(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.9) - 1]!;
}

/**
 * What a source gives in a window of time, and what it usually does: median and spread of the windows before, which one
 * burst does not move. The first run is left out: it brings all that was there. Null with too few windows, or where even a week
 * brings next to nothing.
 */
export function yieldOf(runs: readonly Run[], now: number): Yield | null {
  const later = runs.slice(1);
  const first = later[0];
  if (first === undefined) return null;
  const begun = Date.parse(first.started_at);
  for (const window of WINDOWS_MS) {
    // Windows end where the clock's hours do, so that hours of the day are the same in all of them.
    const end = Math.floor(now / HOUR_MS) * HOUR_MS;
    const count = Math.min(MOST_WINDOWS, Math.floor((end - begun) / window));
    if (count < LEAST_WINDOWS + 1) return null;
    const counts = new Array<number>(count).fill(0);
    for (const run of later) {
      const back = Math.ceil((end - Date.parse(run.started_at)) / window) - 1;
      if (back >= 0 && back < count) counts[back]! += newsOf(run);
    }
    const [latest, ...earlier] = counts as [number, ...number[]];
    const days = window === HOUR_MS ? earlier.filter((_, i) => (i + 1) % 24 === 0) : [];
    const by_hour = days.length >= LEAST_DAYS;
    const compared = by_hour ? days : earlier;
    const middle = median(compared);
    if (!by_hour && middle < LEAST_MEDIAN) continue;
    const spread = NORMAL * median(compared.map((each) => Math.abs(each - middle)));
    return { window_ms: window, median: middle, spread, latest, windows: compared.length, by_hour };
  }
  return null;
}

/** Whether the last window is far below: three spreads, of which chance alone makes the square root of the count. */
export function isLow({ median: middle, spread, latest }: Yield): boolean {
  return latest < middle - 3 * Math.max(spread, Math.sqrt(middle)) && latest * 2 < middle;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
