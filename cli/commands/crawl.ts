import type { Command } from "commander";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { exitOf, runLines } from "../runs.ts";
import { action, type Session } from "../session.ts";

export function defineCrawl(program: Command): void {
  program
    .command("crawl")
    .summary("collect from some or all sources once")
    .description(
      "Collects once from the named sources (from all when none is named), then analyses and traces what came.",
    )
    .argument("[source...]", "names of sources in the config")
    .addHelpText(
      "after",
      examples([
        ["headwater crawl", "every source that is enabled"],
        ["headwater crawl rideau-courier-news hanhai-herald-news", "two of them"],
      ]),
    )
    .action(action(crawl));
}

export async function crawl(
  session: Session,
  only: readonly string[],
  also: { readonly due?: boolean } = {},
): Promise<number> {
  const config = await session.checkedConfig();
  const { runEmbedded } = await import("../../workers/embedded.ts");
  const { interruption, log, out } = session;
  const { runs } = await runEmbedded(config, { log, once: true, signal: interruption.signal, only, ...also });
  if (session.options.json) await out.json(runs);
  else await out.lines(runs.flatMap(runLines));
  if (also.due === true && runs.length === 0) log.info("no source is due");
  if (interruption.by() !== null) return interruption.by() === "SIGINT" ? EXIT.interrupted : EXIT.terminated;
  return exitOf(runs);
}
