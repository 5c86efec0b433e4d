import type { Config } from "../config/schema.ts";
import type { Log } from "../contracts/log.ts";
import type { Store } from "../contracts/store.ts";
import type { Slots } from "../http/lanes.ts";
import { createRedisSlots } from "../http/slots-redis.ts";
import { RedisKeys } from "../keys/redis/index.ts";
import { connectRedis } from "../queues/bullmq/connection.ts";
import { type BullmqQueue, openBullmqQueue } from "../queues/bullmq/index.ts";
import { restoreKeys } from "./restore-keys.ts";

/** What processes share through Redis. */
export interface Shared {
  readonly queue: BullmqQueue;
  readonly slots: Slots;
  readonly keys: RedisKeys;
  /** After the queue was closed. */
  close(): Promise<void>;
}

export interface SharedDeps {
  /** What the keys are filled from when Redis has lost them. */
  readonly store: Store;
  readonly now: () => Date;
  readonly log: Log;
}

/** A request and all its redirects lie within the timeout; so much more covers a process that was held up. */
const SLACK_MS = 10_000;
const DAY_HOURS = 24;
const HOUR_MS = 3_600_000;

export async function openShared(
  { redis: options, http }: Config,
  { store, now, log }: SharedDeps,
): Promise<Shared> {
  const { prefix } = options;
  const redis = await connectRedis(options.url, { log });
  // What the index lets go of is older by an hour at least, so that nothing falls between the two.
  const window = (options.keep_days * DAY_HOURS - 1) * HOUR_MS;
  const begins = () => new Date(now().getTime() - window).toISOString();
  const longest = http.timeout_ms + SLACK_MS;
  return {
    queue: await openBullmqQueue({
      redis,
      prefix,
      now,
      log,
      lock_ms: options.lock_seconds * 1_000,
      stalled_ms: options.lock_seconds * 1_000,
    }),
    keys: new RedisKeys({
      redis,
      prefix,
      keep_hours: options.keep_days * DAY_HOURS,
      history: (entries) => store.sharing(entries, begins()),
      refill: (put) => {
        log.info("the keys are not in Redis; filling them in from the store");
        return restoreKeys(store, log, put, begins());
      },
    }),
    slots: createRedisSlots(redis, { pause: http.delay_ms, longest, prefix }),
    close: async () => redis.disconnect(),
  };
}
