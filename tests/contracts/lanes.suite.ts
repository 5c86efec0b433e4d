import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { RetryLater } from "../../contracts/errors.ts";
import { createLanes, type Lanes, type Slots } from "../../http/lanes.ts";

export interface SlotsFixture {
  readonly slots: Slots;
  cleanup(): Promise<void>;
}

/** What http/lanes.ts promises of who may ask a host when. `make` is given the pause between two requests. */
export function lanesSuite(name: string, make: (pause: number) => Promise<SlotsFixture>): void {
  describe(`lanes over ${name}`, () => {
    const opened: SlotsFixture[] = [];
    afterEach(async () => {
      for (const { cleanup } of opened.splice(0)) await cleanup();
    });
    async function fresh(milliseconds: number): Promise<Lanes> {
      const fixture = await make(milliseconds);
      opened.push(fixture);
      return createLanes(milliseconds, fixture.slots);
    }
    const { signal } = new AbortController();
    const ask = (lanes: Lanes, host: string, times: number[], crawlDelay = 0) =>
      lanes.run(host, {
        crawlDelay,
        signal,
        run: async (answered) => {
          times.push(performance.now());
          answered();
          return host;
        },
      });
    /** A clock of whole milliseconds may round a pause down by one. */
    const expectGaps = (times: readonly number[], least: number) => {
      for (const [i, time] of times.entries()) {
        if (i > 0) expect(time - times[i - 1]!).toBeGreaterThanOrEqual(least - 1);
      }
    };

    it("gives back what the task gave, and leaves the pause between two", async () => {
      const lanes = await fresh(60);
      const times: number[] = [];
      const answers = await Promise.all([1, 2, 3].map(() => ask(lanes, "a.example", times)));
      expect(answers).toEqual(["a.example", "a.example", "a.example"]);
      expectGaps(times, 60);
    });

    it("lets hosts go their own pace", async () => {
      const lanes = await fresh(10_000);
      const times: number[] = [];
      await Promise.all(["a.example", "b.example", "c.example"].map((host) => ask(lanes, host, times)));
      expect(times).toHaveLength(3);
    });

    it("keeps a longer Crawl-delay, and counts from the answer", async () => {
      const lanes = await fresh(10);
      const answers: number[] = [];
      const starts: number[] = [];
      const slow = () =>
        lanes.run("a.example", {
          crawlDelay: 80,
          signal,
          run: async (answered) => {
            starts.push(performance.now());
            await pause(40);
            // Before it is said: a busy machine may take its time in between.
            answers.push(performance.now());
            answered();
          },
        });
      await Promise.all([slow(), slow()]);
      expect(starts[1]! - answers[0]!).toBeGreaterThanOrEqual(78);
    });

    it("is free for the next after a task that failed", async () => {
      const lanes = await fresh(1);
      const failing = lanes.run("a.example", {
        crawlDelay: 0,
        signal,
        run: () => Promise.reject(new Error("reset")),
      });
      await expect(failing).rejects.toThrow("reset");
      const times: number[] = [];
      await ask(lanes, "a.example", times);
      expect(times).toHaveLength(1);
    });

    it("lets a host rest, and gives a job back that would have to wait too long", async () => {
      const lanes = await fresh(1);
      const times = [performance.now()];
      await lanes.rest("a.example", 120);
      await lanes.rest("a.example", 10);
      await ask(lanes, "a.example", times);
      expectGaps(times, 119);
      await lanes.rest("a.example", 3_600_000);
      const refused = ask(lanes, "a.example", times).catch((error: unknown) => error);
      expect(await refused).toBeInstanceOf(RetryLater);
      expect(((await refused) as RetryLater).after).toBeGreaterThan(3_500_000);
      await ask(lanes, "b.example", times);
    });

    it("ends a waiting that is no longer wanted", async () => {
      const lanes = await fresh(30_000);
      const times: number[] = [];
      await ask(lanes, "a.example", times);
      const wanted = new AbortController();
      const waiting = lanes.run("a.example", { crawlDelay: 0, signal: wanted.signal, run: async () => 1 });
      setTimeout(() => wanted.abort(new Error("not wanted")), 30);
      await expect(waiting).rejects.toThrow();
      expect(times).toHaveLength(1);
    });
  });
}
