import { type RuleKind, ruleKinds } from "../../analyzers/alerts/index.ts";
import type { AlertsConfig, ChannelConfig, DIGESTS } from "../../config/alerts.ts";
import { type Problem, pathText } from "../../config/problem.ts";
import type { Config } from "../../config/schema.ts";
import { slipsOf } from "../../config/sentences.ts";
import { jsonSchemaOf } from "../../config/table.ts";
import type { Severity } from "../../contracts/alert.ts";
import { nearest } from "../../text/nearest.ts";

/** A rule of the config, its options checked by its kind. */
export interface Rule {
  readonly name: string;
  readonly kind: string;
  readonly severity: Severity;
  readonly channels: readonly string[] | null;
  readonly digest: (typeof DIGESTS)[number] | null;
  readonly of: RuleKind;
  readonly options: unknown;
}

/** The rules in force. */
export function rulesOf({ rules }: AlertsConfig): readonly Rule[] {
  return rules
    .filter(({ enabled }) => enabled)
    .map(({ name, kind, severity, channels, digest, enabled: _, tests: __, ...options }) => {
      const of = ruleKinds[kind]!;
      const checked = of.info.options.parse(options);
      return {
        name,
        kind,
        severity,
        channels: channels ?? null,
        digest: digest ?? null,
        of,
        options: checked,
      };
    });
}

/** The channels that a rule's alerts are told on. */
export function channelsOf(rule: Rule, { channels }: AlertsConfig): readonly ChannelConfig[] {
  return channels.filter(
    ({ name, enabled }) => enabled && (rule.channels === null || rule.channels.includes(name)),
  );
}

/** What the schema alone cannot see of rules: kinds and their options, names used twice, channels and watches that are not there. */
export function ruleProblems(
  { alerts, watches, actors }: Config,
  sources: readonly { readonly name: string }[],
): readonly Problem[] {
  const problems: Problem[] = [];
  const names = alerts.rules.map(({ name }) => name);
  const there: Readonly<Record<string, readonly string[]>> = {
    channels: alerts.channels.map(({ name }) => name),
    watches: watches.map(({ name }) => name),
    actors: actors.map(({ id }) => id),
    sources: sources.map(({ name }) => name),
  };
  for (const [i, rule] of alerts.rules.entries()) {
    const at = (...path: readonly (string | number)[]) => pathText(["alerts", "rules", i, ...path]);
    const {
      name,
      kind,
      severity: _,
      enabled: __,
      channels: ___,
      digest: ____,
      tests: _____,
      ...options
    } = rule;
    if (names.indexOf(name) !== i)
      problems.push({
        path: at("name"),
        sentence: `"${name}" is the name of a rule already; names are unique`,
      });
    for (const [key, known] of Object.entries(there)) {
      const given = rule[key];
      for (const [k, each] of (Array.isArray(given) ? (given as unknown[]) : []).entries()) {
        if (typeof each !== "string" || known.includes(each)) continue;
        problems.push({ path: at(key, k), sentence: unknown(each, key, known) });
      }
    }
    const of = ruleKinds[kind];
    if (of === undefined) {
      problems.push({ path: at("kind"), sentence: unknown(kind, "kinds of rules", Object.keys(ruleKinds)) });
      continue;
    }
    const checked = of.info.options.safeParse(options);
    if (checked.success) continue;
    for (const slip of slipsOf(checked.error.issues, options, jsonSchemaOf(of.info.options)))
      problems.push({ path: at(...slip.path), sentence: `${slip.sentence} (rule "${name}", kind ${kind})` });
  }
  return problems;
}

function unknown(given: string, of: string, known: readonly string[]): string {
  if (known.length === 0) return `there is no "${given}": the config has no ${of}`;
  return `there is no "${given}" among the ${of}; did you mean "${nearest(given, known)}"? Known are ${known.join(", ")}`;
}
