import { setTimeout as pause } from "node:timers/promises";
import type { Parts } from "../parts.ts";

/**
 * Jobs of analysis that may wait before collectors pause, half a thousand posts each: some minutes of work for one worker.
 * More would only grow the queue, and what is not yet fetched is as safe where it is.
 */
const MOST_WAITING = 100;
const LOOK_AGAIN_MS = 1_000;

/** Returns when analysis keeps up, or when the crawl is to end. Says so when it has to wait. */
export async function keepPace(
  { queue, log }: Pick<Parts, "queue" | "log">,
  who: string,
  signal: AbortSignal,
): Promise<void> {
  let told = false;
  for (;;) {
    const waiting = await queue.waiting("analyze");
    if (waiting <= MOST_WAITING || signal.aborted) break;
    if (!told) log.warn(`${who} pauses: ${waiting} jobs of analysis wait; more analyze workers would help`);
    told = true;
    await pause(LOOK_AGAIN_MS, undefined, { signal }).catch(() => {});
  }
  if (told && !signal.aborted) log.info(`${who} goes on`);
}
