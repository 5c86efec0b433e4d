import { type BlindSpan, blindSpans } from "../../analyzers/health/blind.ts";
import { healthOf, LATE_AFTER } from "../../analyzers/health/index.ts";
import type { Config } from "../../config/schema.ts";
import type { Run } from "../../contracts/run.ts";
import type { Store } from "../../contracts/store.ts";
import type { SourceCoverage } from "../../reports/kinds/period.ts";
import { askedSources, intervalsAt } from "../health.ts";
import { rhythmOf } from "../rhythms.ts";

const HOUR_MS = 3_600_000;
/** Runs so long before a period still tell whether a source was read at its beginning. */
const BEFORE_MS = 30 * 24 * HOUR_MS;

/** Every source of the config or of a run: its last run, and how it was at an instant. */
export async function coverageOf(
  store: Pick<Store, "cursors">,
  config: Config,
  runs: readonly Run[],
  asOf: number,
): Promise<readonly SourceCoverage[]> {
  const asked = new Map(askedSources(config).map((source) => [source.name, source]));
  const bySource = Map.groupBy(runs, ({ source }) => source);
  const intervalOf = intervalsAt(asOf);
  const coverage: SourceCoverage[] = [];
  for (const source of [...new Set([...asked.keys(), ...bySource.keys()])].sort()) {
    const own = bySource.get(source) ?? [];
    const run = own.reduce<Run | null>(
      (latest, each) => (latest === null || each.started_at > latest.started_at ? each : latest),
      null,
    );
    const configured = asked.get(source);
    if (configured === undefined) {
      coverage.push({ source, run, health: null });
      continue;
    }
    const { schedule, has_token } = configured;
    const every_ms = intervalOf(schedule, await rhythmOf({ store }, schedule));
    coverage.push({
      source,
      run,
      health: healthOf({ source, runs: own, every_ms, has_token, now: asOf }),
    });
  }
  return coverage;
}

/** When sources of the config were not read between two instants. */
export async function blindIn(
  store: Pick<Store, "find" | "cursors">,
  config: Config,
  period: { readonly from: number; readonly to: number },
): Promise<readonly BlindSpan[]> {
  const runs: Run[] = [];
  const bound = (at: number) => new Date(at).toISOString();
  const within = { from: bound(period.from - BEFORE_MS), to: bound(period.to) };
  const inclusive = { from_inclusive: true, to_inclusive: true };
  for await (const run of store.find("runs", {
    kind: "range",
    field: "started_at",
    ...within,
    ...inclusive,
  }))
    runs.push(run);
  if (runs.length === 0) return [];
  // Nothing is known of the time after the last run of all: whether anybody reads then is not for these runs to say.
  const last = Math.max(...runs.map((run) => Date.parse(run.ended_at ?? run.started_at)));
  const intervalOf = intervalsAt(period.to);
  const spans: BlindSpan[] = [];
  for (const { name, schedule } of askedSources(config)) {
    const every = intervalOf(schedule, await rhythmOf({ store }, schedule));
    if (every === null) continue;
    const own = runs.filter(({ source }) => source === name);
    const until = Math.min(period.to, last);
    spans.push(...blindSpans(name, own, { from: period.from, to: until }, LATE_AFTER * every + HOUR_MS));
  }
  return spans;
}
