import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { createLanes } from "../../../http/lanes.ts";
import { createMemorySlots } from "../../../http/slots-memory.ts";
import { createRedisSlots } from "../../../http/slots-redis.ts";
import { connectRedis } from "../../../queues/bullmq/connection.ts";
import { lanesSuite } from "../../contracts/lanes.suite.ts";
import { withServer } from "../../servers/servers.ts";

lanesSuite("the hosts of one process", async (milliseconds) => ({
  slots: createMemorySlots(milliseconds),
  cleanup: async () => {},
}));

await withServer("redis", (url) => {
  async function open(milliseconds: number, prefix = `test-${randomUUID()}`, longest = 10_000) {
    const redis = await connectRedis(url);
    return {
      prefix,
      slots: createRedisSlots(redis, { pause: milliseconds, longest, prefix }),
      cleanup: async () => redis.disconnect(),
    };
  }
  lanesSuite("the hosts of all processes", open);

  it("keeps one host's pause over workers that know nothing of each other", async () => {
    const first = await open(40);
    const others = await Promise.all([1, 2, 3].map(() => open(40, first.prefix)));
    const lanes = [first, ...others].map(({ slots }) => createLanes(40, slots));
    const times: number[] = [];
    let open_ = 0;
    const { signal } = new AbortController();
    await Promise.all(
      lanes.flatMap((own) =>
        [1, 2, 3].map(() =>
          own.run("a.example", {
            crawlDelay: 0,
            signal,
            run: async (answered) => {
              expect(++open_).toBe(1);
              times.push(performance.now());
              await pause(5);
              answered();
              open_--;
            },
          }),
        ),
      ),
    );
    expect(times).toHaveLength(12);
    for (const [i, time] of times.entries())
      if (i > 0) expect(time - times[i - 1]!).toBeGreaterThanOrEqual(39);
    for (const { cleanup } of [first, ...others]) await cleanup();
  });

  it("frees a host whose worker was killed after the longest request", async () => {
    const killed = await open(1, undefined, 200);
    expect(await killed.slots.take("a.example", 0)).toBe(0);
    const { slots, cleanup } = await open(1, killed.prefix, 200);
    expect(await slots.take("a.example", 0)).toBeGreaterThan(0);
    await pause(210);
    expect(await slots.take("a.example", 0)).toBe(0);
    // What the killed one says late is not taken for the other's.
    await killed.slots.release("a.example");
    expect(await slots.take("a.example", 0)).toBeGreaterThan(0);
    await killed.cleanup();
    await cleanup();
  });
});
