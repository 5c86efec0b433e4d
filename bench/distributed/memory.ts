import { randomUUID } from "node:crypto";
import { keysOf, prepare } from "../../analyzers/links/prepare.ts";
import { RedisKeys } from "../../keys/redis/index.ts";
import { connectRedis } from "../../queues/bullmq/connection.ts";
import { startRedis } from "../../tests/servers/redis.ts";
import { identify } from "../../text/identify.ts";
import { count, table } from "../copies/tables.ts";
import { textOf } from "../pipeline/crowd.ts";

/** Each is told when so many posts are in; the last may be set with `--sample`. */
const SIZES = [5_000, 20_000, 100_000];
const AT_ONCE = 1_000;

/** How much memory a post takes in Redis, which falls as the tables fill. */
export async function keysInRedis(
  texts: readonly string[],
  largest: number | undefined,
  say: (line: string) => void,
): Promise<string> {
  const server = await startRedis({ args: ["--appendonly", "no"] });
  const redis = await connectRedis(server.url);
  try {
    const used = async (what: string) =>
      Number(
        new RegExp(`${what}:([\\d.]+)`).exec(`${await redis.info("memory")}${await redis.info("cpu")}`)![1],
      );
    const keys = new RedisKeys({
      redis,
      prefix: `bench-${randomUUID()}`,
      refill: async () => {},
      keep_hours: 1_000,
    });
    await keys.generation();
    const empty = await used("used_memory");
    const sizes = largest === undefined ? SIZES : [...SIZES.filter((size) => size < largest), largest];
    const rows: string[][] = [];
    let done = 0;
    for (const size of sizes) {
      const [cpu, from] = [await used("used_cpu_user"), done];
      for (; done < size; done += AT_ONCE)
        await keys.restore(Array.from({ length: AT_ONCE }, (_, i) => entryOf(done + i, texts)));
      const bytes = (await used("used_memory")) - empty;
      rows.push([
        count(size),
        count(bytes / 1e6),
        count(bytes / size),
        ((((await used("used_cpu_user")) - cpu) * 1000) / (size - from)).toFixed(2),
      ]);
      say(`${count(size)} posts: ${count(bytes / size)} bytes a post`);
    }
    return [
      "The posts of the bench above, their keys put into an empty Redis. Short lists lie together in 262 144 hashes a table, so that a post costs less the more there are.",
      "",
      table(["posts", "MB", "bytes a post", "Redis processor ms a post"], rows),
    ].join("\n");
  } finally {
    redis.disconnect();
    await server.stop();
  }
}

function entryOf(number: number, texts: readonly string[]) {
  const identified = identify(
    {
      platform: "telegram",
      id: String(number),
      text: textOf(number, texts),
      account: { id: `a${number % 5000}` },
    } as never,
    { source: "crowd", collected_at: "2024-01-01T00:00:00.000Z", platforms: [] },
  );
  if ("rejected" in identified) throw new Error(identified.rejected);
  return { post: identified.post.id, keys: keysOf(prepare(identified.post, null)) };
}
