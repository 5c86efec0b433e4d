import type { Command } from "commander";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { readGiven, readServing, type ServingGiven, untilAborted, withServing } from "../serving.ts";
import { action, type Session } from "../session.ts";

export function defineBoard(program: Command): void {
  const board = program
    .command("board")
    .summary("serve pages about the queue: what waits, runs and failed")
    .description(
      "Serves Bull Board over the queue of a team's workers, to look only, behind a password (account `board`), until Ctrl-C.",
    )
    .requiredOption("--redis-url-file <file>", "file with the URL of Redis, which carries a password, too")
    .requiredOption("--password-file <file>", "file with the password for the pages")
    .option("--prefix <name>", "what the queue's keys begin with: redis.prefix of the config", "headwater");
  withServing(board, 3100)
    .addHelpText(
      "after",
      examples([
        [
          "headwater board --redis-url-file redis.txt --password-file board.txt",
          "http://127.0.0.1:3100/queues",
        ],
      ]),
    )
    .action(action(serve));
}

interface Given extends ServingGiven {
  readonly redisUrlFile: string;
  readonly passwordFile: string;
  readonly prefix: string;
}

async function serve({ interruption, log }: Session, given: Given): Promise<number> {
  const { password, ...where } = readServing(given);
  const [{ connectRedis }, { serveBoard }, { STEPS }] = await Promise.all([
    import("../../queues/bullmq/connection.ts"),
    import("../../workers/board.ts"),
    import("../../pipelines/runner.ts"),
  ]);
  const redis = await connectRedis(readGiven(given.redisUrlFile).trim(), { log });
  const server = await serveBoard({
    ...where,
    redis,
    prefix: given.prefix,
    steps: STEPS,
    password: password!,
  });
  log.info(`The queue's pages are at ${server.url}; Ctrl-C ends it.`);
  await untilAborted(interruption.signal);
  await server.close();
  redis.disconnect();
  return EXIT.ok;
}
