// A thread that goes on holding the locks of jobs while the main thread computes, and that ends the process when a job
// neither ends by its deadline nor when it is told to: whoever runs the process starts it afresh.
import { writeSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { Redis } from "ioredis";
import { sayTime } from "../deadline.ts";
import { connectionOptions } from "./connection.ts";
import type { Held, LockThreadData, Released } from "./locks.ts";

const { connection, lock_ms, grace_ms } = workerData as LockThreadData;
/** Only if it is ours still: who has lost a lock must not take it back. */
const EXTEND = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 0`;

const redis = new Redis({ ...connection, ...connectionOptions(), lazyConnect: false });
// The main thread tells of the same trouble.
redis.on("error", () => {});
const held = new Map<string, Held & { readonly since: number }>();

parentPort!.on("message", (message: Held | Released) => {
  if ("released" in message) held.delete(message.released);
  else held.set(message.lock, { ...message, since: performance.now() });
});

setInterval(() => {
  for (const { lock, token, name, deadline_ms, since } of held.values()) {
    if (deadline_ms !== null && performance.now() - since > deadline_ms + grace_ms) {
      writeSync(
        2,
        `${name} has not ended after ${sayTime(deadline_ms)}, nor when it was told to; this process ends, to be started afresh\n`,
      );
      process.kill(process.pid, "SIGKILL");
    }
    redis.eval(EXTEND, 1, lock, token, lock_ms).catch(() => {});
  }
}, lock_ms / 4);
