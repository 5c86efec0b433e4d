import type { Command } from "commander";
import { UsageError } from "../../contracts/errors.ts";
import type { Pruned, Tally } from "../../pipelines/prune/index.ts";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { countOption } from "../options.ts";
import { action, type Session } from "../session.ts";

export function definePrune(program: Command): void {
  program
    .command("prune")
    .summary("take away what is older than it may be kept")
    .description(
      "Takes away posts collected longer ago than `retention.keep_days`, with their versions, links, keys and evidence; old runs, quarantined records, closed alerts and deliveries. What a person judged, an alert rests on, a watch follows or `retention.holds` names stays. Stories that lose posts are traced anew. Nothing brings back what is taken away. With `retention.every` the schedule does it by itself.",
    )
    .option("--dry-run", "count the same and take nothing away")
    .option("--keep-days <n>", "instead of retention.keep_days", countOption)
    .addHelpText(
      "after",
      examples([
        ["headwater prune --dry-run", "what would go, what would stay, and why"],
        ["headwater prune --keep-days 365", "what was collected more than a year ago"],
      ]),
    )
    .action(action(prune));
}

interface PruneOptions {
  readonly dryRun?: boolean;
  readonly keepDays?: number;
}

async function prune(session: Session, { dryRun = false, keepDays }: PruneOptions): Promise<number> {
  const config = await session.config();
  const keep_days = keepDays ?? config.retention.keep_days;
  if (keep_days === null || keep_days < 1) {
    throw new UsageError(
      "nothing says how long things are kept: set retention.keep_days in the config, or give --keep-days with a number from 1",
    );
  }
  const [{ assemble }, { prune: work }, { recover, run, steps }] = await Promise.all([
    import("../../pipelines/assembly.ts"),
    import("../../pipelines/prune/index.ts"),
    import("../../pipelines/runner.ts"),
  ]);
  const { log } = session;
  const parts = await assemble(config, { log, sources: [], readOnly: dryRun });
  try {
    const pruned = await work(parts, { keep_days, dry: dryRun });
    if (!dryRun) {
      // With `queue: bullmq` workers do what waits now; one process does it itself.
      const stop =
        parts.shared === null ? await run(steps(parts), parts.queue, ["analyze", "trace", "notify"]) : null;
      try {
        await recover(parts);
        if (stop !== null) await parts.queue.idle();
      } finally {
        await stop?.();
      }
    }
    if (session.options.json) await session.out.json({ dry_run: dryRun, ...pruned });
    else await session.out.lines(await pruneLines(pruned, dryRun));
    return EXIT.ok;
  } finally {
    await parts.close();
  }
}

async function pruneLines({ before, tallies }: Pruned, dry: boolean): Promise<readonly string[]> {
  const { table } = await import("../../reports/terminal.ts");
  const rows = tallies.map(({ kind, seen, removed, kept }) => [
    kind,
    String(seen),
    String(removed),
    String(seen - removed),
    Object.entries(kept)
      .map(([why, items]) => `${items} ${why}`)
      .join("; "),
  ]);
  const head = ["", "there", dry ? "would go" : "gone", dry ? "would stay" : "stay", "why"];
  return [
    `what was collected before ${before.slice(0, 16).replace("T", " ")} UTC:`,
    ...table([head, ...rows], [16, 12, 12, 12, 200]),
    ...(removedOf(tallies, "posts") === 0 ? [] : [DIFFERENCE]),
  ];
}

const DIFFERENCE =
  "What was linked to them or in a story with them is compared anew; `headwater analyze --all` does so with all that stays.";

function removedOf(tallies: readonly Tally[], kind: string): number {
  return tallies.find((tally) => tally.kind === kind)?.removed ?? 0;
}
