import type { Command } from "commander";
import type { Config } from "../../config/schema.ts";
import type { scheduleOf as ScheduleOf } from "../../pipelines/schedules.ts";
import { wrap } from "../../reports/terminal.ts";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { action, type Session } from "../session.ts";

export function defineSources(program: Command): void {
  program
    .command("sources")
    .summary("the configured sources, and what each collector collects and why it may")
    .description(
      "Lists the sources of the config, then every collector: what it collects, on what lawful basis, and the options a source of it takes.",
    )
    .addHelpText(
      "after",
      examples([["headwater sources", "what could be collected, and how to write it in the config"]]),
    )
    .action(action(sources));
}

async function sources(session: Session): Promise<number> {
  const config = await session.config();
  const [{ collectors }, { jsonSchemaOf, keyRows }, { scheduleOf }] = await Promise.all([
    import("../../collectors/index.ts"),
    import("../../config/table.ts"),
    import("../../pipelines/schedules.ts"),
  ]);
  const known = Object.values(collectors).map(({ info }) => ({
    name: info.name,
    title: info.title,
    summary: info.summary,
    lawful_basis: info.lawful_basis,
    options: keyRows(jsonSchemaOf(info.options)),
    references: info.references,
  }));
  if (session.options.json) {
    await session.out.json({ sources: config.sources, collectors: known });
    return EXIT.ok;
  }
  await session.out.lines(configured(config, scheduleOf));
  for (const collector of known) {
    await session.out.lines([
      "",
      `${collector.name} — ${collector.title}`,
      ...wrap(collector.summary, { first: "  " }),
      ...wrap(`Lawful basis: ${collector.lawful_basis}`, { first: "  " }),
      ...collector.options.flatMap(({ key, type, required, description }) =>
        wrap(`${key} (${type}${required ? ", required" : ""}) ${description}`, {
          first: "    ",
          rest: "      ",
        }),
      ),
    ]);
  }
  return EXIT.ok;
}

function configured(config: Config, scheduleOf: typeof ScheduleOf): readonly string[] {
  if (config.sources.length === 0) return ["No sources are configured."];
  return config.sources.map((source) => {
    const { name, collector, enabled } = source;
    const when = enabled ? scheduleOf(source, config).every : "off";
    return `${name}  (${collector}, ${when})`;
  });
}
