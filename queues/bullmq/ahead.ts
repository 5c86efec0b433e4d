import type * as Bull from "bullmq";
import type { Redis } from "ioredis";
import type { Carried } from "./carried.ts";
import { nextTime } from "./schedule.ts";

/** Jobs looked at, those that wait longest; others are looked at when these have gone. */
const LOOKED_AT = 100;
/** Clocks of machines differ by less, as a rule. */
const AHEAD_MS = 60_000;
/** BullMQ's score of a job put off: its time in milliseconds, and below that 12 bits of order. */
const SCORE = 0x1000;

/**
 * Wakes jobs of a queue that were put off by a process whose clock was ahead of Redis's: they would wait until that time
 * comes, which may be hours away once the clock is right again.
 */
export async function wakeAhead(queue: Bull.Queue<Carried>, redis: Redis): Promise<void> {
  const last = await redis.zrange(queue.toKey("delayed"), -LOOKED_AT, "-1", "WITHSCORES");
  if (last.length === 0) return;
  const now = await timeOf(redis);
  for (let i = 0; i < last.length; i += 2) {
    const left = Number(last[i + 1]) / SCORE - now;
    if (left < AHEAD_MS) continue;
    const job = await queue.getJob(last[i]!);
    if (job !== undefined && left > job.delay + AHEAD_MS) await job.promote();
  }
}

/**
 * The same for ticks, each of which is counted from the one before: those of a schedule are planned anew from now on. By whose
 * clock is right only.
 */
export async function planAhead(queue: Bull.Queue<Carried>, redis: Redis): Promise<void> {
  const schedulers = await queue.getJobSchedulers();
  const now = await timeOf(redis);
  if (Math.abs(Date.now() - now) > AHEAD_MS) return;
  for (const { key, name, pattern, tz, next, template } of schedulers) {
    if (pattern === undefined || tz === undefined || next === undefined) continue;
    const due = nextTime(now, { pattern, tz });
    if (due === undefined || next <= due + AHEAD_MS) continue;
    await queue.removeJobScheduler(key);
    await queue.upsertJobScheduler(key, { pattern, tz }, { name, ...template });
  }
}

/** In milliseconds, to the second. */
async function timeOf(redis: Redis): Promise<number> {
  return Number((await redis.time())[0]) * 1_000;
}
