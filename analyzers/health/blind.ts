import type { Run } from "../../contracts/run.ts";
import { isFailure } from "./failure.ts";

/** A stretch of time in which a source was not read, as far as its runs tell. */
export interface BlindSpan {
  readonly source: string;
  readonly from: string;
  readonly to: string;
}

/**
 * When a source was blind between two instants: no run read it for longer than `longest` milliseconds. Before its first good run
 * nothing is said: it was not a source yet. What was published meanwhile may have been read later, as far as the source still held it.
 */
export function blindSpans(
  source: string,
  runs: readonly Run[],
  period: { readonly from: number; readonly to: number },
  longest: number,
): readonly BlindSpan[] {
  const good = runs
    .filter((run) => run.status === "done" && !isFailure(run))
    .map((run) => ({ from: Date.parse(run.started_at), to: Date.parse(run.ended_at ?? run.started_at) }))
    .sort((a, b) => a.from - b.from);
  const spans: BlindSpan[] = [];
  for (const [i, run] of good.entries()) {
    const next = good[i + 1]?.from ?? period.to;
    if (next - run.to <= longest) continue;
    const [from, to] = [Math.max(run.to, period.from), Math.min(next, period.to)];
    if (from < to) spans.push({ source, from: new Date(from).toISOString(), to: new Date(to).toISOString() });
  }
  return spans;
}
