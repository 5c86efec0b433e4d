import { readFileSync } from "node:fs";
import type { ChannelConfig } from "../../config/alerts.ts";
import { type Problem, pathText } from "../../config/problem.ts";
import type { Config } from "../../config/schema.ts";
import { slipsOf } from "../../config/sentences.ts";
import { jsonSchemaOf } from "../../config/table.ts";
import { SetAside } from "../../contracts/errors.ts";
import type { Notifier } from "../../contracts/notifier.ts";
import { notifiers } from "../../notifiers/index.ts";
import { nearest } from "../../text/nearest.ts";

/** A channel of the config: its notifier with its options, and where its secrets come from. */
export interface Channel {
  readonly name: string;
  readonly config: ChannelConfig;
  readonly notifier: Notifier;
  readonly options: object;
  /** By secret: `env` and the variable's name, or `file` and its path. Never the value. */
  readonly secrets: readonly SecretPlace[];
}

interface SecretPlace {
  readonly name: string;
  readonly from: "env" | "file";
  readonly at: string;
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

/** The values, read anew for each message: a secret that was changed holds at once. Throws SetAside for what is not there. */
export function readSecrets(
  channel: Channel,
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const { name, from, at } of channel.secrets) {
    const value = from === "env" ? env[at]?.trim() : contentOf(at);
    if (value === undefined || value === "") {
      const where =
        from === "env" ? `the variable ${at} is not set` : `the file ${at} is empty or cannot be read`;
      throw new SetAside(`its ${name} is missing: ${where}`);
    }
    values[name] = value;
  }
  return values;
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return undefined;
  }
}

/** Shorter values are too common in sentences to be cut out of them. */
const LEAST_SECRET = 4;

/** A sentence without the values of secrets, and without the parts of a secret address that are as good as it. */
export function withoutSecrets(sentence: string, values: Readonly<Record<string, string>>): string {
  const words = Object.values(values).flatMap((value) => {
    const url = URL.canParse(value) ? new URL(value) : null;
    return url === null ? [value] : [value, url.href, `${url.pathname}${url.search}`, url.pathname];
  });
  return words
    .filter((word) => word.length >= LEAST_SECRET)
    .sort((a, b) => b.length - a.length)
    .reduce((text, word) => text.replaceAll(word, "[secret]"), sentence);
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
  const options: Record<string, unknown> = { ...rest };
  const secrets: SecretPlace[] = [];
  for (const { name } of notifier.secrets) {
    for (const from of ["env", "file"] as const) {
      const at = options[`${name}_${from}`];
      delete options[`${name}_${from}`];
      if (typeof at === "string" && at !== "") secrets.push({ name, from, at });
    }
  }
  return { options, secrets };
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
    problems.push(...secretProblems(channel, notifier, at));
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

function secretProblems(
  channel: ChannelConfig,
  notifier: Notifier,
  at: (name: string) => string,
): readonly Problem[] {
  return notifier.secrets.flatMap(({ name, required }): readonly Problem[] => {
    const hint = `write ${name}_env: NAME_OF_A_VARIABLE or ${name}_file: /run/secrets/…`;
    if (channel[name] !== undefined)
      return [{ path: at(name), sentence: `a secret does not stand in the config; ${hint}` }];
    const [env, file] = [channel[`${name}_env`], channel[`${name}_file`]];
    for (const [key, value] of [
      ["env", env],
      ["file", file],
    ] as const) {
      if (value !== undefined && (typeof value !== "string" || value === ""))
        return [{ path: at(`${name}_${key}`), sentence: "must be text" }];
    }
    if (env !== undefined && file !== undefined)
      return [
        {
          path: at(`${name}_file`),
          sentence: `${name} comes from the environment or from a file, not from both`,
        },
      ];
    if (typeof env === "string" && /^https?:|[\s/:]/.test(env))
      return [{ path: at(`${name}_env`), sentence: "is the name of a variable, not its value" }];
    if (required && env === undefined && file === undefined)
      return [{ path: at(name), sentence: `is missing; ${hint}` }];
    return [];
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
