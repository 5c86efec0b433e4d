import { Cron } from "croner";
import { collectors } from "../collectors/index.ts";
import { type Problem, pathText } from "../config/problem.ts";
import type { Config } from "../config/schema.ts";
import { slipsOf } from "../config/sentences.ts";
import { jsonSchemaOf } from "../config/table.ts";
import { nearest } from "../text/nearest.ts";

/** What the schema alone cannot see: each source's options, names used twice, schedules, actors that claim the same. */
export function checkConfig(config: Config): readonly Problem[] {
  return [...sourceProblems(config), ...scheduleProblems(config), ...actorProblems(config)];
}

function sourceProblems(config: Config): readonly Problem[] {
  const problems: Problem[] = [];
  const names = new Map<string, number>();
  for (const [i, { name, collector: kind, every: _, enabled: __, ...options }] of config.sources.entries()) {
    const at = `sources[${i}]`;
    const twin = names.get(name);
    if (twin !== undefined) {
      problems.push({
        path: `${at}.name`,
        sentence: `"${name}" is the name of sources[${twin}] already; names are unique`,
      });
    }
    names.set(name, i);
    const collector = collectors[kind];
    if (collector === undefined) {
      const known = Object.keys(collectors);
      problems.push({
        path: `${at}.collector`,
        sentence: `there is no collector "${kind}"; did you mean "${nearest(kind, known)}"? Known are ${known.join(", ")}`,
      });
      continue;
    }
    const checked = collector.info.options.safeParse(options);
    if (checked.success) continue;
    for (const slip of slipsOf(checked.error.issues, options, jsonSchemaOf(collector.info.options))) {
      problems.push({
        path: pathText(["sources", i, ...slip.path]),
        sentence: `${slip.sentence} (source "${name}", collector ${kind})`,
      });
    }
  }
  return problems;
}

function scheduleProblems(config: Config): readonly Problem[] {
  const zone = config.schedule.zone;
  const problems: Problem[] = [];
  if (!isZone(zone)) {
    problems.push({
      path: "schedule.zone",
      sentence: `"${zone}" is no time zone; write one like America/Toronto or UTC`,
    });
  }
  const schedules = [
    { path: "schedule.every", every: config.schedule.every as string | undefined },
    ...config.sources.map(({ every }, i) => ({ path: `sources[${i}].every`, every })),
  ];
  for (const { path, every } of schedules) {
    const wrong = every === undefined ? null : cronProblem(every);
    if (wrong !== null)
      problems.push({
        path,
        sentence: `"${every}" is no cron expression (${wrong}); "*/15 * * * *" is every 15 minutes`,
      });
  }
  return problems;
}

function actorProblems(config: Config): readonly Problem[] {
  const problems: Problem[] = [];
  const claimed = new Map<string, string>();
  for (const [i, actor] of config.actors.entries()) {
    for (const claim of [
      `id ${actor.id}`,
      ...actor.accounts.map((account) => `account ${account}`),
      ...actor.domains.map((domain) => `domain ${domain}`),
    ]) {
      const owner = claimed.get(claim.toLowerCase());
      if (owner !== undefined)
        problems.push({ path: `actors[${i}]`, sentence: `${claim} belongs to actor "${owner}" already` });
      claimed.set(claim.toLowerCase(), actor.id);
    }
  }
  return problems;
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function cronProblem(expression: string): string | null {
  try {
    new Cron(expression, { paused: true });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^CronPattern: /, "") : String(error);
  }
}
