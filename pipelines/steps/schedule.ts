import type { Job } from "../../contracts/queue.ts";
import { nextRun } from "../../text/schedule.ts";
import type { Parts } from "../parts.ts";
import { rhythmOf } from "../rhythms.ts";
import { collectJob, notifyJob, revisitJob } from "./jobs.ts";
import { pruneDue } from "./prune.ts";

/** Where the time of a source's last crawl is kept; no source's own cursor is called so. */
const KEPT_AS = "schedule/";

/**
 * Pushes the crawls that are due. However many ticks were missed, a source is pushed once; while its job waits, another
 * is the same job, so that one source is never crawled twice at once.
 */
export async function crawlDue(
  parts: Parts,
  names: readonly string[] = [...parts.sources.keys()],
): Promise<void> {
  const now = parts.now().getTime();
  const due: string[] = [];
  for (const name of names) {
    const last = await lastCrawl(parts, name);
    const { schedule } = parts.sources.get(name)!;
    const next = nextRun(schedule, last, now, await rhythmOf(parts, schedule));
    if (next !== null && next <= now) due.push(name);
    // A source that waits for its first tick is counted from today.
    else if (last === null) await parts.store.cursors.write(KEPT_AS + name, now);
  }
  await crawlNow(parts, due);
}

/** Pushes crawls whatever the schedule says; their next tick is counted from now. */
export async function crawlNow(parts: Parts, names: readonly string[]): Promise<void> {
  const now = parts.now().getTime();
  await parts.queue.push(names.map(collectJob));
  // Pushed before it is noted: a crash in between crawls once more, and never once too little.
  for (const name of names) await parts.store.cursors.write(KEPT_AS + name, now);
}

/** When the next crawl of any source is due; null when there is none. */
export async function nextCrawl(parts: Parts): Promise<number | null> {
  const now = parts.now().getTime();
  const times: number[] = [];
  for (const [name, { schedule }] of parts.sources) {
    const rhythm = await rhythmOf(parts, schedule);
    const next = nextRun(schedule, await lastCrawl(parts, name), now, rhythm);
    if (next !== null) times.push(Math.max(next, now));
  }
  return times.length === 0 ? null : Math.min(...times);
}

export async function lastCrawl({ store }: Pick<Parts, "store">, name: string): Promise<number | null> {
  const kept = await store.cursors.read(KEPT_AS + name);
  return typeof kept === "number" ? kept : null;
}

/** The queue's face of the step. */
export async function scheduleStep(parts: Parts): Promise<readonly Job[]> {
  await crawlDue(parts);
  const others = [...(await pruneDue(parts)), notifyJob];
  return parts.config.revisits.enabled ? [revisitJob, ...others] : others;
}
