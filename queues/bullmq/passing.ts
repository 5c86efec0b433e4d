import { setTimeout as pause } from "node:timers/promises";

/**
 * First words of what Redis answers while it cannot do as it is asked and will be able to: a script runs, its memory or
 * disk is full, it is starting, its replicas or its master are away, a cluster sorts itself.
 */
const PASSING = /(?:^|-)(?:BUSY|OOM|MISCONF|NOREPLICAS|LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN) /;

/** Whether an error is an answer of Redis that says nothing of the job: it passes, as a lost connection does. */
export function passes(error: unknown): error is Error {
  return error instanceof Error && error.name === "ReplyError" && PASSING.test(error.message);
}

const ASK_AGAIN_MS = 250;

/** Asks Redis until it can answer: for what must be said, and may be said twice. `refused` is called each time it cannot. */
export async function untilItPasses<T>(ask: () => Promise<T>, refused = () => {}): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!passes(error)) throw error;
      refused();
    }
    await pause(ASK_AGAIN_MS);
  }
}
