import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import { RetryLater, SetAside, StopAll } from "../../contracts/errors.ts";
import type { Job, Queue } from "../../contracts/queue.ts";

export interface QueueFixture {
  /** Its pause before the first retry of a failed job must be 20 ms or less, so that the suite is quick. */
  readonly queue: Queue;
  cleanup(): Promise<void>;
}

export interface QueueSuiteOptions {
  /** Whether steps of a lower number go first: promised by a queue in one process only. */
  readonly priorities: boolean;
}

function job(step: string, key: string, data: unknown = {}): Job {
  return { step, key, data };
}

/** What contracts/queue.ts promises. Each implementation runs it unchanged. */
export function queueSuite(
  name: string,
  make: () => Promise<QueueFixture>,
  { priorities }: QueueSuiteOptions,
): void {
  describe(`${name} as a queue`, () => {
    const opened: QueueFixture[] = [];
    async function fresh(): Promise<Queue> {
      const fixture = await make();
      opened.push(fixture);
      return fixture.queue;
    }
    afterEach(async () => {
      for (const { cleanup } of opened.splice(0)) await cleanup();
    });

    it("is idle when there is nothing to do", async () => {
      const queue = await fresh();
      await queue.idle();
      expect(await queue.dead()).toEqual([]);
    });

    it("hands a job over as it was pushed, whether pushed before or after the step is worked on", async () => {
      const queue = await fresh();
      const first = job("read", "a/1:é", { ids: ["wechat:mp-1"], page: { next: null } });
      const second = job("read", "b", { 文: "字" });
      const seen: Job[] = [];
      await queue.push([first]);
      await queue.work("read", async (given) => {
        seen.push(given);
        return [];
      });
      await queue.push([second]);
      await queue.idle();
      expect(seen).toEqual([first, second]);
    });

    it("says so instead of waiting for ever when nobody works on what is left", async () => {
      const queue = await fresh();
      await queue.work("count", async () => [job("nobody", "a")]);
      await queue.push([job("count", "a")]);
      await expect(queue.idle()).rejects.toThrow('jobs of step "nobody" wait, and no worker does them');
      await queue.work("nobody", async () => []);
      await queue.idle();
    });

    it("runs what a job returns, and is idle only when all of it is done", async () => {
      const queue = await fresh();
      const seen: string[] = [];
      await queue.work("count", async ({ data }) => {
        const { left } = data as { left: number };
        seen.push(`count ${left}`);
        return left === 0 ? [job("end", "end")] : [job("count", String(left - 1), { left: left - 1 })];
      });
      await queue.work("end", async () => {
        await pause(20);
        seen.push("end");
        return [];
      });
      await queue.push([job("count", "5", { left: 5 })]);
      await queue.idle();
      expect(seen).toEqual(["count 5", "count 4", "count 3", "count 2", "count 1", "count 0", "end"]);
    });

    it("takes a key once while it waits, and again once it is done", async () => {
      const queue = await fresh();
      let runs = 0;
      const handle = async () => {
        runs++;
        return [];
      };
      await queue.push([job("trace", "all"), job("trace", "all")]);
      await queue.push([job("trace", "all"), job("other", "all")]);
      await queue.work("trace", handle);
      await queue.work("other", handle);
      await queue.idle();
      expect(runs).toBe(2);
      await queue.push([job("trace", "all")]);
      await queue.idle();
      expect(runs).toBe(3);
    });

    it("runs a job again after its twin, never beside it, when it is pushed while the twin runs", async () => {
      const queue = await fresh();
      let running = 0;
      let beside = 0;
      let runs = 0;
      await queue.work(
        "trace",
        async () => {
          beside = Math.max(beside, ++running);
          if (++runs === 1) {
            await queue.push([job("trace", "all"), job("trace", "all")]);
            await pause(30);
          }
          running--;
          return [];
        },
        { concurrency: 4 },
      );
      await queue.push([job("trace", "all")]);
      await queue.idle();
      expect(runs).toBe(2);
      expect(beside).toBe(1);
    });

    it("runs a thousand jobs once each, as many at a time as it is told", async () => {
      const queue = await fresh();
      const seen: string[] = [];
      let running = 0;
      let most = 0;
      await queue.work(
        "many",
        async ({ key }) => {
          most = Math.max(most, ++running);
          await pause(1);
          running--;
          seen.push(key);
          return [];
        },
        { concurrency: 8 },
      );
      const keys = Array.from({ length: 1000 }, (_, i) => `k${i}`);
      await queue.push(keys.map((key) => job("many", key)));
      await queue.idle();
      expect(seen.toSorted()).toEqual(keys.toSorted());
      expect(most).toBe(8);
    });

    it("runs one at a time unless told otherwise", async () => {
      const queue = await fresh();
      let running = 0;
      let most = 0;
      await queue.work("one", async () => {
        most = Math.max(most, ++running);
        await pause(2);
        running--;
        return [];
      });
      await queue.push(["a", "b", "c"].map((key) => job("one", key)));
      await queue.idle();
      expect(most).toBe(1);
    });

    it("tries a job that said RetryLater again, after that time and at no cost", async () => {
      const queue = await fresh();
      const at: number[] = [];
      await queue.work("fetch", async () => {
        at.push(performance.now());
        // More often than a failing job would be tried.
        if (at.length <= 6) throw new RetryLater("the site asks for a pause", 30);
        return [];
      });
      await queue.push([job("fetch", "page")]);
      await queue.idle();
      expect(at).toHaveLength(7);
      // Timers may be early by a millisecond.
      for (const [i, time] of at.entries()) if (i > 0) expect(time - at[i - 1]!).toBeGreaterThanOrEqual(29);
      expect(await queue.dead()).toEqual([]);
    });

    it("goes on with other jobs while one is put off", async () => {
      const queue = await fresh();
      const seen: string[] = [];
      await queue.work("fetch", async ({ key }) => {
        seen.push(key);
        if (key === "slow" && seen.filter((other) => other === "slow").length === 1) {
          throw new RetryLater("later", 60);
        }
        return [];
      });
      await queue.push([job("fetch", "slow"), job("fetch", "quick")]);
      await queue.idle();
      expect(seen).toEqual(["slow", "quick", "slow"]);
    });

    it("sets a job aside that can never work, with the reason, and goes on", async () => {
      const queue = await fresh();
      const seen: string[] = [];
      await queue.work("map", async ({ key }) => {
        if (key === "bad") throw new SetAside("the page has no article");
        seen.push(key);
        return [];
      });
      await queue.push([job("map", "bad", { page: 3 }), job("map", "good")]);
      await queue.idle();
      expect(seen).toEqual(["good"]);
      const [dead, ...others] = await queue.dead();
      expect(others).toEqual([]);
      expect(dead).toEqual({
        id: expect.any(String),
        job: job("map", "bad", { page: 3 }),
        reason: "the page has no article",
        at: expect.any(String),
      });
      expect(Number.isNaN(Date.parse(dead!.at))).toBe(false);
    });

    it("keeps one entry of a job that is set aside twice, with the later reason", async () => {
      const queue = await fresh();
      let reason = "no article";
      await queue.work("map", async () => {
        throw new SetAside(reason);
      });
      for (reason of ["no article", "no title"]) {
        await queue.push([job("map", "bad"), job("map", `also bad: ${reason}`)]);
        await queue.idle();
      }
      const dead = await queue.dead();
      expect(dead.map((one) => one.job.key).toSorted()).toEqual([
        "also bad: no article",
        "also bad: no title",
        "bad",
      ]);
      expect(dead.find((one) => one.job.key === "bad")?.reason).toBe("no title");
      expect(new Set(dead.map(({ id }) => id)).size).toBe(3);
    });

    it("runs a job from quarantine again, or lets it go, as it is told", async () => {
      const queue = await fresh();
      let mended = false;
      const seen: Job[] = [];
      await queue.work("map", async (given) => {
        if (!mended) throw new SetAside("the site is broken");
        seen.push(given);
        return [];
      });
      await queue.push(["a", "b", "c"].map((key) => job("map", key, { key })));
      await queue.idle();
      const ids = new Map((await queue.dead()).map((one) => [one.job.key, one.id]));
      mended = true;
      expect(await queue.replay([ids.get("a")!, "nobody"])).toBe(1);
      expect(await queue.drop([ids.get("b")!, "nobody", ids.get("a")!])).toBe(1);
      await queue.idle();
      expect(seen).toEqual([job("map", "a", { key: "a" })]);
      expect((await queue.dead()).map((one) => one.job.key)).toEqual(["c"]);
    });

    it("says how many jobs of a step wait, the running and those put off left out, and whether it is worked on", async () => {
      const queue = await fresh();
      expect([await queue.waiting("map"), await queue.isWorked("map")]).toEqual([0, false]);
      await queue.push(["a", "b", "c"].map((key) => job("map", key)));
      await queue.push([job("other", "d")]);
      expect(await queue.waiting("map")).toBe(3);
      const { promise: held, resolve: go } = Promise.withResolvers<void>();
      let puttingOff = true;
      await queue.work("map", async ({ key }) => {
        if (key === "a" && puttingOff) {
          puttingOff = false;
          throw new RetryLater("later", 50);
        }
        await held;
        return [];
      });
      await vi.waitFor(async () => expect(await queue.waiting("map")).toBe(1));
      expect([await queue.isWorked("map"), await queue.isWorked("other")]).toEqual([true, false]);
      go();
      await queue.work("other", async () => []);
      await queue.idle();
      expect(await queue.waiting("map")).toBe(0);
    });

    it("tries a job that fails three more times, then sets it aside", async () => {
      const queue = await fresh();
      let runs = 0;
      await queue.work("map", async () => {
        runs++;
        throw new TypeError("cannot read nothing");
      });
      await queue.push([job("map", "bad")]);
      await queue.idle();
      expect(runs).toBe(4);
      expect(await queue.dead()).toMatchObject([{ job: { key: "bad" }, reason: "cannot read nothing" }]);
    });

    it("forgets the failures of a job that then works", async () => {
      const queue = await fresh();
      let runs = 0;
      await queue.work("map", async () => {
        if (++runs % 3 !== 0) throw new Error("a hiccup");
        return [];
      });
      for (let round = 0; round < 3; round++) {
        await queue.push([job("map", "same")]);
        await queue.idle();
      }
      expect(runs).toBe(9);
      expect(await queue.dead()).toEqual([]);
    });

    it("ends with StopAll: idle rejects and nothing more starts", async () => {
      const queue = await fresh();
      const seen: string[] = [];
      await queue.work("save", async ({ key }) => {
        seen.push(key);
        if (key === "b") throw new StopAll("the disk is full");
        return [];
      });
      await queue.push(["a", "b", "c"].map((key) => job("save", key)));
      await expect(queue.idle()).rejects.toThrow("the disk is full");
      await expect(queue.idle()).rejects.toBeInstanceOf(StopAll);
      await pause(30);
      expect(seen).toEqual(["a", "b"]);
    });

    it("stops a step after its running jobs, and another worker takes up what waits", async () => {
      const queue = await fresh();
      const seen: string[] = [];
      let started = () => {};
      const running = new Promise<void>((resolve) => {
        started = resolve;
      });
      const stop = await queue.work("map", async ({ key }) => {
        started();
        await pause(30);
        seen.push(`first ${key}`);
        return [];
      });
      await queue.push([job("map", "a"), job("map", "b")]);
      await running;
      await stop();
      expect(seen).toEqual(["first a"]);
      await pause(30);
      expect(seen).toEqual(["first a"]);
      await queue.work("map", async ({ key }) => {
        seen.push(`second ${key}`);
        return [];
      });
      await queue.idle();
      expect(seen).toEqual(["first a", "second b"]);
    });

    it("closes by telling the running jobs, and waits for them", async () => {
      const queue = await fresh();
      const seen: string[] = [];
      await queue.work("crawl", async ({ key }, signal) => {
        seen.push(`${key} began`);
        await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
        await pause(30);
        seen.push(`${key} ended`);
        return [];
      });
      await queue.push([job("crawl", "a"), job("crawl", "b")]);
      await vi.waitFor(() => expect(seen).toEqual(["a began"]));
      await queue.close();
      expect(seen).toEqual(["a began", "a ended"]);
      await queue.close();
    });

    if (priorities) {
      it("starts steps of a higher number only when the lower ones have nothing waiting or running", async () => {
        const queue = await fresh();
        const seen: string[] = [];
        await queue.work(
          "trace",
          async () => {
            seen.push("trace");
            return [];
          },
          { priority: 1 },
        );
        await queue.work(
          "analyze",
          async ({ key }) => {
            seen.push(key);
            await pause(10);
            if (key === "a") return [job("analyze", "c"), job("trace", "all")];
            return [job("trace", "all")];
          },
          { priority: 0 },
        );
        await queue.push([job("trace", "all"), job("analyze", "a"), job("analyze", "b")]);
        await queue.idle();
        expect(seen).toEqual(["a", "b", "c", "trace"]);
      });
    }
  });
}
