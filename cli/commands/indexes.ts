import { Argument, type Command } from "commander";
import { UsageError } from "../../contracts/errors.ts";
import type { IndexKind, LayoutStatus } from "../../stores/elasticsearch/admin.ts";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { action, type Session } from "../session.ts";

export function defineIndex(program: Command): void {
  const index = program
    .command("index")
    .summary("make, renew and list the indexes of Elasticsearch")
    .description("Looks after the indexes of `store: elasticsearch`. SQLite looks after itself.")
    .addHelpText(
      "after",
      examples([
        ["headwater index setup", "make what is missing; may be run at any time"],
        ["headwater index status", "documents, sizes and the layout"],
        ["headwater index reindex posts", "make the indexes of posts anew while all goes on"],
      ]),
    );
  index
    .command("setup")
    .description(
      "Puts index templates and makes what is missing. It needs a key that may manage templates; workers do not.",
    )
    .action(action(setup));
  index.command("status").description("Lists indexes with documents and sizes.").action(action(status));
  index
    .command("reindex")
    .description(
      "Makes indexes anew, document by document, and puts them in the place of the old ones. Reading and writing go on. Broken off and run again, it goes on where it was.",
    )
    .addArgument(new Argument("[kinds...]", "which; what a new version asks for when left out"))
    .action(action(reindex));
}

async function setup(session: Session): Promise<number> {
  const { admin, options } = await tools(session);
  return tell(session, await admin.setupIndexes(options));
}

async function status(session: Session): Promise<number> {
  const { admin, options } = await tools(session);
  return tell(session, await admin.indexStatus(options));
}

async function reindex(session: Session, kinds: readonly string[]): Promise<number> {
  const { admin, options } = await tools(session);
  const unknown = kinds.filter((kind) => !(admin.INDEXES as readonly string[]).includes(kind));
  if (unknown.length > 0) {
    throw new UsageError(
      `there are no indexes of ${unknown.join(", ")}; there are ${admin.INDEXES.join(", ")}`,
    );
  }
  const wanted = kinds.length === 0 ? null : (kinds as readonly IndexKind[]);
  const made = await admin.reindexAll(options, wanted, (name, done, total) =>
    session.log.progress(name, done, total),
  );
  session.log.info(made.length === 0 ? "nothing was to be made anew" : `made anew: ${made.join(", ")}`);
  return EXIT.ok;
}

async function tools(session: Session) {
  const config = await session.config();
  if (config.store !== "elasticsearch") {
    throw new UsageError("the config has `store: sqlite`, whose tables look after themselves", EXIT.config);
  }
  const [admin, { elasticsearchOptions }] = await Promise.all([
    import("../../stores/elasticsearch/admin.ts"),
    import("../../pipelines/store.ts"),
  ]);
  return { admin, options: elasticsearchOptions(config) };
}

async function tell(session: Session, found: LayoutStatus): Promise<number> {
  if (session.options.json) await session.out.json(found);
  else {
    for (const { kind, indexes, documents, bytes, health } of found.indexes) {
      const size = `${(bytes / 1e6).toFixed(1)} MB`;
      await session.out.line(
        `${kind.padEnd(11)} ${health.padEnd(7)} ${String(documents).padStart(11)} documents ${size.padStart(12)}  ${indexes} ${indexes === 1 ? "index" : "indexes"}`,
      );
    }
    await session.out.line(`layout ${found.layout ?? "none"}, this version writes ${found.newest}`);
  }
  for (const what of found.pending) session.log.warn(`to be done: ${what}`);
  return EXIT.ok;
}
