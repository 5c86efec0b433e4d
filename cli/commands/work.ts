import { type Command, Option } from "commander";
import { UsageError } from "../../contracts/errors.ts";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { action, type Session } from "../session.ts";

export function defineWork(program: Command): void {
  program
    .command("work")
    .summary("do the work of some roles, beside other processes that do theirs")
    .description(
      "Works for a team's installation: any number of processes, each with some of the roles schedule, collect, analyze, trace and notify, share their jobs through Redis (`queue: bullmq`). It runs until SIGTERM or Ctrl-C, which ends it after the running jobs, within 25 seconds; a second one ends it at once.",
    )
    .addOption(new Option("--role <role,...>", "what this process does").makeOptionMandatory())
    .option("--health <file>", "where it says how it is, for `headwater health`")
    .addHelpText(
      "after",
      examples([
        ["headwater work --role collect", "crawl what is due; pages are paced per host over all collectors"],
        [
          "headwater work --role schedule,collect,analyze,trace",
          "everything in one process, to be joined by others",
        ],
      ]),
    )
    .action(action(work));
}

async function work(
  session: Session,
  { role, health }: { readonly role: string; readonly health?: string },
): Promise<number> {
  const [{ ROLES }, { runRoles }, { HEALTH_FILE }] = await Promise.all([
    import("../../pipelines/runner.ts"),
    import("../../workers/roles.ts"),
    import("../../workers/health.ts"),
  ]);
  const asked = role.split(",").map((name) => name.trim());
  const roles = ROLES.filter((name) => asked.includes(name));
  const unknown = asked.find((name) => !(ROLES as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`there is no role "${unknown}"; the roles are ${ROLES.join(", ")}`);
  }
  const config = await session.checkedConfig();
  const { interruption, log } = session;
  const clean = await runRoles(config, {
    roles,
    log,
    signal: interruption.signal,
    health: health ?? HEALTH_FILE,
  });
  if (clean) return EXIT.ok;
  log.warn("a job did not end in time; another worker does it again");
  process.exit(EXIT.ok);
}
