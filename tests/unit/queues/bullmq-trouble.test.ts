import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Redis } from "ioredis";
import { describe, expect, it, vi } from "vitest";
import { type RedisServer, startRedis } from "../../servers/redis.ts";
import { openTestQueue } from "./bullmq-fixture.ts";

interface Trouble {
  begin(redis: Redis, server: RedisServer): Promise<unknown>;
  end(redis: Redis, server: RedisServer): Promise<unknown>;
}

const set = (name: string, value: string) => (redis: Redis) => redis.config("SET", name, value);
const inTheWay = ({ directory }: RedisServer) => path.join(directory, "dump.rdb");

/** What makes a real server answer so, by the first word of its answer. */
const TROUBLES: Readonly<Record<string, Trouble>> = {
  OOM: { begin: set("maxmemory", "1"), end: set("maxmemory", "0") },
  NOREPLICAS: { begin: set("min-replicas-to-write", "1"), end: set("min-replicas-to-write", "0") },
  READONLY: {
    begin: (redis) => redis.replicaof("127.0.0.1", 9),
    end: (redis) => redis.replicaof("NO", "ONE"),
  },
  MASTERDOWN: {
    async begin(redis) {
      await set("replica-serve-stale-data", "no")(redis);
      await redis.replicaof("127.0.0.1", 9);
    },
    end: (redis) => redis.replicaof("NO", "ONE"),
  },
  MISCONF: {
    async begin(redis, server) {
      // A snapshot cannot be put where a folder is.
      rmSync(inTheWay(server), { recursive: true, force: true });
      mkdirSync(inTheWay(server));
      writeFileSync(path.join(inTheWay(server), "x"), "");
      await set("save", "3600 1000000")(redis);
      await redis.bgsave();
      await vi.waitFor(async () => expect(await redis.info()).toContain("rdb_last_bgsave_status:err"));
    },
    async end(redis, server) {
      rmSync(inTheWay(server), { recursive: true });
      await redis.bgsave();
    },
  },
  BUSY: {
    async begin(redis) {
      await set("busy-reply-threshold", "1")(redis);
      const other = redis.duplicate();
      void other
        .eval("while true do end", 0)
        .catch(() => {})
        .then(() => other.disconnect());
      await pause(50);
    },
    end: (redis) => redis.script("KILL"),
  },
};
/** More than a job may fail. */
const TIMES = 5;

describe("a job during which Redis answers", () => {
  it.each(Object.entries(TROUBLES))("%s is tried again until that is over", async (word, { begin, end }) => {
    const server = await startRedis();
    const redis = new Redis(server.url);
    const { queue, prefix, cleanup } = await openTestQueue(server.url, { again_ms: 10 });
    const answers: string[] = [];
    const done: string[] = [];
    let troubled = false;
    let ended = 0;
    const trouble = async () => {
      if (troubled) return;
      troubled = true;
      await begin(redis, server);
      // Longer than until the queue wants to say what became of the job.
      void pause(100).then(async () => {
        await end(redis, server);
        troubled = false;
        ended++;
      });
    };
    await queue.work("work", async () => {
      try {
        while (ended < TIMES) {
          await trouble();
          await redis.get(`{${prefix}}:asked`);
          await redis.set(`{${prefix}}:asked`, "");
        }
      } catch (error) {
        answers.push((error as Error).message);
        throw error;
      }
      return [{ step: "next", key: "a", data: {} }];
    });
    await queue.work("next", async ({ key }) => {
      done.push(key);
      // That it is done cannot be said at once either.
      await trouble();
      return [];
    });
    await queue.push([{ step: "work", key: "a", data: {} }]);
    await queue.idle();
    await vi.waitFor(() => expect(troubled).toBe(false), { timeout: 10_000 });
    expect([done, await queue.dead()]).toEqual([["a"], []]);
    expect(answers.length).toBeGreaterThanOrEqual(TIMES);
    expect(answers.filter((answer) => !answer.startsWith(`${word} `))).toEqual([]);
    await cleanup();
    redis.disconnect();
    await server.stop();
  });

  it("so for longer than a deaf worker is waited for, the process goes on", async () => {
    const server = await startRedis();
    const redis = new Redis(server.url);
    const { queue, cleanup } = await openTestQueue(server.url, { deaf_ms: 500 });
    const { begin, end } = TROUBLES.NOREPLICAS!;
    const done: string[] = [];
    await queue.work("work", async ({ key }) => {
      done.push(key);
      await begin(redis, server);
      return [];
    });
    await queue.push(["a", "b"].map((key) => ({ step: "work", key, data: {} })));
    expect(await Promise.race([queue.failure, pause(2_500)])).toBeUndefined();
    expect(done).toEqual(["a"]);
    await end(redis, server);
    await vi.waitFor(() => expect(done).toEqual(["a", "b"]), { timeout: 20_000 });
    await end(redis, server);
    await cleanup();
    redis.disconnect();
    await server.stop();
  });
});
