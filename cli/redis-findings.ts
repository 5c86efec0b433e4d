import type { Config } from "../config/schema.ts";
import type { RedisFinding } from "../queues/bullmq/check.ts";

/** What is to be said of the Redis of a team's installation; nothing where everything is in one process. */
export async function redisFindings({ queue, redis: { url } }: Config): Promise<readonly RedisFinding[]> {
  if (queue === "memory") return [];
  const [{ connectRedis }, { checkRedis }] = await Promise.all([
    import("../queues/bullmq/connection.ts"),
    import("../queues/bullmq/check.ts"),
  ]);
  try {
    const redis = await connectRedis(url);
    try {
      return await checkRedis(redis);
    } finally {
      redis.disconnect();
    }
  } catch (error) {
    return [{ state: "wrong", sentence: error instanceof Error ? error.message : String(error) }];
  }
}
