import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";

/** A server of our own that is running. */
export interface ServerProcess {
  readonly pid: number;
  /** Sends the signal and waits until the process is gone; SIGSTOP and SIGCONT return at once. */
  signal(signal: NodeJS.Signals): Promise<void>;
}

export interface Start {
  readonly command: string;
  readonly args: readonly string[];
  readonly directory: string;
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** True when it answers. Asked again and again until then. */
  readonly ready: () => Promise<boolean>;
  /** How long it may take to answer, milliseconds. */
  readonly patience: number;
}

/** Last characters of what a server said, told when it does not start. */
const KEPT_OUTPUT = 4_000;
const BETWEEN_LOOKS_MS = 50;

/** Linux ends the server when the process that started it is gone, however that ended. */
const SETPRIV = "/usr/bin/setpriv";

/** Starts a server that ends with us, and waits until it answers. */
export async function startProcess(start: Start): Promise<ServerProcess> {
  const line = [start.command, ...start.args];
  const [command, ...args] = existsSync(SETPRIV) ? [SETPRIV, "--pdeathsig", "KILL", ...line] : line;
  const child = spawn(command!, args, {
    cwd: start.directory,
    env: { ...process.env, ...start.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text: Buffer) => {
      output = (output + text.toString()).slice(-KEPT_OUTPUT);
    });
  }
  let failure: Error | null = null;
  child.once("error", (error) => {
    failure = error;
  });
  const until = Date.now() + start.patience;
  while (!(await start.ready().catch(() => false))) {
    if (failure !== null || child.exitCode !== null || Date.now() > until) {
      if (child.exitCode === null) child.kill("SIGKILL");
      throw new Error(`${start.command} did not start; its last words were:\n${output}`, { cause: failure });
    }
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS));
  }
  return { pid: child.pid!, signal: (signal) => send(child, signal) };
}

/** A port of the loopback interface that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { readonly port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function send(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  if (signal !== "SIGSTOP" && signal !== "SIGCONT") await ended;
}
