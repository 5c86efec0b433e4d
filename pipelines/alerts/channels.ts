import type { ChannelConfig } from "../../config/alerts.ts";
import { type Problem, pathText } from "../../config/problem.ts";
import type { Config } from "../../config/schema.ts";
import { slipsOf } from "../../config/sentences.ts";
import { jsonSchemaOf } from "../../config/table.ts";
import type { Notifier } from "../../contracts/notifier.ts";
import { notifiers } from "../../notifiers/index.ts";
import { nearest } from "../../text/nearest.ts";
import { type SecretPlace, secretProblems, withSecretsApart } from "../secrets.ts";

/** A channel of the config: its notifier with its options, and where its secrets come from. */
export interface Channel {
  readonly name: string;
  readonly config: ChannelConfig;
  readonly notifier: Notifier;
  readonly options: object;
  readonly secrets: readonly SecretPlace[];
}

export function channelMap({ channels }: Config["alerts"]): ReadonlyMap<string, Channel> {
  return new Map(
    channels
      .filter(({ enabled }) => enabled)
      .map((config) => {
        const notifier = notifiers[config.notifier]!;
        const { options, secrets } = partsOf(config, notifier);
        const checked = notifier.info.options.parse(options) as object;
        return [config.name, { name: config.name, config, notifier, options: checked, secrets }];
      }),
  );
}

interface ChannelParts {
  readonly options: Readonly<Record<string, unknown>>;
  readonly secrets: readonly SecretPlace[];
}

function partsOf(channel: ChannelConfig, notifier: Notifier): ChannelParts {
  const {
    name: _,
    notifier: __,
    enabled: ___,
    lang: ____,
    least_severity: _____,
    digest: ______,
    daily_at: _______,
    quiet_hours: ________,
    most_messages: _________,
    ...rest
  } = channel;
  return withSecretsApart(rest, notifier.secrets);
}

/** What the schema alone cannot see of channels: notifiers and their options, secrets, names used twice. */
export function channelProblems({ alerts: { channels, zone } }: Config): readonly Problem[] {
  const problems: Problem[] = [];
  if (!isZone(zone)) {
    problems.push({
      path: "alerts.zone",
      sentence: `"${zone}" is no time zone; write one like America/Toronto or UTC`,
    });
  }
  const names = channels.map(({ name }) => name);
  for (const [i, channel] of channels.entries()) {
    const at = (...path: readonly (string | number)[]) => pathText(["alerts", "channels", i, ...path]);
    const { name } = channel;
    if (names.indexOf(name) !== i)
      problems.push({
        path: at("name"),
        sentence: `"${name}" is the name of a channel already; names are unique`,
      });
    const notifier = notifiers[channel.notifier];
    if (notifier === undefined) {
      const known = Object.keys(notifiers);
      problems.push({
        path: at("notifier"),
        sentence: `there is no notifier "${channel.notifier}"; did you mean "${nearest(channel.notifier, known)}"? Known are ${known.join(", ")}`,
      });
      continue;
    }
    problems.push(...secretProblems(channel, notifier.secrets, at));
    const { options } = partsOf(channel, notifier);
    // A secret written out is told of above.
    for (const secret of notifier.secrets) delete (options as Record<string, unknown>)[secret.name];
    const checked = notifier.info.options.safeParse(options);
    if (checked.success) continue;
    for (const slip of slipsOf(checked.error.issues, options, jsonSchemaOf(notifier.info.options)))
      problems.push({
        path: at(...slip.path),
        sentence: `${slip.sentence} (channel "${name}", notifier ${channel.notifier})`,
      });
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
