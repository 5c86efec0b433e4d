import { setTimeout as pause } from "node:timers/promises";
import * as bull from "bullmq";
import { describe, expect, it, vi } from "vitest";
import { RetryLater, StopAll } from "../../../contracts/errors.ts";
import type { Job } from "../../../contracts/queue.ts";
import { connectRedis } from "../../../queues/bullmq/connection.ts";
import { Locks } from "../../../queues/bullmq/locks.ts";
import { settingsOf } from "../../../queues/bullmq/options.ts";
import { Quarantine } from "../../../queues/bullmq/quarantine.ts";
import { StepWorker } from "../../../queues/bullmq/step-worker.ts";
import { startWatchdog } from "../../../queues/bullmq/watchdog.ts";
import { withServer } from "../../servers/servers.ts";
import { openTestQueue } from "./bullmq-fixture.ts";

const job = (key: string): Job => ({ step: "work", key, data: {} });

await withServer("redis", (url) => {
  describe("a BullMQ worker", () => {
    it("keeps its job while it computes in slices for several times the lock", async () => {
      const first = await openTestQueue(url, { lock_ms: 400, stalled_ms: 200 });
      const second = await openTestQueue(url, { lock_ms: 400, stalled_ms: 200, prefix: first.prefix });
      let runs = 0;
      const compute = async () => {
        runs++;
        for (const until = performance.now() + 2_000; performance.now() < until; ) {
          for (const slice = performance.now() + 50; performance.now() < slice; );
          await new Promise((resolve) => setImmediate(resolve));
        }
        return [];
      };
      await first.queue.work("work", compute);
      await second.queue.work("work", compute);
      await first.queue.push([job("long")]);
      await first.queue.idle();
      expect(runs).toBe(1);
      await second.cleanup();
      await first.cleanup();
    });

    it("tells a job whose lock was lost, so that it is not done twice to the end", async () => {
      const { queue, prefix, cleanup } = await openTestQueue(url, { lock_ms: 400, stalled_ms: 200 });
      const redis = await connectRedis(url);
      let cancelled = 0;
      let runs = 0;
      await queue.work("work", async (_, signal) => {
        if (++runs > 1) return [];
        const [lock] = await redis.keys(`{${prefix}}:work:*:lock`);
        await redis.set(lock!, "somebody else", "PX", 1_000);
        await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
        cancelled++;
        throw new Error("cut off");
      });
      await queue.push([job("taken")]);
      await queue.idle();
      expect([cancelled, runs]).toEqual([1, 2]);
      redis.disconnect();
      await cleanup();
    });

    it("is given a new connection when it hears nothing, and ends the process when that does not help", async () => {
      const { queue, prefix, cleanup } = await openTestQueue(url);
      const redis = await connectRedis(url);
      const settings = settingsOf({ redis, prefix });
      const seen: string[] = [];
      const fail = vi.fn<(error: StopAll) => void>();
      const deps = {
        bull,
        settings,
        quarantine: new Quarantine(redis, `{${prefix}}`),
        locks: new Locks(redis, { lock_ms: settings.lock_ms, grace_ms: settings.lock_ms }),
        stopping: new AbortController().signal,
        push: async () => {},
        fail,
      };
      const worker = new StepWorker("work", async ({ key }) => [seen.push(key), []][1] as [], {}, deps);
      await worker.ready();
      worker.pause();
      const waiting = (step: string) => queue.waiting(step);
      const wake = async () => {};
      const stop = startWatchdog({
        workers: new Set([worker]),
        deaf_ms: 200,
        log: undefined,
        waiting,
        wake,
        fail,
      });
      await queue.push([job("a")]);
      await queue.idle();
      expect(seen).toEqual(["a"]);
      expect(fail).not.toHaveBeenCalled();

      // Deaf for good: what takes its place hears nothing either.
      const restart = worker.restart.bind(worker);
      worker.restart = () => {
        restart();
        worker.pause();
      };
      worker.pause();
      await queue.push([job("b")]);
      await vi.waitFor(() => expect(fail).toHaveBeenCalled(), { timeout: 10_000 });
      expect(fail.mock.calls[0]![0]).toBeInstanceOf(StopAll);
      expect(fail.mock.calls[0]![0].message).toContain('jobs of step "work" wait');
      stop();
      await worker.close();
      await deps.locks.close();
      redis.disconnect();
      await cleanup();
    });
  });

  describe("a job put off by a process whose clock is ahead", () => {
    it("waits no longer than it was told to, once the clock is right", async () => {
      const { queue, cleanup } = await openTestQueue(url, { deaf_ms: 2_000 });
      const now = Date.now;
      let runs = 0;
      await queue.work("work", async () => {
        if (++runs > 1) return [];
        vi.spyOn(Date, "now").mockImplementation(() => now() + 5_400_000);
        throw new RetryLater("later", 1_000);
      });
      await queue.push([job("ahead")]);
      await vi.waitFor(() => expect(runs).toBe(1));
      await pause(100);
      vi.restoreAllMocks();
      await queue.idle();
      expect(runs).toBe(2);
      await cleanup();
    });
  });

  describe("the schedule in Redis", () => {
    it("is kept to by the clock of Redis, once that of the process that made it is right again", async () => {
      const { queue, cleanup } = await openTestQueue(url, { deaf_ms: 2_000 });
      const now = Date.now;
      vi.spyOn(Date, "now").mockImplementation(() => now() + 5_400_000);
      let runs = 0;
      await queue.work("work", async () => {
        runs++;
        return [];
      });
      await queue.schedule([{ job: job("source"), every: "* * * * * *", zone: "UTC" }]);
      await vi.waitFor(() => expect(runs).toBe(1));
      vi.restoreAllMocks();
      await vi.waitFor(() => expect(runs).toBeGreaterThan(3), { timeout: 15_000 });
      await queue.schedule([]);
      await cleanup();
    });

    it("pushes each job once a tick, whatever the number of processes", async () => {
      const first = await openTestQueue(url);
      const second = await openTestQueue(url, { prefix: first.prefix });
      const schedule = [{ job: job("source"), every: "* * * * * *", zone: "America/Toronto" }];
      const seconds: number[] = [];
      const handle = async () => {
        seconds.push(Math.round(Date.now() / 1_000));
        return [];
      };
      await first.queue.work("work", handle);
      await second.queue.work("work", handle);
      await Promise.all([first.queue.schedule(schedule), second.queue.schedule(schedule)]);
      await first.queue.schedule(schedule);
      // What is new on a schedule is run at once, too; that is not what is counted.
      await first.queue.idle();
      seconds.length = 0;
      await vi.waitFor(() => expect(seconds.length).toBeGreaterThan(2), { timeout: 10_000 });
      expect(new Set(seconds).size).toBe(seconds.length);
      await second.queue.schedule([]);
      await second.cleanup();
      await first.cleanup();
    });

    it("runs what is new on it at once, what stands already by its time, and is idle though a tick waits", async () => {
      const { queue, cleanup } = await openTestQueue(url);
      const keys: string[] = [];
      await queue.work("work", async ({ key }) => {
        keys.push(key);
        return [];
      });
      const yearly = (key: string) => ({ job: job(key), every: "0 0 1 1 *", zone: "UTC" });
      await queue.schedule([yearly("a")]);
      await queue.idle();
      await queue.schedule([yearly("a"), yearly("b")]);
      await queue.idle();
      expect(keys).toEqual(["a", "b"]);
      await queue.schedule([]);
      await cleanup();
    });

    it("makes a tick whose job still runs one with it", async () => {
      const { queue, cleanup } = await openTestQueue(url);
      let running = 0;
      let beside = 0;
      let runs = 0;
      await queue.work(
        "work",
        async () => {
          beside = Math.max(beside, ++running);
          runs++;
          await new Promise((resolve) => setTimeout(resolve, 2_500));
          running--;
          return [];
        },
        { concurrency: 4 },
      );
      await queue.schedule([{ job: job("slow"), every: "* * * * * *", zone: "UTC" }]);
      await vi.waitFor(() => expect(runs).toBe(2), { timeout: 20_000 });
      await queue.schedule([]);
      await queue.idle();
      expect(beside).toBe(1);
      expect(runs).toBeLessThan(5);
      await cleanup();
    });
  });
});
