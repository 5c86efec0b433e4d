import { Argument, type Command, Option } from "commander";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { dayOption } from "../options.ts";
import { FORMATS, KINDS, type ReportOptions } from "../reports/options.ts";
import { action, type Session } from "../session.ts";

export function defineReport(program: Command): void {
  program
    .command("report")
    .summary("write a report: a note on a story, a situation or after-action report, a report on a watch")
    .description(
      "Writes a report from the index: every number leads to a query or to the items counted. An analyst's own sections stand in a notes file beside it, which is never overwritten. Prints the path of what it wrote.",
    )
    .addArgument(new Argument("<kind>", "what to report on").choices(KINDS))
    .argument(
      "[subject]",
      "of `story`: its id (or its beginning), a post's id, or a post's URL; of `after-action`: a monitoring period of the config; of `watch`: its name",
    )
    .option("--from <day>", "first day of the period, e.g. 2021-09-06 (UTC)", dayOption)
    .option("--to <day>", "last day of the period", dayOption)
    .addOption(new Option("-l, --lang <lang>", "language of the report").choices(["en", "fr"]).default("en"))
    .addOption(new Option("-f, --format <format>", "form of the report").choices(FORMATS).default("html"))
    .option(
      "-o, --out <file>",
      "write it there; - for standard output (default: `reports` in the data folder)",
    )
    .option("--names", "show private accounts by name instead of by pseudonym")
    .addHelpText(
      "after",
      examples([
        ["headwater report story s-3f9a", "an analytic note as a web page"],
        ["headwater report sitrep --from 2021-09-06 --to 2021-09-12", "the situation of a week"],
        ["headwater report story s-3f9a --lang fr --format pdf", "the same in French, to print"],
        ["headwater report story s-3f9a --format md --out -", "as Markdown, to standard output"],
      ]),
    )
    .action(action(report));
}

async function report(
  session: Session,
  kind: (typeof KINDS)[number],
  subject: string | undefined,
  options: ReportOptions,
): Promise<number> {
  const config = await session.config();
  const store = await session.store();
  try {
    const { writeAfterAction, writeSituationReport, writeStoryNote, writeWatchReport } = await import(
      "../reports/write.ts"
    );
    const wanted = { store, config, subject, ...options };
    const write = {
      story: writeStoryNote,
      sitrep: writeSituationReport,
      "after-action": writeAfterAction,
      watch: writeWatchReport,
    }[kind];
    const written = await write(session, wanted);
    if (session.options.json) await session.out.json(written);
    else if (options.out !== "-") await session.out.line(written.file);
    return EXIT.ok;
  } finally {
    await store.close();
  }
}
