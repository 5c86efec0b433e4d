import { setTimeout as delay } from "node:timers/promises";
import PQueue from "p-queue";
import { RetryLater } from "../contracts/errors.ts";

export interface LaneTask<T> {
  /** Least pause after the previous page of this host, where its robots.txt asks for more than ours; milliseconds. */
  readonly crawlDelay: number;
  readonly signal: AbortSignal;
  /** `answered` is called when the answer begins: the pause counts from there. */
  run(answered: () => void): Promise<T>;
}

export interface Lanes {
  /** Runs the task when its host is free and rested. Throws RetryLater when that is too far off to wait for. */
  run<T>(host: string, task: LaneTask<T>): Promise<T>;
  /** Nothing is asked of the host for so many milliseconds. */
  rest(host: string, milliseconds: number): Promise<void>;
}

/** Who may ask which host when. In one process, or in all that share a Redis: both pass tests/contracts/lanes.suite.ts. */
export interface Slots {
  /** Takes the host and answers 0, or says how many milliseconds to wait before asking again. */
  take(host: string, crawlDelay: number): Promise<number>;
  /** The pauses count from now, not from when it was taken. */
  answered(host: string, crawlDelay: number): Promise<void>;
  release(host: string): Promise<void>;
  rest(host: string, milliseconds: number): Promise<void>;
}

/** A job that would wait longer than a minute goes back to the queue instead of holding a worker. */
export const LONGEST_WAIT_MS = 60_000;

/** One lane a host: one request at a time, in order, and a pause between two. Lanes know nothing of each other. */
export function createLanes(pause: number, slots: Slots): Lanes {
  const lanes = new Map<string, PQueue>();

  /** Takes the host, however long it is busy, unless it asks for a longer rest than one waits for. */
  async function take(host: string, crawlDelay: number, signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const wait = await slots.take(host, crawlDelay);
      if (wait <= 0) return;
      if (wait > Math.max(LONGEST_WAIT_MS, pause)) {
        throw new RetryLater(`${host} asks for a pause of ${Math.ceil(wait / 1000)} s more.`, wait);
      }
      await delay(Math.ceil(wait), undefined, { signal });
    }
  }

  return {
    async run(host, { crawlDelay, signal, run }) {
      const lane = lanes.get(host) ?? new PQueue({ concurrency: 1 });
      lanes.set(host, lane);
      try {
        return await lane.add(
          async () => {
            await take(host, crawlDelay, signal);
            let marked = Promise.resolve();
            try {
              return await run(() => {
                marked = slots.answered(host, crawlDelay);
                marked.catch(() => {});
              });
            } finally {
              // What cannot be said now costs the host nothing: it is free again after the longest request.
              await marked.then(() => slots.release(host)).catch(() => {});
            }
          },
          { signal },
        );
      } finally {
        if (lane.size === 0 && lane.pending === 0) lanes.delete(host);
      }
    },
    rest: (host, milliseconds) => slots.rest(host, milliseconds),
  };
}
