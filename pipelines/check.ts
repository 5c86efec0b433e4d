import { watchProblems } from "../analyzers/watches/index.ts";
import { collectors } from "../collectors/index.ts";
import { type Problem, pathText } from "../config/problem.ts";
import type { Config } from "../config/schema.ts";
import { slipsOf } from "../config/sentences.ts";
import { jsonSchemaOf } from "../config/table.ts";
import { nearest } from "../text/nearest.ts";
import { parseQuery } from "../text/query.ts";
import { channelProblems } from "./alerts/channels.ts";
import { ruleProblems } from "./alerts/parts.ts";
import { optionsOf } from "./parts.ts";
import { scheduleProblems } from "./schedules.ts";
import { secretProblems, withSecretsApart } from "./secrets.ts";

/**
 * What the schema alone cannot see: each source's options, names used twice, schedules, actors that claim the same, what
 * watches and alert rules are made of. `named` are the sources that rules may name, where others are crawled for once.
 */
export function checkConfig(config: Config, named: Config["sources"] = config.sources): readonly Problem[] {
  return [
    ...storeProblems(config),
    ...sourceProblems(config),
    ...scheduleProblems(config),
    ...holdProblems(config),
    ...actorProblems(config),
    ...watchesProblems(config),
    ...channelProblems(config),
    ...ruleProblems(config, named),
  ];
}

/** A worker that is handed a post which lies in another's file finds nothing to do, and nobody would learn of it. */
function storeProblems({ queue, store }: Config): readonly Problem[] {
  if (queue === "memory" || store === "elasticsearch") return [];
  const sentence = `jobs of \`queue: ${queue}\` are done by several processes, and \`store: ${store}\` is a file that one process writes; write \`store: elasticsearch\` and \`elasticsearch.url\` beside it, or \`queue: memory\` for one process`;
  return [{ path: "queue", sentence }];
}

function sourceProblems(config: Config): readonly Problem[] {
  const problems: Problem[] = [];
  const names = new Map<string, number>();
  for (const [i, source] of config.sources.entries()) {
    const { name, collector: kind } = source;
    const written = optionsOf(source);
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
    const { secrets = [] } = collector;
    problems.push(...secretProblems(written, secrets, (option) => pathText(["sources", i, option])));
    const { options } = withSecretsApart(written, secrets);
    // A secret written out is told of above.
    for (const secret of secrets) delete options[secret.name];
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

function holdProblems({ retention }: Config): readonly Problem[] {
  return retention.holds.flatMap((hold, i) => {
    try {
      parseQuery(hold);
      return [];
    } catch (error) {
      return [{ path: `retention.holds[${i}]`, sentence: (error as Error).message }];
    }
  });
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

function watchesProblems({ watches }: Config): readonly Problem[] {
  const names = watches.map(({ name }) => name);
  return watches.flatMap((watch, i) => {
    const wrong: { path: readonly (string | number)[]; sentence: string }[] = [...watchProblems(watch)];
    if (names.indexOf(watch.name) !== i) {
      wrong.push({
        path: ["name"],
        sentence: `"${watch.name}" is the name of a watch already; names are unique`,
      });
    }
    if (watch.queries.length + watch.patterns.length + Object.values(watch.terms).flat().length === 0) {
      wrong.push({
        path: [],
        sentence: `watch "${watch.name}" has no queries, terms or patterns, so nothing joins it`,
      });
    }
    return wrong.map(({ path, sentence }) => ({ path: pathText(["watches", i, ...path]), sentence }));
  });
}
