const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Steps between ticks; the first that needs at most TICKS of them is taken. */
const STEPS = [
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  30 * DAY,
  91 * DAY,
  365 * DAY,
];
const TICKS = 9;
/** Share of the span left free on both sides, so that nothing stands on the edge. */
const MARGIN = 0.03;

/** Where instants stand on a line of `width`, and the ticks under it. */
export interface TimeAxis {
  readonly x: (instant: number) => number;
  readonly ticks: readonly { readonly at: number; readonly x: number }[];
  /** Whether a tick needs its hour, days alone being too coarse. */
  readonly hours: boolean;
}

export function timeAxis(instants: readonly number[], left: number, width: number): TimeAxis {
  const known = instants.filter(Number.isFinite);
  const first = known.reduce((least, at) => Math.min(least, at), Infinity);
  const last = known.reduce((most, at) => Math.max(most, at), -Infinity);
  const span = Math.max(last - first, HOUR);
  const from = first - span * MARGIN;
  const to = first + span * (1 + MARGIN);
  const x = (instant: number) =>
    left + ((Math.min(Math.max(instant, from), to) - from) / (to - from)) * width;
  const step = STEPS.find((size) => span / size <= TICKS) ?? STEPS.at(-1)!;
  const ticks: { at: number; x: number }[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) ticks.push({ at, x: x(at) });
  return { x, ticks, hours: step < DAY };
}
