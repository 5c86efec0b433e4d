import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { Header, PeerAnswer, PeerTask } from "./protocol.ts";
import { pythonOf } from "./python.ts";

/** A contender of the copy benches, by the name the tables show. */
export interface Peer {
  readonly name: string;
  readonly script: string;
  readonly options: Readonly<Record<string, number | string>>;
}

export const OURS: Peer = { name: "Headwater", script: "ours.ts", options: {} };
/** Our near twins by themselves: whole text against whole text, as the peers do it, and verified. */
export const OURS_NEAR: Peer = {
  name: "Headwater, near twins verified",
  script: "near.ts",
  options: { threshold: 0.7 },
};
export const DATASKETCH: Peer = {
  name: "datasketch (0.7, 128)",
  script: "lsh.py",
  options: { library: "datasketch", threshold: 0.7, permutations: 128 },
};
export const RENSA_16: Peer = {
  name: "rensa (128, 16 bands)",
  script: "lsh.py",
  options: { library: "rensa", permutations: 128, bands: 16, threshold: 0.7 },
};
export const RENSA_32: Peer = {
  name: "rensa (128, 32 bands)",
  script: "lsh.py",
  options: { library: "rensa", permutations: 128, bands: 32, threshold: 0.7 },
};
export const NPM_MINHASH: Peer = {
  name: "minhash (npm)",
  script: "minhash.ts",
  options: { permutations: 128, bands: 32 },
};

/** A contender could not be run; the bench names it and goes on. */
export class PeerMissing extends Error {
  override readonly name = "PeerMissing";
}

/** Runs one task in a process of its own. */
export async function runPeer(peer: Peer, task: PeerTask): Promise<PeerAnswer> {
  const script = path.join(import.meta.dirname, peer.script);
  const command = peer.script.endsWith(".py") ? await pythonOf() : process.execPath;
  if (command === null)
    throw new PeerMissing(`${peer.name} was not run: no Python 3 with datasketch and rensa can be had here`);
  const child = spawn(command, [...nodeFlags(command), script], { stdio: ["pipe", "pipe", "pipe"] });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  // A child that dies early breaks the pipe; its exit code tells, not the pipe.
  child.stdin.on("error", () => undefined);
  const ended = once(child, "close");
  for (const chunk of chunksOf(task, peer.options)) {
    if (!child.stdin.write(chunk)) await Promise.race([once(child.stdin, "drain"), ended]);
  }
  child.stdin.end();
  const [code] = (await ended) as [number | null];
  if (code !== 0) {
    throw new PeerMissing(
      `${peer.name} was not run: ${Buffer.concat(err).toString().trim().split("\n").at(-1) ?? `it ended with ${code}`}`,
    );
  }
  return JSON.parse(Buffer.concat(out).toString()) as PeerAnswer;
}

/** A million posts do not fit in V8's default heap on small machines. */
function nodeFlags(command: string): readonly string[] {
  return command === process.execPath ? ["--max-old-space-size=6144", "--expose-gc"] : [];
}

function* chunksOf(task: PeerTask, options: Header["options"]): Generator<string> {
  const queries = task.queries ?? [];
  const header: Header = {
    task: task.task,
    documents: task.documents.length,
    queries: queries.length,
    titles: task.titles !== undefined,
    options,
  };
  yield `${JSON.stringify(header)}\n`;
  for (const list of [task.documents, queries, task.titles ?? []]) {
    for (let i = 0; i < list.length; i += 1000) {
      yield `${list
        .slice(i, i + 1000)
        .map((line) => JSON.stringify(line))
        .join("\n")}\n`;
    }
  }
}
