import { ruleKinds } from "../analyzers/alerts/index.ts";
import { collectors } from "../collectors/index.ts";
import { CONFIG_VARIABLE } from "../config/environment.ts";
import { configJsonSchema, type JsonSchema, jsonSchemaOf, type KeyRow, keyRows } from "../config/table.ts";
import type { SecretOption } from "../contracts/component.ts";
import { notifiers } from "../notifiers/index.ts";

/** Every key of the config and every option of every collector, from the schemas that check them. */
export function configPage(): string {
  const schema = configJsonSchema();
  const rows = keyRows(schema);
  const general = rows.filter(
    ({ key }) => !/^(?:sources|actors|watches|alerts\.channels|alerts\.rules)\[\]/.test(key),
  );
  return [
    "# The config",
    "",
    "<!-- Made by scripts/docs.ts from config/schema.ts and the collectors. Do not edit. -->",
    "",
    "One YAML file. `headwater config check` tells every problem at once with line and column, `headwater config show` the",
    "values in force, `headwater config schema` prints a JSON Schema for editors. An unknown key is a problem, never",
    "passed over.",
    "",
    `**Which file.** \`--config FILE\`, else the environment variable \`${CONFIG_VARIABLE}\`, else \`headwater.yml\` (or`,
    "`headwater.yaml`) in the working directory, else the demo case, `config/examples/demo.yml`.",
    "",
    "**What wins.** A flag over an environment variable over the file over the default.",
    "",
    "**Relative paths.** `data`, and an option called `path` of a source, start at the folder of the config file when they",
    "stand in it. Given by flag, variable or default they start at the working directory.",
    "",
    "**Names of private people.** Findings and lists show an account by name only when `privacy.shown_accounts` lists it, or when it",
    "belongs to a registered actor or is a web site; every other account has a pseudonym such as `wechat account 3f9a1c`, the",
    "same one everywhere, and its URLs are left out. `--names` on `up`, `trace` and `search` shows the names once. `--json`,",
    "and `export` as JSON Lines without `--profile`, carry the data as collected; what else leaves is in",
    "[interchange.md](interchange.md). A pseudonym hides an account from readers; whoever has the account's id can work its",
    "pseudonym out, unless `sharing.pseudonym_key` is set (then in exports nobody can).",
    "",
    "## Environment variables",
    "",
    "| variable | key | meaning |",
    "|---|---|---|",
    `| \`${CONFIG_VARIABLE}\` | — | The config file. |`,
    ...rows
      .filter(({ env }) => env !== null)
      .map(({ env, key, description }) => `| \`${env}\` | \`${key}\` | ${cell(description)} |`),
    "",
    "A variable set to nothing counts as not set. With `_FILE` after its name, each variable but the first names a file",
    "that holds the value: `HEADWATER_CONTACT_FILE=/run/secrets/contact`. `NO_COLOR` turns colours off.",
    "",
    "## Keys",
    "",
    ...table(general),
    "",
    "## sources",
    "",
    "Each source has these keys and, beside them, the options of its collector. `headwater sources --collectors` shows the same. A key or token",
    "stands in the environment or in a file: `token_env: API_TOKEN` names the variable, `token_file: /run/secrets/token` the file.",
    "",
    ...table(keyRows(schema.properties!.sources!.items!)),
    "",
    ...Object.values(collectors).flatMap(({ info, secrets = [] }) => [
      `### ${info.name}`,
      "",
      `${info.title}. ${info.summary}`,
      "",
      `Lawful basis: ${info.lawful_basis}`,
      "",
      ...table([...keyRows(jsonSchemaOf(info.options)), ...secretRows(secrets)]),
      "",
    ]),
    "## watches",
    "",
    ...table(keyRows(schema.properties!.watches!.items!)),
    "",
    "## alerts.channels",
    "",
    "Each channel has these keys and, beside them, those of its notifier. A secret stands in the environment or in a file:",
    "`url_env: TEAM_WEBHOOK` names the variable, `url_file: /run/secrets/webhook` the file; it is read anew for each message.",
    "",
    ...table(keyRows(schema.properties!.alerts!.properties!.channels!.items!)),
    "",
    ...Object.values(notifiers).flatMap(({ info, secrets }) => [
      `### ${info.name}`,
      "",
      `${info.title}. ${info.summary}`,
      "",
      ...tableOrNothing([...secretRows(secrets), ...keyRows(jsonSchemaOf(info.options))]),
    ]),
    "## alerts.rules",
    "",
    "Each rule has these keys and, beside them, the options of its kind.",
    "",
    ...table(keyRows(schema.properties!.alerts!.properties!.rules!.items!)),
    "",
    ...Object.values(ruleKinds).flatMap(({ info }) => [
      `### ${info.name}`,
      "",
      `${info.title}. ${info.summary}`,
      "",
      ...tableOrNothing(keyRows(jsonSchemaOf(info.options))),
    ]),
    "## actors",
    "",
    ...table(keyRows(schema.properties!.actors!.items as JsonSchema)),
    "",
  ].join("\n");
}

function secretRows(secrets: readonly SecretOption[]): readonly KeyRow[] {
  return secrets.map(({ name, required, description }) => ({
    key: `${name}_env`,
    type: `text, or ${name}_file`,
    required,
    default: undefined,
    description,
    env: null,
  }));
}

function tableOrNothing(rows: readonly KeyRow[]): readonly string[] {
  return rows.length === 0 ? [] : [...table(rows), ""];
}

function table(rows: readonly KeyRow[]): readonly string[] {
  return [
    "| key | value | default | meaning |",
    "|---|---|---|---|",
    ...rows.map(({ key, type, required, default: value, description }) => {
      const preset = required ? "required" : value === undefined ? "" : `\`${JSON.stringify(value)}\``;
      return `| \`${key}\` | ${cell(type)} | ${cell(preset)} | ${cell(description)} |`;
    }),
  ];
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
