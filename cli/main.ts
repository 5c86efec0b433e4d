import { CommanderError } from "commander";
import { RetryLater, SetAside, StopAll, UsageError } from "../contracts/errors.ts";
import { EXIT } from "./exit.ts";
import { OutputClosed } from "./output.ts";
import { buildProgram } from "./program.ts";

/** Runs the command line and sets the exit code. A person's mistake is told in a sentence, never with a stack trace. */
export async function main(args: readonly string[]): Promise<void> {
  const program = buildProgram();
  try {
    await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    process.exitCode = failed(error, args.includes("--debug"));
  }
}

function failed(error: unknown, debug: boolean): number {
  if (error instanceof OutputClosed) return EXIT.ok;
  // Commander has told the mistake, or printed the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const stack = debug && error instanceof Error ? `\n${error.stack}` : "";
  const known =
    error instanceof UsageError ||
    error instanceof SetAside ||
    error instanceof RetryLater ||
    error instanceof StopAll;
  const said = error instanceof Error ? error.message : String(error);
  const hint = known || debug ? "" : "\nThis is a fault of Headwater; --debug shows where.";
  process.stderr.write(`headwater: ${known ? "" : "unexpected: "}${said}${hint}${stack}\n`);
  if (error instanceof UsageError) return error.exit;
  if (error instanceof StopAll || error instanceof RetryLater) return EXIT.unavailable;
  return EXIT.failure;
}
