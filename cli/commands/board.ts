import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { UsageError } from "../../contracts/errors.ts";
import { examples } from "../examples.ts";
import { EXIT } from "../exit.ts";
import { countOption } from "../options.ts";
import { action, type Session } from "../session.ts";

export function defineBoard(program: Command): void {
  program
    .command("board")
    .summary("serve pages about the queue: what waits, runs and failed")
    .description(
      "Serves Bull Board over the queue of a team's workers, to look only, behind a password (account `board`), until Ctrl-C.",
    )
    .requiredOption("--redis-url-file <file>", "file with the URL of Redis, which carries a password, too")
    .requiredOption("--password-file <file>", "file with the password for the pages")
    .option("--prefix <name>", "what the queue's keys begin with: redis.prefix of the config", "headwater")
    .option("--host <address>", "where it listens; another than this machine needs --cert", "127.0.0.1")
    .option("--port <number>", "port", countOption, 3100)
    .option("--cert <file>", "its certificate, for HTTPS")
    .option("--key <file>", "the certificate's key")
    .addHelpText(
      "after",
      examples([
        [
          "headwater board --redis-url-file redis.txt --password-file board.txt",
          "http://127.0.0.1:3100/queues",
        ],
      ]),
    )
    .action(action(board));
}

interface Given {
  readonly redisUrlFile: string;
  readonly passwordFile: string;
  readonly prefix: string;
  readonly host: string;
  readonly port: number;
  readonly cert?: string;
  readonly key?: string;
}

async function board(
  { interruption, log }: Session,
  { redisUrlFile, passwordFile, prefix, host, port, cert, key }: Given,
): Promise<number> {
  const password = readGiven(passwordFile).trim();
  if (password === "")
    throw new UsageError(`${passwordFile} is empty; the queue's pages need a password`, EXIT.config);
  if ((cert === undefined) !== (key === undefined)) throw new UsageError("give --cert and --key together");
  if (cert === undefined && host !== "127.0.0.1") {
    throw new UsageError(
      "a password must not go over a network in clear; give --cert and --key, or leave --host out",
    );
  }
  const certificate = cert === undefined ? undefined : { cert: readGiven(cert), key: readGiven(key!) };
  const [{ connectRedis }, { serveBoard }, { ROLES }] = await Promise.all([
    import("../../queues/bullmq/connection.ts"),
    import("../../workers/board.ts"),
    import("../../pipelines/runner.ts"),
  ]);
  const redis = await connectRedis(readGiven(redisUrlFile).trim(), { log });
  const server = await serveBoard({ redis, prefix, steps: ROLES, host, port, password, certificate });
  log.info(`The queue's pages are at ${server.url}; Ctrl-C ends it.`);
  await new Promise<void>((resolve) =>
    interruption.signal.addEventListener("abort", () => resolve(), { once: true }),
  );
  await server.close();
  redis.disconnect();
  return EXIT.ok;
}

function readGiven(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new UsageError(`${file} cannot be read: ${(cause as Error).message}`, EXIT.noInput, { cause });
  }
}
