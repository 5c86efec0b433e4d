/**
 * Loaded before a worker of a bench, and before each of its threads: says every half minute what can still be reached
 * after everything else was let go of. Resident memory tells less: the engine keeps room for what it may need again.
 */
import { appendFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { threadId } from "node:worker_threads";

/** A line of the file that `HEADWATER_BENCH_REACHABLE` names. */
export interface Reachable {
  readonly pid: number;
  readonly thread: number;
  readonly at: number;
  readonly mb: number;
}

const EVERY_MS = 30_000;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

setInterval(() => {
  // What the first round has to finish with is only then free.
  collectGarbage();
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  const said: Reachable = {
    ...{ pid: process.pid, thread: threadId },
    ...{ at: Date.now(), mb: (heapUsed + external) / 1e6 },
  };
  appendFileSync(process.env.HEADWATER_BENCH_REACHABLE!, `${JSON.stringify(said)}\n`);
}, EVERY_MS).unref();
