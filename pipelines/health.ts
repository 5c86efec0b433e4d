import { healthOf } from "../analyzers/health/index.ts";
import { newsOf } from "../analyzers/health/usual.ts";
import { collectors } from "../collectors/index.ts";
import type { Config } from "../config/schema.ts";
import type { SourceHealth } from "../contracts/health.ts";
import type { Query } from "../contracts/query.ts";
import type { Run } from "../contracts/run.ts";
import type { Store } from "../contracts/store.ts";
import type { Rhythm } from "../text/rhythm.ts";
import { AUTO, runsAfter, type Schedule } from "../text/schedule.ts";
import { optionsOf } from "./parts.ts";
import { rhythmOf } from "./rhythms.ts";
import { scheduleOf } from "./schedules.ts";
import { withSecretsApart } from "./secrets.ts";

/** Long enough to know a source's rhythm, short enough to be read every few minutes. */
const LOOKED_BACK_MS = 60 * 24 * 3_600_000;
/** Ticks looked at for the longest pause: a week of a schedule that knows working hours. */
const TICKS = 7 * 24;

/** A source as its health is asked: what is configured, without what it takes to read it. */
export interface AskedSource {
  readonly name: string;
  readonly schedule: Schedule;
  readonly has_token: boolean;
}

/** The sources of the config that are read. */
export function askedSources(config: Config): readonly AskedSource[] {
  return config.sources
    .filter(({ enabled, collector }) => enabled && collectors[collector] !== undefined)
    .map((source) => {
      const { secrets = [] } = collectors[source.collector]!;
      const given = withSecretsApart(optionsOf(source), secrets).secrets;
      return { name: source.name, schedule: scheduleOf(source, config), has_token: given.length > 0 };
    });
}

/** How each of these sources is, with the runs that say so. */
export async function readHealth(
  store: Pick<Store, "find" | "cursors">,
  sources: readonly AskedSource[],
  now: number,
): Promise<ReadonlyMap<string, { readonly health: SourceHealth; readonly runs: readonly Run[] }>> {
  const names = new Set(sources.map(({ name }) => name));
  const runs = new Map<string, Run[]>(sources.map(({ name }) => [name, []]));
  const since = new Date(now - LOOKED_BACK_MS).toISOString();
  const recent: Query = {
    kind: "range",
    field: "started_at",
    from: since,
    to: null,
    from_inclusive: true,
    to_inclusive: true,
  };
  for await (const run of store.find("runs", recent))
    if (names.has(run.source)) runs.get(run.source)!.push(run);
  const intervalOf = intervalsAt(now);
  const healths = new Map<string, { health: SourceHealth; runs: readonly Run[] }>();
  for (const { name, schedule, has_token } of sources) {
    let own: readonly Run[] = runs.get(name)!;
    // What has been silent for so long is known from its older runs alone.
    if (!own.some((run) => newsOf(run) > 0)) own = await allRuns(store, name);
    const every_ms = intervalOf(schedule, await rhythmOf({ store }, schedule));
    healths.set(name, {
      health: healthOf({ source: name, runs: own, every_ms, has_token, now }),
      runs: own,
    });
  }
  return healths;
}

async function allRuns(store: Pick<Store, "find">, source: string): Promise<readonly Run[]> {
  const own: Run[] = [];
  for await (const run of store.find("runs", { kind: "text", field: "source", value: source, prefix: false }))
    own.push(run);
  return own;
}

/**
 * The longest pause that a schedule makes; null outside its window. Many sources have one expression, and to read its ticks
 * costs milliseconds: each is read once.
 */
export function intervalsAt(now: number): (schedule: Schedule, rhythm: Rhythm | null) => number | null {
  const known = new Map<string, number | null>();
  return (schedule, rhythm) => {
    const { from, until, every, zone, jitter_ms } = schedule;
    if ((from !== null && now < from) || (until !== null && now >= until)) return null;
    const key = every === AUTO ? `${AUTO} ${schedule.name}` : `${every} ${zone}`;
    let pause = known.get(key);
    if (pause === undefined) {
      const ticks = runsAfter({ ...schedule, jitter_ms: 0, from: null, until: null }, now, TICKS, rhythm);
      const pauses = ticks.slice(1).map((tick, i) => tick - ticks[i]!);
      pause = pauses.length === 0 ? null : Math.max(...pauses);
      known.set(key, pause);
    }
    return pause === null ? null : pause + jitter_ms;
  };
}
