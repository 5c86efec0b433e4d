import { afterEach, describe, expect, it, vi } from "vitest";
import { RetryLater, SetAside } from "../../../contracts/errors.ts";
import type { Job } from "../../../contracts/queue.ts";
import { createMemoryQueue } from "../../../queues/memory.ts";
import { queueSuite } from "../../contracts/queue.suite.ts";

queueSuite(
  "the memory queue",
  async () => {
    const queue = createMemoryQueue({ backoff_ms: 1 });
    return { queue, cleanup: () => queue.close() };
  },
  { priorities: true },
);

const jobs = (count: number): Job[] =>
  Array.from({ length: count }, (_, i) => ({ step: "s", key: `${i}`, data: {} }));

describe("the memory queue", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("dates what it sets aside by its clock and logs it", async () => {
    const told: string[] = [];
    const log = { info() {}, warn() {}, progress() {}, error: (sentence: string) => told.push(sentence) };
    const queue = createMemoryQueue({ now: () => new Date("2026-01-02T03:04:05Z"), log });
    await queue.work("s", async () => {
      throw new SetAside("no article");
    });
    await queue.push(jobs(1));
    await queue.idle();
    expect(await queue.dead()).toMatchObject([{ at: "2026-01-02T03:04:05.000Z" }]);
    expect(told).toEqual(["s 0 is set aside: no article"]);
    await queue.close();
  });

  it("does not let a job that is put off hold up later steps", async () => {
    const queue = createMemoryQueue();
    const seen: string[] = [];
    await queue.work(
      "s",
      async () => {
        seen.push("s");
        throw new RetryLater("in an hour", 3_600_000);
      },
      { priority: 0 },
    );
    await queue.work(
      "t",
      async () => {
        seen.push("t");
        return [];
      },
      { priority: 1 },
    );
    await queue.push([...jobs(1), { step: "t", key: "all", data: {} }]);
    await vi.waitFor(() => expect(seen).toEqual(["s", "t"]));
    await queue.close();
  });

  it("waits longer than a timer can", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const queue = createMemoryQueue();
    let runs = 0;
    const days = 40 * 86_400_000;
    await queue.work("s", async () => {
      if (++runs === 1) throw new RetryLater("next month", days);
      return [];
    });
    await queue.push(jobs(1));
    while (runs === 0) await new Promise(setImmediate);
    await new Promise(setImmediate);
    await vi.advanceTimersByTimeAsync(days - 1);
    await new Promise(setImmediate);
    expect(runs).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    await queue.idle();
    expect(runs).toBe(2);
    await queue.close();
  });

  it("lets timers and signals have their turn between jobs that never wait", async () => {
    const queue = createMemoryQueue();
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    let left = 200;
    await queue.work("s", async ({ key }) => {
      const until = performance.now() + 0.2;
      while (performance.now() < until);
      return left-- > 0 ? [{ step: "s", key: `${key}+`.slice(-50), data: {} }] : [];
    });
    await queue.push(jobs(1));
    await queue.idle();
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(5);
    await queue.close();
  });

  it("ends the wait for idleness when it is closed, and takes no more jobs", async () => {
    const queue = createMemoryQueue();
    await queue.work("s", async () => {
      throw new RetryLater("the source asks for a pause", 3_600_000);
    });
    await queue.push(jobs(1));
    const idle = queue.idle();
    await queue.close();
    await idle;
    await expect(queue.push(jobs(1))).rejects.toThrow("closed");
  });

  it("tells a job that takes too long by its signal, and sets it aside in the end", async () => {
    const queue = createMemoryQueue({ backoff_ms: 1 });
    const handle = (_: Job, signal: AbortSignal) =>
      new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    await queue.work("s", handle, { deadline_ms: 20 });
    await queue.push(jobs(1));
    await queue.idle();
    expect(await queue.dead()).toMatchObject([{ reason: "it did not end within 0.02 s" }]);
  });

  it("closes without complaint when a running job pushes or fails meanwhile", async () => {
    const queue = createMemoryQueue();
    let began = false;
    await queue.work("s", async (_, signal) => {
      began = true;
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      await queue.push(jobs(3));
      throw new RetryLater("the connection was cut", 3_600_000);
    });
    await queue.push(jobs(1));
    await vi.waitFor(() => expect(began).toBe(true));
    await queue.close();
    expect(await queue.dead()).toEqual([]);
  });

  it("has one worker a step", async () => {
    const queue = createMemoryQueue();
    await queue.work("s", async () => []);
    await expect(queue.work("s", async () => [])).rejects.toThrow("already");
    await queue.close();
  });

  it("takes the same time for each of many jobs", async () => {
    const queue = createMemoryQueue();
    const count = 100_000;
    let runs = 0;
    await queue.push(jobs(count));
    await queue.push(jobs(count));
    await queue.work("s", async () => {
      runs++;
      return [];
    });
    const started = performance.now();
    await queue.idle();
    expect(runs).toBe(count);
    // About a second here; were the line searched for each job, it would take minutes.
    expect(performance.now() - started).toBeLessThan(20_000);
    await queue.close();
  });
});
