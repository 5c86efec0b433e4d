import type { Log } from "../contracts/log.ts";
import { plain } from "../reports/terminal.ts";
import { createProgress } from "./progress.ts";

interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Talk for the person at the terminal, on standard error: sentences, warnings, and progress while it lasts. */
export function createLog(terminal: Terminal, env: Readonly<Record<string, string | undefined>>): Log {
  const progress = createProgress(terminal);
  // https://no-color.org: any value but an empty one turns colours off.
  const colour = terminal.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb";
  const paint = (code: number, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const say = (mark: string, sentence: string, fields: Readonly<Record<string, unknown>> = {}) => {
    const told = Object.entries(fields).map(
      ([name, value]) => `${name} ${typeof value === "string" ? value : JSON.stringify(value)}`,
    );
    progress.clear();
    terminal.write(
      `${mark}${plain([sentence, ...(told.length > 0 ? [`(${told.join(", ")})`] : [])].join(" "))}\n`,
    );
  };
  return {
    info: (sentence, fields) => say("", sentence, fields),
    warn: (sentence, fields) => say(`${paint(33, "warning:")} `, sentence, fields),
    error: (sentence, fields) => say(`${paint(31, "error:")} `, sentence, fields),
    progress: (task, done, total) => {
      progress.show(plain(task), done, total);
      if (total !== null && done >= total) progress.clear();
    },
  };
}
