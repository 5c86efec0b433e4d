import type { Job } from "../../contracts/queue.ts";
import { nextRun } from "../../text/schedule.ts";
import type { Parts } from "../parts.ts";
import { type Pruned, prune } from "../prune/index.ts";
import { pruneSchedule } from "../schedules.ts";
import { analyzeJobs, POSTS_A_JOB, pruneJob, traceJob } from "./jobs.ts";

/** What is kept of pruning by the schedule. */
export interface LastPrune {
  /** When it was last due; before the first time, when the config was first seen to ask for it. Epoch milliseconds. */
  readonly due: number;
  readonly state: "waiting" | "done" | "failed";
  /** What came of it, for people; null before the first time. */
  readonly result: string | null;
}

const KEPT_AS = "prune: last";

export async function lastPrune({ store }: Pick<Parts, "store">): Promise<LastPrune | null> {
  return ((await store.cursors.read(KEPT_AS)) ?? null) as LastPrune | null;
}

/** The job of pruning when it is due, or was due and was cut off. However many ticks were missed it is done once. */
export async function pruneDue(parts: Pick<Parts, "config" | "store" | "now">): Promise<readonly Job[]> {
  const schedule = pruneSchedule(parts.config);
  if (schedule === null) return [];
  const now = parts.now().getTime();
  const last = await lastPrune(parts);
  if (last?.state === "waiting") return [pruneJob];
  // Nothing is taken away before its first tick.
  if (last === null) await note(parts, { due: now, state: "done", result: null });
  else if ((nextRun(schedule, last.due, now) ?? Infinity) <= now) {
    await note(parts, { ...last, due: now, state: "waiting" });
    return [pruneJob];
  }
  return [];
}

/** The queue's face of the step. Stories that lost posts wait for their analysis afterwards. */
export async function pruneStep(parts: Parts, signal: AbortSignal): Promise<readonly Job[]> {
  const { store, config, log } = parts;
  const { keep_days } = config.retention;
  const last = await lastPrune(parts);
  // The config asks no more, or it was pushed once more while it ran.
  if (pruneSchedule(config) === null || keep_days === null || last === null || last.state === "done")
    return [];
  try {
    const result = sentence(await prune(parts, { keep_days, dry: false, signal }));
    log.info(result);
    await note(parts, { due: last.due, state: "done", result });
  } catch (error) {
    if (!signal.aborted) {
      const result = error instanceof Error ? error.message : String(error);
      await note(parts, { due: last.due, state: "failed", result });
    }
    throw error;
  }
  return [...analyzeJobs(await store.waiting("analyze", POSTS_A_JOB * 10_000)), traceJob];
}

function note({ store }: Pick<Parts, "store">, last: LastPrune): Promise<void> {
  return store.cursors.write(KEPT_AS, last);
}

function sentence({ before, tallies }: Pruned): string {
  const gone = tallies.filter(({ removed }) => removed > 0);
  const told = gone.map(({ kind, seen, removed }) => `${removed} of ${seen} ${kind}`).join(", ");
  return `of what was collected before ${before.slice(0, 16)}Z is taken away: ${told || "nothing"}`;
}
