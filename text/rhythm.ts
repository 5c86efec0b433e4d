/** How a source publishes, as far as it was seen and as it says itself. Times are epoch milliseconds. */
export interface Rhythm {
  /** When its latest posts were published, by time, each once. */
  readonly times: readonly number[];
  /** Not to be asked again sooner. */
  readonly least_ms: number | null;
  readonly skip_hours: readonly number[];
  readonly skip_days: readonly number[];
}

export interface RhythmBounds {
  readonly least_ms: number;
  readonly most_ms: number;
}

/** Posts whose gaps are looked at: enough for a median, few enough to follow a change. */
const KEPT = 30;
/** Without so many gaps nothing is known. */
const LEAST_GAPS = 3;
/** Twice a usual gap: what is published is then seen half a gap late on average. */
const ASKS_A_GAP = 2;
/** A source that has published nothing for long is asked more and more seldom: after each quarter of its silence. */
const SILENCE_SHARE = 4;
/** A feed that asks for more than a day's pause has mostly copied a default. */
const LONGEST_HINT_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** What was known, with the times of what came and what the source now says of itself. */
export function rhythmAfter(
  before: Rhythm | null,
  published: readonly number[],
  hint: Omit<Rhythm, "times"> | null,
): Rhythm {
  const times = [...new Set([...(before?.times ?? []), ...published])].sort((a, b) => a - b).slice(-KEPT);
  const { least_ms, skip_hours, skip_days } = hint ??
    before ?? { least_ms: null, skip_hours: [], skip_days: [] };
  return { times, least_ms, skip_hours, skip_days };
}

/**
 * The pause before a source is asked again: half of the median gap between its posts, or an eighth of the time that it has been
 * silent where that is longer, within the bounds; never shorter than the source asks for. Unknown: the shorter bound, so that
 * it gets known.
 */
export function pauseOf(rhythm: Rhythm | null, bounds: RhythmBounds, now: number): number {
  const { times = [], least_ms = null } = rhythm ?? {};
  const gaps = times.slice(1).map((time, i) => time - times[i]!);
  const asked = Math.min(least_ms ?? 0, LONGEST_HINT_MS);
  if (gaps.length < LEAST_GAPS) return Math.max(bounds.least_ms, asked);
  const median = [...gaps].sort((a, b) => a - b)[gaps.length >> 1]!;
  const silent = Math.max(0, now - times.at(-1)!);
  const pause = Math.max(median, silent / SILENCE_SHARE) / ASKS_A_GAP;
  return Math.max(Math.min(Math.max(pause, bounds.least_ms), bounds.most_ms), asked);
}

/** The time itself, or the first hour after it in which the source does not say that it publishes nothing. */
export function outsideSkipped(at: number, rhythm: Rhythm | null): number {
  const { skip_hours = [], skip_days = [] } = rhythm ?? {};
  // A source that skips every hour of a week is asked all the same.
  for (let hour = 0; hour < 7 * 24; hour++) {
    const then = hour === 0 ? at : (Math.floor(at / HOUR_MS) + hour) * HOUR_MS;
    const date = new Date(then);
    if (!skip_hours.includes(date.getUTCHours()) && !skip_days.includes(date.getUTCDay())) return then;
  }
  return at;
}
