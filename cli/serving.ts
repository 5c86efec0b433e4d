import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { UsageError } from "../contracts/errors.ts";
import type { ServeOptions } from "../http/serve.ts";
import { EXIT } from "./exit.ts";
import { countOption } from "./options.ts";

/** Options of a command that serves pages. */
export interface ServingGiven {
  readonly host: string;
  readonly port: number;
  readonly cert?: string;
  readonly key?: string;
  readonly passwordFile?: string;
}

/** Adds where pages are served. */
export function withServing(command: Command, port: number): Command {
  return command
    .option("--host <address>", "where it listens; another than this machine needs --cert", "127.0.0.1")
    .option("--port <number>", "port", countOption, port)
    .option("--cert <file>", "its certificate, for HTTPS")
    .option("--key <file>", "the certificate's key");
}

/** Reads what was given, and refuses what would send a password or posts over a network in clear, or to anybody. */
export function readServing(given: ServingGiven): Pick<ServeOptions, "host" | "port" | "certificate"> & {
  readonly password: string | null;
} {
  const { host, port, cert, key, passwordFile } = given;
  const password = passwordFile === undefined ? null : readGiven(passwordFile).trim();
  if (password === "")
    throw new UsageError(`${passwordFile} is empty; the pages need a password`, EXIT.config);
  if ((cert === undefined) !== (key === undefined)) throw new UsageError("give --cert and --key together");
  const here = host === "127.0.0.1" || host === "::1" || host === "localhost";
  if (!here && password === null)
    throw new UsageError("others can reach it there; give --password-file, or leave --host out");
  if (!here && cert === undefined) {
    throw new UsageError(
      "a password must not go over a network in clear; give --cert and --key, or leave --host out",
    );
  }
  const certificate = cert === undefined ? undefined : { cert: readGiven(cert), key: readGiven(key!) };
  return { host, port, certificate, password };
}

export function readGiven(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new UsageError(`${file} cannot be read: ${(cause as Error).message}`, EXIT.noInput, { cause });
  }
}

/** Until Ctrl-C. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
