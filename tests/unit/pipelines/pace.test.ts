import { expect, it } from "vitest";
import type { Log } from "../../../contracts/log.ts";
import { keepPace } from "../../../pipelines/steps/pace.ts";
import { createMemoryQueue } from "../../../queues/memory.ts";

it("a crawl pauses while too much waits for analysis, says so once, and goes on", async () => {
  const queue = createMemoryQueue();
  const told: string[] = [];
  const say = (sentence: string) => void told.push(sentence);
  const log: Log = { info: say, warn: say, error: say, progress() {} };
  const { signal } = new AbortController();
  await keepPace({ queue, log }, "news", signal);
  expect(told).toEqual([]);

  await queue.push(Array.from({ length: 300 }, (_, i) => ({ step: "analyze", key: `${i}`, data: {} })));
  let on = false;
  const paused = keepPace({ queue, log }, "news", signal).then(() => {
    on = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(on).toBe(false);
  await queue.work("analyze", async () => []);
  await paused;
  expect(told).toEqual([expect.stringMatching(/^news pauses: 300 jobs of analysis wait/), "news goes on"]);
  await queue.close();
});

it("a crawl that is to end does not wait for analysis", async () => {
  const queue = createMemoryQueue();
  await queue.push(Array.from({ length: 300 }, (_, i) => ({ step: "analyze", key: `${i}`, data: {} })));
  const log: Log = { info() {}, warn() {}, error() {}, progress() {} };
  const stopping = new AbortController();
  const paused = keepPace({ queue, log }, "news", stopping.signal);
  stopping.abort();
  await paused;
  await queue.close();
});
