import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Job } from "../../../contracts/queue.ts";
import { type RedisServer, startRedis } from "../../servers/redis.ts";
import { openTestQueue, type TestQueue } from "./bullmq-fixture.ts";
import type { TestWork } from "./bullmq-worker.ts";

const WORKER = path.join(import.meta.dirname, "bullmq-worker.ts");
const NOTED = "noted";

const work = (key: string, data: TestWork): Job => ({ step: "work", key, data });

describe("BullMQ between processes that end", () => {
  let server: RedisServer;
  let client: Redis;
  let opened: TestQueue;
  const workers = new Set<ChildProcess>();

  beforeAll(async () => {
    server = await startRedis();
    client = new Redis(server.url);
    // The tests end the server under it.
    client.on("error", () => {});
  });
  afterAll(async () => {
    client.disconnect();
    await server.stop();
  });
  afterEach(async () => {
    for (const worker of workers) worker.kill("SIGKILL");
    workers.clear();
    await opened.cleanup();
    await client.del(NOTED);
  });

  function startWorker(...more: readonly string[]): ChildProcess {
    const child = spawn(process.execPath, [WORKER, server.url, opened.prefix, NOTED, ...more], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    workers.add(child);
    return child;
  }
  const noted = async (word: string) =>
    (await client.lrange(NOTED, 0, -1)).filter((line) => line.startsWith(word)).toSorted();

  it("runs the jobs of a killed worker again", async () => {
    opened = await openTestQueue(server.url);
    const keys = Array.from({ length: 12 }, (_, i) => `k${i}`);
    await opened.queue.push(keys.map((key) => work(key, { act: "wait", ms: 300 })));
    const first = startWorker();
    await vi.waitFor(async () => expect(await noted("began")).toHaveLength(4), {
      timeout: 20_000,
      interval: 20,
    });
    first.kill("SIGKILL");
    startWorker();
    await opened.queue.idle();
    expect(await noted("ended")).toEqual(keys.map((key) => `ended ${key}`).toSorted());
    expect(await opened.queue.dead()).toEqual([]);
  });

  it("keeps its job while the main thread computes for several times the lock", async () => {
    opened = await openTestQueue(server.url);
    await opened.queue.push([work("long", { act: "compute", ms: 5_000 })]);
    startWorker();
    startWorker();
    await opened.queue.idle();
    expect([await noted("began"), await noted("ended")]).toEqual([["began long"], ["ended long"]]);
  });

  it("ends its process when a job hangs beyond its deadline, and sets that job aside in the end", async () => {
    opened = await openTestQueue(server.url);
    await opened.queue.push([work("hung", { act: "hang" }), work("other", { act: "end" })]);
    let over = false;
    const again = (async () => {
      while (!over) await once(startWorker("500"), "exit");
    })();
    await opened.queue.idle();
    over = true;
    for (const worker of workers) worker.kill("SIGKILL");
    await again;
    expect(await noted("began hung")).toHaveLength(3);
    expect(await noted("ended other")).toHaveLength(1);
    expect(await opened.queue.dead()).toMatchObject([
      { job: { key: "hung" }, reason: expect.stringContaining("3 times") },
    ]);
  }, 90_000);

  it("sets a job aside that ends its process each time, while the others are done", async () => {
    opened = await openTestQueue(server.url);
    const keys = Array.from({ length: 40 }, (_, i) => `k${i}`);
    await opened.queue.push([
      work("poison", { act: "kill" }),
      ...keys.map((key) => work(key, { act: "end" })),
    ]);
    let over = false;
    const again = (async () => {
      while (!over) await once(startWorker(), "exit");
    })();
    await opened.queue.idle();
    over = true;
    for (const worker of workers) worker.kill("SIGKILL");
    await again;
    expect(await noted("began poison")).toHaveLength(3);
    expect(new Set(await noted("ended"))).toEqual(new Set(keys.map((key) => `ended ${key}`)));
    const [dead, ...others] = await opened.queue.dead();
    expect(dead).toMatchObject({
      job: work("poison", { act: "kill" }),
      reason: expect.stringContaining("3 times"),
    });
    // What ran beside it is not taken for it.
    expect(others).toEqual([]);
  });

  it("ends on SIGTERM after the running jobs, and nothing is run twice", async () => {
    opened = await openTestQueue(server.url);
    const keys = Array.from({ length: 12 }, (_, i) => `k${i}`);
    await opened.queue.push(keys.map((key) => work(key, { act: "wait", ms: 200 })));
    const first = startWorker();
    await vi.waitFor(async () => expect(await noted("began")).toHaveLength(4), {
      timeout: 20_000,
      interval: 20,
    });
    const ended = once(first, "exit");
    first.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    expect(await noted("ended")).toEqual(
      (await noted("began")).map((line) => line.replace("began", "ended")),
    );
    startWorker();
    await opened.queue.idle();
    expect(await noted("ended")).toEqual(keys.map((key) => `ended ${key}`).toSorted());
  });

  it("goes on by itself when Redis is killed and comes back", async () => {
    opened = await openTestQueue(server.url);
    startWorker();
    const keys = Array.from({ length: 200 }, (_, i) => `k${i}`);
    await opened.queue.push(keys.map((key) => work(key, { act: "wait", ms: 5 })));
    await vi.waitFor(async () => expect((await noted("ended")).length).toBeGreaterThan(20), {
      timeout: 20_000,
    });
    await server.signal("SIGKILL");
    await pause(300);
    await server.start();
    await opened.queue.idle();
    expect(new Set(await noted("ended"))).toEqual(new Set(keys.map((key) => `ended ${key}`)));
  });
});
