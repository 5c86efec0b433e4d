import { Argument, type Command, Option } from "commander";
import type { ExportKind } from "../../config/sharing.ts";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { FORMAT_NAMES, KIND_NAMES } from "../export/names.ts";
import { action, type Session } from "../session.ts";

export function defineExport(program: Command): void {
  program
    .command("export")
    .summary("write posts, links, stories, alerts … as JSON Lines, CSV, STIX, MISP, graphs, a feed")
    .description(
      "Writes what is stored to standard output, in a form that others read (docs/interchange.md). JSON Lines is a copy of all that is kept, for your own use, and can be imported again; every other format, and whatever is written by a profile, names private accounts by pseudonym unless the profile says otherwise. What was read and what became of it is told on standard error.",
    )
    .addArgument(
      new Argument("[kind]", "what to write; what the format is made for when left out").choices(KIND_NAMES),
    )
    .addOption(new Option("-f, --format <format>", "how to write it").choices(FORMAT_NAMES).default("jsonl"))
    .option(
      "-p, --profile <name>",
      "who it is for: a sharing profile of the config, `default`, or `own` (all as it is kept); `own` for jsonl and `default` for all else when left out",
    )
    .option("-w, --where <query>", "only what a search finds, in the query language of `search`")
    .addHelpText(
      "after",
      examples([
        ["headwater export links > links.jsonl", "every link, with its evidence"],
        [
          "headwater export posts --where 'platform:wechat AND published_at:[2021-09 TO *]'",
          "a part of the posts",
        ],
        [
          "headwater export links --where 'status:asserted AND credit:uncredited' | head",
          "the first uncredited copies",
        ],
        ["headwater export --profile default --format stix > bundle.json", "all stories, to be shared"],
        ["headwater export accounts --format gexf > spread.gexf", "who copied whom, for Gephi"],
      ]),
    )
    .action(action(exportKind));
}

interface ExportOptions {
  readonly format: string;
  readonly profile?: string;
  readonly where?: string;
}

async function exportKind(
  session: Session,
  kind: ExportKind | undefined,
  options: ExportOptions,
): Promise<number> {
  const [{ parseQuery }, { planOf }, { writeExport }] = await Promise.all([
    import("../../text/query.ts"),
    import("../export/plan.ts"),
    import("../export/write.ts"),
  ]);
  const config = await session.config();
  const plan = planOf(config.sharing, { ...options, kind });
  const query = parseQuery(options.where ?? "");
  const store = await session.store();
  try {
    await writeExport(session, { store, config, query, plan, where: options.where ?? null });
    return EXIT.ok;
  } finally {
    await store.close();
  }
}
