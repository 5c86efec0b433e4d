import type * as Bull from "bullmq";
import type { Job } from "../../contracts/queue.ts";
import { nextTick } from "../../text/schedule.ts";
import { jobId } from "../job-id.ts";
import type { Carried } from "./carried.ts";

/** A job and when it is pushed. */
export interface Scheduled {
  readonly job: Job;
  /** Cron expression. */
  readonly every: string;
  /** Its time zone; never that of the machine that happens to compute the next time. */
  readonly zone: string;
}

/** The queue of ticks. A tick pushes its job, so that the job is one with its twin that still waits or runs. */
export const TICKS = "tick";

/** The next time by the library that checks the config's expressions: two read some of them differently. */
export function nextTime(
  millis: number,
  { pattern, tz }: { pattern?: string; tz?: string },
): number | undefined {
  return nextTick(pattern!, tz ?? "UTC", millis) ?? undefined;
}

/**
 * Makes the schedule the given one, and says which jobs are new on it. What stands already is left alone: writing it
 * again would put off its next tick.
 */
export async function scheduleJobs(
  queue: Bull.Queue<Carried>,
  wanted: readonly Scheduled[],
): Promise<readonly Job[]> {
  const added: Job[] = [];
  const standing = new Map((await queue.getJobSchedulers()).map((scheduler) => [scheduler.key, scheduler]));
  for (const { job, every, zone } of wanted) {
    const id = jobId(job);
    const there = standing.get(id);
    standing.delete(id);
    if (there === undefined) added.push(job);
    const data: Carried = { key: id, data: job };
    if (
      there?.pattern === every &&
      there.tz === zone &&
      JSON.stringify(there.template?.data) === JSON.stringify(data)
    ) {
      continue;
    }
    await queue.upsertJobScheduler(
      id,
      { pattern: every, tz: zone },
      { name: TICKS, data, opts: { removeOnComplete: true } },
    );
  }
  for (const id of standing.keys()) await queue.removeJobScheduler(id);
  return added;
}
