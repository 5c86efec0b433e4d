import { existsSync } from "node:fs";
import { type Command, Option } from "commander";
import { FORMATS } from "../../collectors/file/formats/names.ts";
import { UsageError } from "../../contracts/errors.ts";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { pairOption } from "../options.ts";
import { exitOf, runLines } from "../runs.ts";
import { action, type Session } from "../session.ts";

export function defineImport(program: Command): void {
  program
    .command("import")
    .summary("take in posts from files")
    .description(
      "Takes in posts from JSON Lines (the format that `export posts` writes), tables, web archives and the exports of other tools, packed or not, then analyses and traces them. How a file is written is told from its contents. A record that is no post is set aside with the reason and costs nothing else.",
    )
    .argument("<file...>", "files to read; - is standard input")
    .addOption(
      new Option(
        "-f, --format <format>",
        "how they are written; told from the contents when left out",
      ).choices(FORMATS),
    )
    .option("-m, --map <column=field>", "CSV: which column is which field; once for each", pairOption)
    .option(
      "-e, --encoding <name>",
      "encoding of the text, e.g. gb18030; UTF-8, or UTF-16 with its mark, when left out",
    )
    .option("-p, --platform <platform>", "platform of records that name none")
    .option("-z, --zone <zone>", "time zone of dates that state none, e.g. Asia/Shanghai")
    .option("-s, --source <name>", "name of the source, for one file; its path when left out")
    .addHelpText(
      "after",
      examples([
        ["headwater import posts.jsonl.gz", "posts in the interchange format"],
        ["headwater import capture.wacz result.json", "a web archive, and a channel that Telegram exported"],
        ["zcat old.jsonl.gz | headwater import - --source archive", "from another program"],
        [
          "headwater import tweets.csv --platform twitter --map tweet_text=text --map tweet_time=published_at",
          "a table with columns of its own",
        ],
      ]),
    )
    .action(action(importPosts));
}

interface ImportOptions {
  readonly format?: string;
  readonly map?: Readonly<Record<string, string>>;
  readonly encoding?: string;
  readonly platform?: string;
  readonly zone?: string;
  readonly source?: string;
}

async function importPosts(
  session: Session,
  files: readonly string[],
  given: ImportOptions,
): Promise<number> {
  const missing = files.filter((file) => file !== "-" && !existsSync(file));
  if (missing.length > 0) throw new UsageError(`there is no file ${missing.join(", ")}`, EXIT.noInput);
  const { source } = given;
  if (source !== undefined && files.length > 1) {
    throw new UsageError("--source names one file; import the files one by one");
  }
  const options = await fileOptions(given, files[0]!);
  const config = await session.config();
  const { importFiles } = await import("../../workers/embedded.ts");
  const { interruption, log, out } = session;
  const runs = await importFiles(config, {
    files,
    options,
    ...(source === undefined ? {} : { name: source }),
    log,
    signal: interruption.signal,
  });
  if (session.options.json) await out.json(runs);
  else await out.lines(runs.flatMap(runLines));
  if (interruption.by() !== null) return interruption.by() === "SIGINT" ? EXIT.interrupted : EXIT.terminated;
  if (runs.some(({ seen, buckets }) => seen > 0 && buckets.rejected === seen)) return EXIT.data;
  return exitOf(runs) === EXIT.ok ? EXIT.ok : EXIT.failure;
}

/** The options of the file collector; what it refuses is a mistake on the command line. */
async function fileOptions(given: ImportOptions, path: string): Promise<Readonly<Record<string, unknown>>> {
  const { encoding, format, map, platform, zone } = given;
  // The command names a column first, as people read a table; the collector asks for the column of each field.
  const columns =
    map === undefined
      ? undefined
      : Object.fromEntries(Object.entries(map).map(([column, field]) => [field, column]));
  const options = Object.fromEntries(
    Object.entries({ encoding, format, columns, platform, zone }).filter(([, value]) => value !== undefined),
  );
  const [{ collectors }, { slipsOf }, { jsonSchemaOf }] = await Promise.all([
    import("../../collectors/index.ts"),
    import("../../config/sentences.ts"),
    import("../../config/table.ts"),
  ]);
  const schema = collectors.file!.info.options;
  const checked = schema.safeParse({ ...options, path });
  if (checked.success) return options;
  const flags: Readonly<Record<string, string>> = {
    columns: "--map",
    encoding: "--encoding",
    platform: "--platform",
    zone: "--zone",
    format: "--format",
  };
  const slips = slipsOf(checked.error.issues, options, jsonSchemaOf(schema));
  const told = slips.map(({ path: [option, ...rest], sentence }) =>
    [flags[String(option)] ?? option, ...rest].join(" ").concat(`: ${sentence}`),
  );
  throw new UsageError(told.join("\n"));
}
