/**
 * A worker process of the tests: works the step `work` on the queue named by its arguments, and notes in a Redis
 * list what it began and ended. What a job does stands in its data.
 */
import { setTimeout as pause } from "node:timers/promises";
import { connectRedis } from "../../../queues/bullmq/connection.ts";
import { openBullmqQueue } from "../../../queues/bullmq/index.ts";

export interface TestWork {
  readonly act: "end" | "kill" | "wait" | "compute" | "hang";
  readonly ms?: number;
}

const [url, prefix, noted, deadline_ms = "60000"] = process.argv.slice(2) as [
  string,
  string,
  string,
  string?,
];
const redis = await connectRedis(url);
const queue = await openBullmqQueue({ redis, prefix, backoff_ms: 1, lock_ms: 1_000, stalled_ms: 500 });
process.on("SIGTERM", async () => {
  await queue.close();
  redis.disconnect();
});
await queue.work(
  "work",
  async ({ key, data }) => {
    const { act, ms = 0 } = data as TestWork;
    await redis.rpush(noted, `began ${key}`);
    if (act === "kill") process.kill(process.pid, "SIGKILL");
    if (act === "hang") for (;;);
    if (act === "compute") for (const until = performance.now() + ms; performance.now() < until; );
    else await pause(ms);
    await redis.rpush(noted, `ended ${key}`);
    return [];
  },
  { concurrency: 4, deadline_ms: Number(deadline_ms) },
);
