import type { Command } from "commander";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { action, type Session } from "../session.ts";

export function defineHealth(program: Command): void {
  program
    .command("health")
    .summary("say whether the worker of this machine or container is well")
    .description(
      "Reads what `headwater work` last said of itself. Exit code 1 when it is silent or in trouble.",
    )
    .option("--health <file>", "the file that the worker was given")
    .addHelpText("after", examples([["headwater health", "a container's health check"]]))
    .action(action(health));
}

async function health(session: Session, { health: file }: { readonly health?: string }): Promise<number> {
  const { HEALTH_FILE, readHealth } = await import("../../workers/health.ts");
  const { health, trouble } = readHealth(file ?? HEALTH_FILE, new Date());
  if (session.options.json) await session.out.json({ ...health, trouble });
  else if (trouble !== null) await session.out.line(trouble);
  else {
    const waiting = Object.entries(health!.waiting).map(([step, jobs]) => `${jobs} to ${step}`);
    const said = waiting.length === 0 ? "" : `; waiting: ${waiting.join(", ")}`;
    await session.out.line(`${health!.roles.join(", ")} is well, ${health!.at}${said}`);
  }
  return trouble === null ? EXIT.ok : EXIT.failure;
}
