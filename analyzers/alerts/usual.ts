const DAY_MS = 86_400_000;
/** Days that are needed to say what is usual: a week, so that every day of the week is among them. */
export const DAYS_NEEDED = 7;
/** The statistic ends where further terms add less than this share. */
const NEGLIGIBLE = 1e-12;

export type Usual =
  | { readonly insufficient: string; readonly days: number; readonly count: number }
  | {
      readonly count: number;
      /** Posts on an earlier day, on average. */
      readonly mean: number;
      /** How likely so many or more are on a day like the earlier ones. */
      readonly p: number;
      readonly days: number;
      readonly first: string;
      readonly last: string;
    };

/**
 * How unusual the number of posts on a day is, against up to `window` days before it. The watch's first day of all
 * begins the series and is no part of it: a series that begins with a post would overrate what is usual. Days without
 * posts after it count as zero.
 *
 * The count of a further day is negative binomial: with mean m over n days, `m = (sum + 1/2) / n` (Jeffreys' prior), and
 * variance `m (1 + 1/n) d`, where d is the days' own variance over their mean, at least 1. With d = 1 this is the exact
 * posterior predictive of a Poisson rate; the more the days differ among themselves, the more is needed to stand out.
 */
export function usual(byDay: ReadonlyMap<string, number>, day: string, window: number): Usual {
  const count = byDay.get(day) ?? 0;
  const started = [...byDay.keys()].filter((key) => /^\d{4}-/.test(key)).sort()[0];
  const today = Date.parse(day);
  const first = Math.max(
    today - window * DAY_MS,
    started === undefined ? today : Date.parse(started) + DAY_MS,
  );
  const counts: number[] = [];
  for (let at = first; at < today; at += DAY_MS) counts.push(byDay.get(isoDay(at)) ?? 0);
  const n = counts.length;
  if (n < DAYS_NEEDED) {
    const insufficient = `insufficient data: ${n} earlier ${n === 1 ? "day" : "days"}, ${DAYS_NEEDED} needed`;
    return { insufficient, days: n, count };
  }
  const sum = counts.reduce((total, each) => total + each, 0);
  const average = sum / n;
  const spread = counts.reduce((total, each) => total + (each - average) ** 2, 0) / (n - 1);
  const dispersion = Math.max(1, average === 0 ? 1 : spread / average);
  const mean = (sum + 0.5) / n;
  const p = tail(count, mean, mean * (1 + 1 / n) * dispersion);
  return { count, mean: average, p, days: n, first: isoDay(first), last: isoDay(today - DAY_MS) };
}

/** P(X >= count) of a negative binomial with this mean and (greater) variance; sums logarithms, so nothing underflows. */
export function tail(count: number, mean: number, variance: number): number {
  if (count <= 0) return 1;
  const size = (mean * mean) / (variance - mean);
  const odds = Math.log(mean / (size + mean));
  let log = size * Math.log(size / (size + mean));
  for (let k = 0; k < count; k++) log += Math.log((k + size) / (k + 1)) + odds;
  let term = Math.exp(log);
  let total = 0;
  for (let k = count; term > total * NEGLIGIBLE; k++) {
    total += term;
    term *= ((k + size) / (k + 1)) * Math.exp(odds);
  }
  return Math.min(1, total);
}

function isoDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
