import type { Command } from "commander";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { action, configError, type Session } from "../session.ts";

export function defineConfig(program: Command): void {
  const config = program
    .command("config")
    .summary("check or show the config, or print its JSON Schema")
    .description("Works with the config. Every key and its meaning: docs/config.md.")
    .addHelpText(
      "after",
      examples([
        ["headwater config check --config my.yml", "every problem at once, with line and column"],
        ["headwater config show", "all keys as they are in force, defaults and environment included"],
        ["headwater config schema > headwater.schema.json", "for editors that complete and check YAML"],
      ]),
    );
  config
    .command("check")
    .description("Tells every problem of the config, or that there is none.")
    .action(action(check));
  config
    .command("show")
    .description("Shows the config in force: file, environment and flags over the defaults.")
    .action(action(show));
  config
    .command("schema")
    .description("Prints the JSON Schema of the config, options of collectors included.")
    .action(action(schema));
}

async function check(session: Session): Promise<number> {
  const loaded = await session.load();
  const { allProblems } = await import("../problems.ts");
  const problems = allProblems(loaded);
  if (session.options.json) {
    await session.out.json({ file: loaded.path, problems });
    return problems.length === 0 ? EXIT.ok : EXIT.config;
  }
  if (problems.length > 0) throw await configError(loaded.path, problems);
  const { sources, actors } = loaded.config;
  await session.out.line(`${loaded.path}: no problems; ${sources.length} sources, ${actors.length} actors`);
  return EXIT.ok;
}

async function show(session: Session): Promise<number> {
  const config = await session.config();
  if (session.options.json) await session.out.json(config);
  else {
    const { stringify } = await import("yaml");
    await session.out.line(stringify(config).trimEnd());
  }
  return EXIT.ok;
}

async function schema(session: Session): Promise<number> {
  const [{ collectors }, { configJsonSchema, jsonSchemaOf }] = await Promise.all([
    import("../../collectors/index.ts"),
    import("../../config/table.ts"),
  ]);
  const whole = configJsonSchema();
  const source = whole.properties!.sources!.items!;
  // Each collector's options, so that an editor completes them once `collector` is written.
  const byCollector = Object.values(collectors).map(({ info }) => ({
    if: { properties: { collector: { const: info.name } } },
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word.
    then: { ...jsonSchemaOf(info.options), additionalProperties: undefined, $schema: undefined },
  }));
  await session.out.json({
    ...whole,
    title: "Headwater config",
    properties: {
      ...whole.properties,
      sources: { ...whole.properties!.sources, items: { ...source, allOf: byCollector } },
    },
  });
  return EXIT.ok;
}
