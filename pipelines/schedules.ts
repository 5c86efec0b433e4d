import { secondsOf } from "../config/durations.ts";
import type { Problem } from "../config/problem.ts";
import type { Config, SourceConfig } from "../config/schema.ts";
import { nearest } from "../text/nearest.ts";
import { AUTO, cronProblem, localInstant, runsAfter, type Schedule } from "../text/schedule.ts";

/** A source's schedule: what it says itself, over what its group says, over what holds for all. */
export function scheduleOf(source: SourceConfig, { schedule: all }: Config): Schedule {
  const group = all.groups.find(({ name }) => name === source.group);
  const own = source.schedule;
  const zone = own?.zone ?? group?.zone ?? all.zone;
  const from = own?.from ?? group?.from;
  const to = own?.to ?? group?.to;
  return {
    name: source.name,
    every: source.every ?? group?.every ?? all.every,
    zone,
    auto: { least_ms: secondsOf(all.auto.least) * 1000, most_ms: secondsOf(all.auto.most) * 1000 },
    jitter_ms: secondsOf(own?.jitter ?? group?.jitter ?? all.jitter) * 1000,
    from: from === undefined ? null : localInstant(from, zone, { end: false }),
    until: to === undefined ? null : localInstant(to, zone, { end: true }),
    catch_up: own?.catch_up ?? group?.catch_up ?? all.catch_up,
  };
}

/** When things are pruned; null unless the config asks for it. */
export function pruneSchedule({ retention, schedule: { zone } }: Config): Schedule | null {
  const { every, keep_days } = retention;
  if (every === null || keep_days === null) return null;
  return {
    ...{ name: "prune", every, zone: retention.zone ?? zone },
    ...{ auto: { least_ms: 0, most_ms: 0 }, jitter_ms: 0, from: null, until: null, catch_up: true },
  };
}

function retentionProblems({ every, keep_days }: Config["retention"]): readonly Problem[] {
  const sentence =
    every === AUTO
      ? '"auto" is the rhythm of a source; write a cron expression such as "30 3 * * *"'
      : "it says when what is old is taken away, and nothing says what is old; write `retention.keep_days` beside it";
  return every !== AUTO && (every === null || keep_days !== null)
    ? []
    : [{ path: "retention.every", sentence }];
}

/** Whatever is wrong with expressions, zones, windows and groups. */
export function scheduleProblems(config: Config): readonly Problem[] {
  const { schedule } = config;
  const groups = schedule.groups.map(({ name }) => name);
  const problems: Problem[] = [];
  const check = (path: string, { every, zone, from, to }: Written) => {
    if (zone !== undefined && !isZone(zone)) {
      problems.push({
        path: `${path}zone`,
        sentence: `"${zone}" is no time zone; write one like America/Toronto or UTC`,
      });
    }
    if (from !== undefined && to !== undefined && from > to)
      problems.push({ path: `${path}to`, sentence: `the window ends (${to}) before it begins (${from})` });
    const wrong = every === undefined || every === AUTO ? null : cronProblem(every);
    if (wrong === null) return;
    problems.push({
      path: `${path}every`,
      sentence: `"${every}" is no cron expression (${wrong}); "*/15 * * * *" is every 15 minutes, and "auto" is the source's own rhythm`,
    });
  };
  check("schedule.", schedule);
  check("retention.", { zone: config.retention.zone, every: config.retention.every ?? undefined });
  problems.push(...retentionProblems(config.retention));
  const { least, most } = schedule.auto;
  if (secondsOf(least) > secondsOf(most))
    problems.push({
      path: "schedule.auto.most",
      sentence: `${most} is shorter than the least pause (${least})`,
    });
  for (const [i, group] of schedule.groups.entries()) {
    check(`schedule.groups[${i}].`, group);
    if (groups.indexOf(group.name) !== i)
      problems.push({ path: `schedule.groups[${i}].name`, sentence: `"${group.name}" is there twice` });
  }
  for (const [i, { every, group, schedule: own }] of config.sources.entries()) {
    check(`sources[${i}].`, { every });
    if (own !== undefined) check(`sources[${i}].schedule.`, own);
    if (group === undefined || groups.includes(group)) continue;
    const meant = nearest(group, groups);
    const hint = meant === null ? "write it under schedule.groups" : `did you mean "${meant}"?`;
    problems.push({ path: `sources[${i}].group`, sentence: `there is no group "${group}"; ${hint}` });
  }
  return problems.length > 0 ? problems : jitterProblems(config);
}

interface Written {
  readonly every?: string | undefined;
  readonly zone?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** A crawl that may be put off beyond the next tick would swallow that tick. */
function jitterProblems(config: Config): readonly Problem[] {
  return config.sources.flatMap((source, i) => {
    const schedule = scheduleOf(source, config);
    if (schedule.jitter_ms === 0) return [];
    const [first, second] = runsAfter({ ...schedule, jitter_ms: 0, until: null, from: null }, 0, 2);
    if (first === undefined || second === undefined || second - first > schedule.jitter_ms) return [];
    const [jitter, gap] = [schedule.jitter_ms, second - first].map((ms) => `${ms / 1000} s`);
    const sentence = `a jitter of ${jitter} is not shorter than the ${gap} between two ticks of "${schedule.every}"`;
    return [{ path: `sources[${i}]`, sentence }];
  });
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
