import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { configSchema } from "../../config/schema.ts";
import { analyzeJobs } from "../../pipelines/steps/jobs.ts";
import { openSqliteStore } from "../../stores/sqlite/index.ts";
import { runRoles } from "../../workers/roles.ts";
import { samplePost } from "../contracts/store.samples.ts";
import { type RedisServer, startRedis } from "../servers/redis.ts";
import { quiet, temporaryFolder } from "../support/pipeline.ts";
import { openTestQueue } from "../unit/queues/bullmq-fixture.ts";

/** What the scheduling worker says while posts wait in the store, and whatever else the queue holds. */
async function said(url: string, prefix: string, until: () => Promise<void>): Promise<readonly string[]> {
  using folder = temporaryFolder();
  const store = await openSqliteStore(":memory:");
  await store.savePosts([samplePost("web:1"), samplePost("web:2")]);
  const config = configSchema.parse({
    data: path.join(folder.dir, "data"),
    store: "elasticsearch",
    queue: "bullmq",
    redis: { url, prefix },
  });
  const lines: string[] = [];
  const stop = new AbortController();
  const worker = runRoles(config, {
    roles: ["schedule"],
    log: { ...quiet, info: (line) => lines.push(line) },
    signal: stop.signal,
    health: path.join(folder.dir, "health.json"),
    store,
  });
  await vi.waitFor(() => expect(lines.join()).toContain("on the schedule"), { timeout: 30_000 });
  await vi.waitFor(until, { timeout: 30_000 });
  stop.abort();
  await worker;
  return lines;
}

describe("what the store says is left to analyse", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  it("is queued again when the queue has lost it", async () => {
    const { queue, prefix, cleanup } = await openTestQueue(server.url);
    const lines = await said(server.url, prefix, async () => expect(await queue.waiting("analyze")).toBe(1));
    expect(lines.join()).toContain("2 posts were stored but not yet analysed; they are queued again");
    await cleanup();
  });

  it("is not queued a second time while it is being analysed", async () => {
    const { queue, prefix, cleanup } = await openTestQueue(server.url);
    const [begun, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await queue.work("analyze", async () => {
      begun.resolve();
      await over.promise;
      return [];
    });
    await queue.push(analyzeJobs(["web:1", "web:2"]));
    await begun.promise;
    const lines = await said(server.url, prefix, async () =>
      expect(await queue.unfinished("recover")).toBe(false),
    );
    expect(lines.join()).not.toContain("queued again");
    over.resolve();
    await cleanup();
  });
});
