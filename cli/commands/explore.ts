import type { Command } from "commander";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { readServing, type ServingGiven, untilAborted, withServing } from "../serving.ts";
import { action, type Session } from "../session.ts";

export function defineExplore(program: Command): void {
  const explore = program
    .command("explore")
    .summary("serve pages about what is stored: search, stories, posts, alerts")
    .description(
      "Serves pages that only read, beside a running Headwater, until Ctrl-C: what came, what was raised, search, each story as its report, each post with its links. On another address than this machine's they need a password (account `explorer`) and a certificate.",
    )
    .option("--password-file <file>", "file with the password for the pages")
    .option("--names", "show private accounts by name instead of by pseudonym");
  withServing(explore, 3080)
    .addHelpText("after", examples([["headwater explore", "http://127.0.0.1:3080"]]))
    .action(action(serve));
}

async function serve(
  session: Session,
  { names = false, ...given }: ServingGiven & { readonly names?: boolean },
): Promise<number> {
  const { interruption, log } = session;
  const where = readServing(given);
  const [config, store, { serveExplorer }] = await Promise.all([
    session.config(),
    session.store(),
    import("../../explorer/index.ts"),
  ]);
  try {
    const told = (error: Error, path: string) => log.warn(`${path}: ${error.message}`);
    const server = await serveExplorer({ ...where, store, config, names, told });
    log.info(`The explorer is at ${server.url}; Ctrl-C ends it.`);
    await untilAborted(interruption.signal);
    await server.close();
    return EXIT.ok;
  } finally {
    await store.close();
  }
}
