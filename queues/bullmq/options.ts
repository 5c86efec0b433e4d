import type { Redis } from "ioredis";
import type { Log } from "../../contracts/log.ts";

export interface BullmqQueueOptions {
  /** Shared by everything but the blocking reads of workers, which have connections of their own. Closed by its maker. */
  readonly redis: Redis;
  /** Goes before every key, so that several installations share a Redis. */
  readonly prefix?: string;
  readonly now?: () => Date;
  readonly log?: Log;
  /** Pause before the first retry of a failed job, milliseconds; each further one is four times as long. */
  readonly backoff_ms?: number;
  /** Pause before a job is tried again that Redis could not serve, milliseconds. */
  readonly again_ms?: number;
  /** How long a job is held by a worker that no longer speaks, milliseconds. */
  readonly lock_ms?: number;
  /** How often lost jobs are looked for, milliseconds. */
  readonly stalled_ms?: number;
  /** Jobs wait and none has been begun for so long: the worker is taken for deaf, milliseconds. */
  readonly deaf_ms?: number;
}

export type Settings = Required<Omit<BullmqQueueOptions, "log">> & Pick<BullmqQueueOptions, "log">;

/** 1, 4 and 16 s as in the memory queue, each shortened by chance by up to half. */
const FIRST_BACKOFF_MS = 1_000;
/** A full memory or disk lasts until somebody comes; a crawl that is refused is a run that failed. */
const AGAIN_MS = 30_000;
/** A job of a killed worker runs again after at most lock and check together, a minute. */
const LOCK_MS = 30_000;
const STALLED_MS = 30_000;
/** Longer than any lock: whoever is silent for so long with work waiting is broken. */
const DEAF_MS = 60_000;

export function settingsOf(options: BullmqQueueOptions): Settings {
  return {
    prefix: "headwater",
    now: () => new Date(),
    backoff_ms: FIRST_BACKOFF_MS,
    again_ms: AGAIN_MS,
    lock_ms: LOCK_MS,
    stalled_ms: STALLED_MS,
    deaf_ms: DEAF_MS,
    ...options,
  };
}

/** In braces the prefix keeps all keys on one node of a cluster, which scripts over several keys need. */
export function keyPrefix(prefix: string): string {
  return `{${prefix}}`;
}
