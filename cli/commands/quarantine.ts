import { Argument, type Command } from "commander";
import { UsageError } from "../../contracts/errors.ts";
import type { DeadJob } from "../../contracts/queue.ts";
import { table } from "../../reports/terminal.ts";
import { counted } from "../../reports/words.ts";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { action, type Session } from "../session.ts";

const ACTIONS = ["list", "replay", "drop"] as const;

export function defineQuarantine(program: Command): void {
  program
    .command("quarantine")
    .summary("list jobs that could not be done, run them again, or drop them")
    .description(
      "Jobs that failed four times, can never work, or ended their process three times wait here with the reason, while everything else goes on. `replay` pushes them again, `drop` forgets them: what they were about stays in the store. Records that were no posts are elsewhere: `headwater export quarantine`.",
    )
    .addArgument(new Argument("<action>", "what to do").choices(ACTIONS))
    .argument("[id...]", "ids from the list")
    .option("--all", "every job there is")
    .addHelpText(
      "after",
      examples([
        ["headwater quarantine list", "what waits, oldest first, and why"],
        ["headwater quarantine replay --all", "after the cause was mended"],
      ]),
    )
    .action(action(quarantine));
}

async function quarantine(
  session: Session,
  what: (typeof ACTIONS)[number],
  ids: readonly string[],
  { all = false }: { readonly all?: boolean },
): Promise<number> {
  const config = await session.config();
  if (config.queue === "memory") {
    throw new UsageError(
      "`queue: memory` keeps no jobs between two runs; what a failed job was about is stored, and the next start takes it up again",
      EXIT.noInput,
    );
  }
  if (what !== "list" && all === ids.length > 0) {
    throw new UsageError(`name the jobs to ${what}, or say --all; \`headwater quarantine list\` shows them`);
  }
  const { connectRedis } = await import("../../queues/bullmq/connection.ts");
  const { openBullmqQueue } = await import("../../queues/bullmq/index.ts");
  const { url, prefix } = config.redis;
  const redis = await connectRedis(url, { log: session.log });
  const queue = await openBullmqQueue({ redis, prefix, log: session.log });
  try {
    const dead = await queue.dead();
    if (what === "list") await list(session, dead);
    else {
      const chosen = all ? dead.map(({ id }) => id) : ids;
      const done = await queue[what](chosen);
      if (session.options.json) await session.out.json({ [what]: done, of: chosen.length });
      else {
        const missing = chosen.length - done;
        const not = missing === 0 ? "" : `; ${missing} of the ids are not in quarantine`;
        await session.out.line(
          `${counted(done, "job", "jobs")} ${what === "replay" ? "queued again" : "dropped"}${not}`,
        );
      }
      if (done < chosen.length) return EXIT.failure;
    }
    return EXIT.ok;
  } finally {
    await queue.close();
    redis.disconnect();
  }
}

async function list({ options, out }: Session, dead: readonly DeadJob[]): Promise<void> {
  if (options.json) await out.jsonLines(dead);
  else if (dead.length === 0) await out.line("nothing is in quarantine");
  else {
    const rows = dead.map(({ id, at, job, reason }) => [
      id,
      at.slice(0, 16),
      `${job.step} ${job.key}`,
      reason,
    ]);
    await out.lines(table([["id", "since", "job", "why"], ...rows], [16, 16, 40, 60], ""));
  }
}
