import type { Command } from "commander";
import type { PostId } from "../../contracts/post.ts";
import type { Parts } from "../../pipelines/parts.ts";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { action, type Session } from "../session.ts";

export function defineAnalyze(program: Command): void {
  program
    .command("analyze")
    .summary("analyse again what an earlier version or config analysed")
    .description(
      "Analyses and traces again the posts whose findings come from another version of the analyzers, or from another config (actors, thresholds). A person's verdicts on links stay.",
    )
    .option("--all", "every post, also those that are up to date")
    .addHelpText(
      "after",
      examples([
        ["headwater analyze", "after an upgrade, or after the actors in the config have changed"],
        ["headwater analyze --all", "everything anew"],
      ]),
    )
    .action(action(analyze));
}

async function analyze(session: Session, { all = false }: { all?: boolean }): Promise<number> {
  const config = await session.config();
  const [{ assemble }, { run, steps }, { analyzeJobs, traceJob }] = await Promise.all([
    import("../../pipelines/assembly.ts"),
    import("../../pipelines/runner.ts"),
    import("../../pipelines/steps/jobs.ts"),
  ]);
  const { log, interruption } = session;
  const parts = await assemble(config, { log, sources: [] });
  try {
    const posts = await stale(parts, all);
    const stop = await run(steps(parts), parts.queue, ["analyze", "trace", "notify"]);
    const ended = new Promise<void>((resolve) =>
      interruption.signal.addEventListener("abort", () => resolve()),
    );
    try {
      await parts.queue.push([...analyzeJobs(posts), traceJob]);
      await Promise.race([parts.queue.idle(), ended]);
    } finally {
      await stop();
    }
    const left = interruption.signal.aborted
      ? await parts.store.waiting("analyze", posts.length + 1, parts.version)
      : [];
    const counts = {
      analysed: posts.length - Math.min(left.length, posts.length),
      stories: await parts.store.count("stories", { kind: "all" }),
      version: parts.version,
    };
    if (session.options.json) await session.out.json(counts);
    else
      await session.out.line(
        `${counts.analysed} posts analysed by ${counts.version}; ${counts.stories} stories`,
      );
    if (interruption.by() === null) return EXIT.ok;
    return interruption.by() === "SIGINT" ? EXIT.interrupted : EXIT.terminated;
  } finally {
    await parts.close();
  }
}

/** Ids only, so that all posts of a large store fit. */
async function stale({ store, version }: Parts, all: boolean): Promise<readonly PostId[]> {
  if (!all) return store.waiting("analyze", Number.MAX_SAFE_INTEGER, version);
  const ids: PostId[] = [];
  for await (const { post } of store.find("posts", { kind: "all" }, { order: "oldest" })) ids.push(post.id);
  return ids;
}
