import type { Command } from "commander";
import { EXIT_MEANINGS } from "../cli/exit.ts";
import { buildProgram } from "../cli/program.ts";

/** The command line as a page: what `--help` prints, command by command. */
export function cliPage(): string {
  const program = buildProgram({ width: 100 });
  return [
    "# The command line",
    "",
    "<!-- Made by scripts/docs.ts from the commands themselves. Do not edit. -->",
    "",
    "In a checkout every command is `npx headwater …`. Data goes to standard output, talk (progress, warnings, counts) to",
    "standard error, so that `headwater export links | head` and `> file` do what they should. `--json` gives data on",
    "every command. Colours and progress bars appear on a terminal only; `NO_COLOR` turns colours off.",
    "",
    "## Exit codes",
    "",
    "| code | meaning |",
    "|---|---|",
    ...EXIT_MEANINGS.map(([code, meaning]) => `| ${code} | ${meaning} |`),
    "",
    "## headwater",
    "",
    ...helpOf(program, true),
    ...program.commands.flatMap((command) => pageOf(command)),
  ].join("\n");
}

function pageOf(command: Command): readonly string[] {
  const name = `${command.parent?.name() === "headwater" ? "" : `${command.parent?.name()} `}${command.name()}`;
  return [`## headwater ${name}`, "", ...helpOf(command, false), ...command.commands.flatMap(pageOf)];
}

function helpOf(command: Command, whole: boolean): readonly string[] {
  let text = "";
  command.configureOutput({ writeOut: (part) => (text += part), getOutHasColors: () => false });
  command.outputHelp();
  // The options that every command takes are told once.
  const own = whole ? text : text.replace(/\nGlobal Options:\n(?: .*\n)*/, "");
  return ["```text", own.trim(), "```", ""];
}
