import type { Command } from "commander";
import type { Config } from "../../config/schema.ts";
import { UsageError } from "../../contracts/errors.ts";
import type { Rhythm } from "../../text/rhythm.ts";
import type { Schedule } from "../../text/schedule.ts";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { countOption } from "../options.ts";
import { action, type Session } from "../session.ts";
import { crawl } from "./crawl.ts";

export function defineSchedule(program: Command): void {
  const schedule = program
    .command("schedule")
    .summary("when each source is crawled, and what is due")
    .description(
      "Shows the schedule of each source (cron expression, zone, jitter, window), the next times it names, and crawls what is due now. `up` keeps to it until Ctrl-C.",
    )
    .addHelpText(
      "after",
      examples([
        ["headwater schedule list", "each source with its schedule, last crawl and next"],
        ["headwater schedule next --limit 5", "the next five times of each source"],
        ["headwater schedule run", "crawl what is due, then end: for a cron of your own"],
      ]),
    );
  schedule.command("list").description("Lists each source with its schedule.").action(action(list));
  schedule
    .command("next")
    .description("Tells the next times of each source, or of the named ones.")
    .argument("[source...]", "names of sources in the config")
    .option("-n, --limit <n>", "so many times each", countOption, 3)
    .action(action(next));
  schedule
    .command("run")
    .description(
      "Crawls the sources that are due, looks again at posts that are due, prunes when that is due (`retention.every`), then analyses and traces what came.",
    )
    .action(action((session) => crawl(session, [], { due: true })));
}

interface Planned {
  readonly source: string;
  readonly group: string | null;
  readonly schedule: Schedule;
  readonly rhythm: Rhythm | null;
  readonly last: number | null;
  readonly next: number | null;
}

async function list(session: Session): Promise<number> {
  const config = await session.checkedConfig();
  const rows = await planned(session, config);
  const prune = await plannedPrune(session, config);
  if (session.options.json) {
    await session.out.jsonLines([...rows.map(asData), ...(prune === null ? [] : [{ prune }])]);
    return EXIT.ok;
  }
  const { table } = await import("../../reports/terminal.ts");
  const cells = rows.map(({ source, schedule, last, next: at }) => [
    source,
    schedule.every,
    schedule.zone,
    schedule.jitter_ms === 0 ? "—" : `${schedule.jitter_ms / 1000} s`,
    last === null ? "never" : iso(last),
    at === null ? "never again" : at <= Date.now() ? "due now" : iso(at),
  ]);
  await session.out.lines(
    table([["source", "every", "zone", "jitter", "last crawl", "next"], ...cells], [30, 16, 20, 8, 20, 20]),
  );
  if (prune !== null) {
    const { every, zone, last, result, next: at } = prune;
    const before = result === null ? "never yet" : `${last}: ${result}`;
    await session.out.lines(["", `prune: ${every} ${zone}, next ${at ?? "never again"}; ${before}`]);
  }
  return EXIT.ok;
}

async function next(
  session: Session,
  names: readonly string[],
  { limit }: { limit: number },
): Promise<number> {
  const config = await session.checkedConfig();
  const { runsAfter } = await import("../../text/schedule.ts");
  const rows = await planned(session, config);
  const missing = names.filter((name) => !rows.some(({ source }) => source === name));
  if (missing.length > 0)
    throw new UsageError(`no source is called ${missing.join(", ")}; \`headwater schedule list\` names them`);
  for (const { source, schedule, rhythm } of rows) {
    if (names.length > 0 && !names.includes(source)) continue;
    const times = runsAfter(schedule, Date.now(), limit, rhythm).map(iso);
    if (session.options.json) await session.out.jsonLines([{ source, times }]);
    else await session.out.line(`${source}: ${times.length === 0 ? "never again" : times.join(", ")}`);
  }
  return EXIT.ok;
}

async function planned(session: Session, config: Config): Promise<readonly Planned[]> {
  const [{ scheduleOf }, { lastCrawl }, { nextRun }, { rhythmOf }] = await Promise.all([
    import("../../pipelines/schedules.ts"),
    import("../../pipelines/steps/schedule.ts"),
    import("../../text/schedule.ts"),
    import("../../pipelines/rhythms.ts"),
  ]);
  // Nothing crawled yet is no mistake here: the schedule is the config's.
  const store = await session.storeIfThere();
  try {
    const rows: Planned[] = [];
    for (const source of config.sources.filter(({ enabled }) => enabled)) {
      const schedule = scheduleOf(source, config);
      const last = store === null ? null : await lastCrawl({ store }, source.name);
      const group = source.group ?? null;
      const rhythm = store === null ? null : await rhythmOf({ store }, schedule);
      const next = nextRun(schedule, last, Date.now(), rhythm);
      rows.push({ source: source.name, group, schedule, rhythm, last, next });
    }
    return rows;
  } finally {
    await store?.close();
  }
}

/** When things are pruned, and what came of it last; null unless the config asks for it. */
async function plannedPrune(session: Session, config: Config) {
  const [{ pruneSchedule }, { lastPrune }, { nextRun }] = await Promise.all([
    import("../../pipelines/schedules.ts"),
    import("../../pipelines/steps/prune.ts"),
    import("../../text/schedule.ts"),
  ]);
  const schedule = pruneSchedule(config);
  if (schedule === null) return null;
  const store = await session.storeIfThere();
  const last = store === null ? null : await lastPrune({ store });
  await store?.close();
  const now = Date.now();
  const next = nextRun(schedule, last?.due ?? now, now);
  return {
    every: schedule.every,
    zone: schedule.zone,
    state: last?.state ?? null,
    result: last?.result ?? null,
    last: last?.result ? iso(last.due) : null,
    next: next === null ? null : iso(next),
  };
}

function asData({ source, group, schedule, last, next: at }: Planned): unknown {
  const { every, zone, jitter_ms, from, until, catch_up } = schedule;
  const time = (ms: number | null) => (ms === null ? null : iso(ms));
  return {
    source,
    group,
    every,
    zone,
    jitter_seconds: jitter_ms / 1000,
    from: time(from),
    until: time(until),
    catch_up,
    last: time(last),
    next: time(at),
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString().replace(".000Z", "Z");
}
