import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import path from "node:path";
import manifest from "../../package.json" with { type: "json" };

export interface Outcome {
  readonly seconds: number;
  /** Processor time of all its threads; null where the system does not tell. It does not suffer from a busy machine. */
  readonly cpuSeconds: number | null;
  /** Largest resident memory seen; null where the system does not tell. */
  readonly peakMb: number | null;
  /** What it printed. */
  readonly out: string;
}

const ROOT = path.resolve(import.meta.dirname, "../..");
/** Characters of what it prints. */
const MOST_KEPT = 10_000;
/** Memory grows over seconds; looked at five times a second, no step of it is missed. */
const LOOK_MS = 200;

interface Limits {
  readonly heapMb?: number;
}

/** Runs `headwater` as a person would, in a process of its own, and times it from start to end. */
export function headwater(args: readonly string[], limits: Limits = {}): Promise<Outcome> {
  return timed([manifest.bin.headwater, ...args], limits);
}

/** The same of any script of the repository. */
export async function timed([script, ...args]: readonly string[], { heapMb }: Limits = {}): Promise<Outcome> {
  const flags = heapMb === undefined ? [] : [`--max-old-space-size=${heapMb}`];
  const started = performance.now();
  const child = spawn(process.execPath, [...flags, path.join(ROOT, script!), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out = (out + chunk.toString()).slice(-MOST_KEPT);
  });
  const said: Buffer[] = [];
  child.stderr.on("data", (chunk: Buffer) => {
    said.push(chunk);
    if (said.length > 200) said.shift();
  });
  let peakMb: number | null = null;
  let cpuSeconds: number | null = null;
  const watch = setInterval(async () => {
    peakMb = (await peakOf(child.pid!)) ?? peakMb;
    cpuSeconds = (await cpuOf(child.pid!)) ?? cpuSeconds;
  }, LOOK_MS);
  const [code] = (await once(child, "close")) as [number | null];
  clearInterval(watch);
  if (code !== 0) {
    const last = Buffer.concat(said).toString().trim().split("\n").at(-1) ?? "";
    throw new Error(`${script} ${args[0]} ended with ${code}: ${last.slice(0, 300)}`);
  }
  return { seconds: (performance.now() - started) / 1000, cpuSeconds, peakMb, out };
}

/** VmHWM is the kernel's own high-water mark, so a peak between two looks is not lost. */
async function peakOf(pid: number): Promise<number | null> {
  try {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    const kilobytes = /VmHWM:\s+(\d+)/.exec(status)?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}

/** Clock ticks a second, as Linux has it on every common machine (`getconf CLK_TCK`). */
const TICKS = 100;

async function cpuOf(pid: number): Promise<number | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // The name in brackets may hold spaces; user and system time are the 12th and 13th field after it.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [user, system] = [Number(fields[11]), Number(fields[12])];
    return user + system > 0 ? (user + system) / TICKS : null;
  } catch {
    return null;
  }
}
