import { Argument, type Command, Option } from "commander";
import { UsageError } from "../../contracts/errors.ts";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { FORMATS, type ReportOptions } from "../reports/options.ts";
import { action, type Session } from "../session.ts";

export function defineReport(program: Command): void {
  program
    .command("report")
    .summary("write a report: an analytic note on a story")
    .description(
      "Writes a report from the index: every number leads to a query or to the items counted. An analyst's own sections stand in a notes file beside it, which is never overwritten. Prints the path of what it wrote.",
    )
    .addArgument(new Argument("<kind>", "what to report on").choices(["story"]))
    .argument("[subject]", "the story: its id (or its beginning), a post's id, or a post's URL")
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
        ["headwater report story s-3f9a --lang fr --format pdf", "the same in French, to print"],
        ["headwater report story s-3f9a --format md --out -", "as Markdown, to standard output"],
      ]),
    )
    .action(action(report));
}

async function report(
  session: Session,
  _kind: "story",
  subject: string | undefined,
  options: ReportOptions,
): Promise<number> {
  if (subject === undefined) throw new UsageError("name the story: `headwater trace` lists them");
  const config = await session.config();
  const store = await session.store();
  try {
    const { writeStoryNote } = await import("../reports/write.ts");
    const written = await writeStoryNote(session, { store, config, subject, ...options });
    if (session.options.json) await session.out.json(written);
    else if (options.out !== "-") await session.out.line(written.file);
    return EXIT.ok;
  } finally {
    await store.close();
  }
}
