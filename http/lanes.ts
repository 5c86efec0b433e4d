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
  rest(host: string, milliseconds: number): void;
}

/** A job that would wait longer than a minute goes back to the queue instead of holding a worker. */
export const LONGEST_WAIT_MS = 60_000;

/** Hosts kept in mind; past it those that are idle and rested are forgotten. */
const MOST_LANES = 1000;

interface Lane {
  readonly queue: PQueue;
  lastRequest: number;
  lastPage: number;
  restsUntil: number;
}

/** One lane a host: one request at a time, and a pause between two. Lanes know nothing of each other. */
export function createLanes(pause: number): Lanes {
  const lanes = new Map<string, Lane>();

  const laneOf = (host: string): Lane => {
    const known = lanes.get(host);
    if (known) return known;
    if (lanes.size >= MOST_LANES) forgetRested(lanes, pause);
    const never = Number.NEGATIVE_INFINITY;
    const lane = {
      queue: new PQueue({ concurrency: 1 }),
      lastRequest: never,
      lastPage: never,
      restsUntil: never,
    };
    lanes.set(host, lane);
    return lane;
  };

  return {
    run(host, { crawlDelay, signal, run }) {
      const lane = laneOf(host);
      return lane.queue.add(
        async () => {
          const paused = Math.max(lane.lastRequest + pause, lane.lastPage + crawlDelay, lane.restsUntil);
          const wait = paused - performance.now();
          if (wait > Math.max(LONGEST_WAIT_MS, pause)) {
            throw new RetryLater(`${host} asks for a pause of ${Math.ceil(wait / 1000)} s more.`, wait);
          }
          await waitUntil(paused, signal);
          const begun = () => {
            lane.lastRequest = performance.now();
            if (crawlDelay > 0) lane.lastPage = lane.lastRequest;
          };
          // Counted from the start as well, for a request that never gets an answer.
          begun();
          return run(begun);
        },
        { signal },
      );
    },
    rest(host, milliseconds) {
      const lane = laneOf(host);
      lane.restsUntil = Math.max(lane.restsUntil, performance.now() + milliseconds);
    },
  };
}

/** Timers may fire up to a millisecond early; a pause is never cut short. */
async function waitUntil(time: number, signal: AbortSignal): Promise<void> {
  for (let wait = time - performance.now(); wait > 0; wait = time - performance.now()) {
    await delay(Math.ceil(wait), undefined, { signal });
  }
  signal.throwIfAborted();
}

function forgetRested(lanes: Map<string, Lane>, pause: number): void {
  const now = performance.now();
  for (const [host, lane] of lanes) {
    // An hour covers any Crawl-delay that anyone waits for.
    const rested = Math.max(lane.lastRequest + pause, lane.lastPage + 3_600_000, lane.restsUntil);
    if (lane.queue.size === 0 && lane.queue.pending === 0 && rested < now) lanes.delete(host);
  }
}
