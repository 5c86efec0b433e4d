import type { Command } from "commander";
import type { Config, SourceConfig } from "../../config/schema.ts";
import type { Collector } from "../../contracts/collector.ts";
import type { SourceHealth } from "../../contracts/health.ts";
import type { Run } from "../../contracts/run.ts";
import { table, wrap } from "../../reports/terminal.ts";
import { messages, PLAIN, sentenceOf } from "../../text/messages/index.ts";
import { type Caveats, caveatsOf } from "../collector-readme.ts";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { action, type Session } from "../session.ts";

export function defineSources(program: Command): void {
  program
    .command("sources")
    .summary("the configured sources, and what each collector collects and why it may")
    .description(
      "Lists the sources of the config with their schedule, how each is and since when, and what to do about it; then, for each collector that they use, its lawful basis, its limits and its bias.",
    )
    .option("--collectors", "every collector there is instead, with the options a source of it takes")
    .addHelpText(
      "after",
      examples([
        ["headwater sources", "what is collected, how it goes, and what it cannot show"],
        ["headwater sources --collectors", "what could be collected, and how to write it in the config"],
      ]),
    )
    .action(action(sources));
}

async function sources(
  session: Session,
  { collectors: all = false }: { readonly collectors?: boolean },
): Promise<number> {
  const { collectors } = await import("../../collectors/index.ts");
  if (all) return listCollectors(session, Object.values(collectors));
  const config = await session.config();
  const rows = await configured(session, config);
  const used = Object.values(collectors).filter(({ info }) =>
    rows.some(({ source }) => source.collector === info.name),
  );
  if (session.options.json) {
    await session.out.json({
      sources: rows.map(({ source, every, zone, last, health }) => ({
        name: source.name,
        collector: source.collector,
        enabled: source.enabled,
        every,
        zone,
        ...statementsOf(collectors[source.collector]),
        health,
        last_run: last,
      })),
    });
    return EXIT.ok;
  }
  if (rows.length === 0) {
    await session.out.line("No sources are configured; `headwater sources --collectors` says what could be.");
    return EXIT.ok;
  }
  const cells = rows.map(({ source, every, last, health }) => [
    source.name,
    source.collector,
    source.enabled ? every : "off",
    health === null ? "" : messages.en.health[health.state],
    health?.since == null ? "" : shortTime(health.since),
    health?.last_success == null ? "never" : shortTime(health.last_success),
    last === null ? "" : outcomeOf(last),
  ]);
  await session.out.lines(
    table(
      [["source", "collector", "every", "state", "since", "last success", "last run"], ...cells],
      [36, 18, 14, 22, 17, 17, 36],
    ),
  );
  const troubles = troubleLines(rows);
  if (troubles.length > 0) await session.out.lines(["", "Not as they should be:", ...troubles]);
  for (const collector of used) await session.out.lines(["", ...aboutCollector(collector)]);
  return EXIT.ok;
}

interface Configured {
  readonly source: SourceConfig;
  readonly every: string;
  readonly zone: string;
  readonly last: Run | null;
  readonly health: SourceHealth | null;
}

async function configured(session: Session, config: Config): Promise<readonly Configured[]> {
  const [{ scheduleOf }, { askedSources, readHealth }] = await Promise.all([
    import("../../pipelines/schedules.ts"),
    import("../../pipelines/health.ts"),
  ]);
  // Nothing crawled yet is no mistake here.
  const store = config.sources.length === 0 ? null : await session.storeIfThere();
  try {
    const healths = store === null ? null : await readHealth(store, askedSources(config), Date.now());
    return config.sources.map((source) => {
      const { every, zone } = scheduleOf(source, config);
      const found = healths?.get(source.name);
      const last = found?.runs.reduce<Run | null>(
        (latest, run) => (latest === null || run.started_at > latest.started_at ? run : latest),
        null,
      );
      return { source, every, zone, last: last ?? null, health: found?.health ?? null };
    });
  } finally {
    await store?.close();
  }
}

/** Why a source is not well, and what to do. */
function troubleLines(rows: readonly Configured[]): readonly string[] {
  const { health: states, remedy } = messages.en;
  return rows.flatMap(({ source, health }) => {
    if (health === null || health.state === "well") return [];
    const why = health.why.map((each) => sentenceOf(each, "en", PLAIN)).join(". ");
    const since = health.since === null ? "" : ` since ${shortTime(health.since)}`;
    return wrap(`${source.name}: ${states[health.state]}${since}. ${why}. ${remedy[health.state]}`, {
      first: "  ",
      rest: "    ",
    });
  });
}

function shortTime(at: string): string {
  return `${at.slice(0, 16)}Z`;
}

function outcomeOf({ status, seen, buckets }: Run): string {
  const news = buckets.added + buckets.undated + buckets.changed;
  const rejected = buckets.rejected === 0 ? "" : `, ${buckets.rejected} rejected`;
  return `${status}: ${seen} seen, ${news} new${rejected}`;
}

function statementsOf(collector: Collector | undefined): Caveats & { readonly lawful_basis: string | null } {
  return collector === undefined
    ? { lawful_basis: null, limits: null, bias: null }
    : { lawful_basis: collector.info.lawful_basis, ...caveatsOf(collector.info.name) };
}

function aboutCollector({ info }: Collector): readonly string[] {
  const { limits, bias } = caveatsOf(info.name);
  const said = (label: string, statement: string | null) =>
    statement === null ? [] : wrap(`${label}: ${statement}`, { first: "  ", rest: "    " });
  return [
    `${info.name} — ${info.title}`,
    ...wrap(info.summary, { first: "  " }),
    ...said("Lawful basis", info.lawful_basis),
    ...(limits === bias
      ? said("Limits and bias", limits)
      : [...said("Limits", limits), ...said("Bias", bias)]),
  ];
}

async function listCollectors(session: Session, collectors: readonly Collector[]): Promise<number> {
  const { jsonSchemaOf, keyRows } = await import("../../config/table.ts");
  if (session.options.json) {
    await session.out.json({
      collectors: collectors.map((collector) => ({
        name: collector.info.name,
        title: collector.info.title,
        summary: collector.info.summary,
        ...statementsOf(collector),
        options: keyRows(jsonSchemaOf(collector.info.options)),
        secrets: collector.secrets ?? [],
        references: collector.info.references,
      })),
    });
    return EXIT.ok;
  }
  for (const collector of collectors) {
    await session.out.lines([
      ...aboutCollector(collector),
      ...keyRows(jsonSchemaOf(collector.info.options)).flatMap(({ key, type, required, description }) =>
        wrap(`${key} (${type}${required ? ", required" : ""}) ${description}`, {
          first: "    ",
          rest: "      ",
        }),
      ),
      ...(collector.secrets ?? []).flatMap(({ name, required, description }) =>
        wrap(`${name}_env or ${name}_file (${required ? "required" : "optional"}) ${description}`, {
          first: "    ",
          rest: "      ",
        }),
      ),
      "",
    ]);
  }
  return EXIT.ok;
}
