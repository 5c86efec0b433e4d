import { randomUUID } from "node:crypto";
import { connectRedis } from "../../../queues/bullmq/connection.ts";
import { type BullmqQueue, openBullmqQueue } from "../../../queues/bullmq/index.ts";
import type { BullmqQueueOptions } from "../../../queues/bullmq/options.ts";

export interface TestQueue {
  readonly queue: BullmqQueue;
  readonly prefix: string;
  cleanup(): Promise<void>;
}

/** A queue of its own name in a Redis that may be shared; what it wrote is removed at the end. */
export async function openTestQueue(
  url: string,
  options: Partial<BullmqQueueOptions> = {},
): Promise<TestQueue> {
  const prefix = options.prefix ?? `test-${randomUUID()}`;
  const redis = await connectRedis(url);
  const queue = await openBullmqQueue({ redis, backoff_ms: 1, ...options, prefix });
  return {
    queue,
    prefix,
    async cleanup() {
      await queue.close();
      for await (const keys of redis.scanStream({ match: `{${prefix}}:*`, count: 1_000 })) {
        if ((keys as string[]).length > 0) await redis.del(...(keys as string[]));
      }
      redis.disconnect();
    },
  };
}
