import type { Command } from "commander";
import type { Config } from "../../config/schema.ts";
import type { WatchConfig } from "../../config/watches.ts";
import { UsageError } from "../../contracts/errors.ts";
import type { StoredPost } from "../../contracts/store.ts";
import type { WatchTest } from "../../pipelines/watch-tests.ts";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { countOption } from "../options.ts";
import { action, type Session } from "../session.ts";

export function defineWatch(program: Command): void {
  const watch = program
    .command("watch")
    .summary("the narratives that are followed, their posts, and their tests")
    .description(
      "A watch is a narrative that analysts follow, written in the config: searches, terms in several languages, patterns, and examples that are run as its tests.",
    )
    .addHelpText(
      "after",
      examples([
        ["headwater watch list", "each watch with the number of its posts"],
        ["headwater watch show foreign-agents", "its newest posts, and why each of them joined"],
        ["headwater watch test", "run every example and counter-example; exit code 1 when one fails"],
      ]),
    );
  watch.command("list").description("Lists the watches with their posts.").action(action(list));
  watch
    .command("show")
    .description("Shows a watch, its newest posts, and why each of them joined.")
    .argument("<name>", "its name in the config")
    .option("-n, --limit <n>", "show at most so many posts", countOption, 10)
    .option("--names", "show private accounts by name instead of by pseudonym")
    .action(action(show));
  watch
    .command("test")
    .description("Runs the examples and counter-examples of the named watches, or of all.")
    .argument("[name...]", "names in the config")
    .action(action(test));
}

async function list(session: Session): Promise<number> {
  const { watches } = await session.checkedConfig();
  const store = await session.storeIfThere();
  try {
    const rows = [];
    for (const { name, title, category } of watches) {
      const count = async (field: string) =>
        (await store?.count("posts", { kind: "text", field, value: name, prefix: false })) ?? 0;
      rows.push({
        watch: name,
        title,
        category,
        posts: await count("watches"),
        confirmed: await count("watches_confirmed"),
      });
    }
    if (session.options.json) await session.out.jsonLines(rows);
    else if (rows.length === 0) session.log.info("the config has no watches; write some under `watches:`");
    else {
      const { table } = await import("../../reports/terminal.ts");
      const cells = rows.map(({ watch, posts, confirmed, category, title }) => [
        watch,
        String(posts),
        String(confirmed),
        category,
        title,
      ]);
      await session.out.lines(
        table([["watch", "posts", "confirmed", "category", "title"], ...cells], [24, 8, 9, 20, 40]),
      );
    }
    return EXIT.ok;
  } finally {
    await store?.close();
  }
}

async function show(
  session: Session,
  name: string,
  { limit, names = false }: { limit: number; names?: boolean },
): Promise<number> {
  const config = await session.checkedConfig();
  const watch = watchNamed(config, name);
  const store = await session.storeIfThere();
  try {
    const query = { kind: "text", field: "watches", value: name, prefix: false } as const;
    const found: StoredPost[] = [];
    if (store !== null)
      for await (const stored of store.find("posts", query, { limit, order: "newest" })) found.push(stored);
    const posts = (await store?.count("posts", query)) ?? 0;
    if (session.options.json) {
      const { postLine } = await import("../../reports/interchange/post-line.ts");
      await session.out.json({ ...watch, posts, newest: found.map(postLine) });
      return EXIT.ok;
    }
    const [{ namesOf, namingOf }, { postLines }] = await Promise.all([
      import("../../reports/names.ts"),
      import("../../reports/listing.ts"),
    ]);
    const shown = namesOf(found, namingOf(config, names));
    await session.out.lines([`${watch.name} — ${watch.title} (${watch.category}); ${posts} posts`, ""]);
    for (const stored of found) {
      const match = stored.findings!.watches.find(({ watch: joined }) => joined === name)!;
      await session.out.lines([
        ...postLines(stored, { names: shown, zone: config.schedule.zone, words: [] }),
        `  ${match.status}, score ${match.score}: ${shown.conceal(match.reasons.join("; "))}`,
        "",
      ]);
    }
    return EXIT.ok;
  } finally {
    await store?.close();
  }
}

async function test(session: Session, names: readonly string[]): Promise<number> {
  const config = await session.checkedConfig();
  for (const name of names) watchNamed(config, name);
  const { testWatches } = await import("../../pipelines/watch-tests.ts");
  const tests = await testWatches(config, names);
  const failed = tests.filter(({ passed }) => !passed);
  if (session.options.json) await session.out.jsonLines(tests);
  else await session.out.lines(failed.map(failureLine));
  session.log.info(`${tests.length} examples, ${failed.length} failed`);
  return failed.length === 0 ? EXIT.ok : EXIT.failure;
}

function failureLine({ watch, kind, number, match, problem }: WatchTest): string {
  const begun = `${watch}: ${kind} ${number}`;
  if (problem !== null) return `${begun} is no post: ${problem}`;
  if (match === null) return `${begun} does not match`;
  return `${begun} matches (${match.status}): ${match.reasons.join("; ")}`;
}

function watchNamed({ watches }: Config, name: string): WatchConfig {
  const found = watches.find((watch) => watch.name === name);
  if (found !== undefined) return found;
  const known = watches.map((watch) => watch.name).join(", ");
  throw new UsageError(
    `no watch is called ${name}; ${known === "" ? "the config has none" : `known are ${known}`}`,
  );
}
