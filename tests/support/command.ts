import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const COMMAND = path.resolve(import.meta.dirname, "../../cli/headwater.js");

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Given {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Another copy of the command than that of this checkout. */
  readonly command?: string;
}

/** Starts the real command as a child process; `ended` resolves with all that it wrote. */
export function start(args: readonly string[], { input, env = {}, cwd, command = COMMAND }: Given = {}) {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("HEADWATER_"));
  const child: ChildProcess = spawn(process.execPath, [command, ...args], {
    env: { ...Object.fromEntries(inherited), ...env },
    cwd: cwd ?? folder(),
  });
  // A command that ends before it has read everything closes the pipe; that is what some tests are about.
  child.stdin!.on("error", () => {});
  let out = "";
  let err = "";
  const waiting: { readonly text: string; readonly met: () => void }[] = [];
  child.stdout!.setEncoding("utf8").on("data", (part) => (out += part));
  child.stderr!.setEncoding("utf8").on("data", (part) => {
    err += part;
    for (const { text, met } of waiting) if (err.includes(text)) met();
  });
  if (input !== undefined) child.stdin!.end(input);
  const ended = new Promise<Ended>((resolve) => child.on("close", (code) => resolve({ code, out, err })));
  /** Resolves once standard error has said so, or the process has ended. */
  const said = (text: string) =>
    Promise.race([
      ended,
      new Promise<void>((met) => (err.includes(text) ? met() : waiting.push({ text, met }))),
    ]);
  return { child, ended, said };
}

export function headwater(args: readonly string[], given: Given = {}): Promise<Ended> {
  return start(args, { input: "", ...given }).ended;
}

export function folder(): string {
  return mkdtempSync(path.join(tmpdir(), "headwater-cli-"));
}

export function file(name: string, content: string | Uint8Array, at = folder()): string {
  const full = path.join(at, name);
  writeFileSync(full, content);
  return full;
}

export function jsonLines(text: string): readonly Record<string, unknown>[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
