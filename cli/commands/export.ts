import { Argument, type Command } from "commander";
import type { Kind, Store } from "../../contracts/store.ts";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { action, type Session } from "../session.ts";

const KINDS = ["posts", "links", "stories", "traces", "alerts", "deliveries", "runs", "quarantine"] as const;

export function defineExport(program: Command): void {
  program
    .command("export")
    .summary("write posts, links, stories, traces … as JSON Lines")
    .description(
      "Writes one JSON object a line to standard output, in the interchange format (docs/concepts.md). Exported posts can be imported again.",
    )
    .addArgument(new Argument("<kind>", "what to write").choices(KINDS))
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
      ]),
    )
    .action(action(exportKind));
}

async function exportKind(
  session: Session,
  kind: (typeof KINDS)[number],
  { where }: { where?: string },
): Promise<number> {
  const { parseQuery } = await import("../../text/query.ts");
  const query = parseQuery(where ?? "");
  const store = await session.store();
  try {
    const count = await session.out.jsonLines(rows(store, kind, query));
    if (count === 0) session.log.info(`no ${kind}${where === undefined ? "" : ` match ${where}`}`);
    return EXIT.ok;
  } finally {
    await store.close();
  }
}

async function* rows(store: Store, kind: Kind, query: Parameters<Store["find"]>[1]): AsyncIterable<unknown> {
  if (kind !== "posts") {
    yield* store.find(kind, query);
    return;
  }
  const { postLine } = await import("../../reports/interchange.ts");
  for await (const stored of store.find("posts", query)) yield postLine(stored);
}
