import { randomUUID } from "node:crypto";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { configSchema } from "../../config/schema.ts";
import type { Store } from "../../contracts/store.ts";
import { assemble } from "../../pipelines/assembly.ts";
import { ROLES, recover, run, steps } from "../../pipelines/runner.ts";
import { scheduleJob } from "../../pipelines/steps/jobs.ts";
import { openSqliteStore } from "../../stores/sqlite/index.ts";
import { found } from "../contracts/store.samples.ts";
import { storeOfFile } from "../servers/elasticsearch-store.ts";
import { withServer } from "../servers/servers.ts";
import { importDistributed } from "../support/distributed.ts";
import { quiet, temporaryFolder } from "../support/pipeline.ts";
import { KEEP_DAYS, OTHERS, pairs, work } from "../support/prunable.ts";

/** An installation whose clock the test sets. `minute` is one look at the schedule, and all that comes of it. */
async function scheduled(store: Store, dir: string, clock: { at: string }, more: object = {}) {
  const lines: string[] = [];
  const config = configSchema.parse({
    data: path.join(dir, "data"),
    retention: { keep_days: KEEP_DAYS, every: "0 3 * * *" },
    ...more,
  });
  const log = { ...quiet, info: (line: string) => void lines.push(line) };
  const kept: Store = { ...store, close: async () => {} };
  const parts = await assemble(config, { log, sources: [], store: kept, now: () => new Date(clock.at) });
  await run(steps(parts), parts.queue, ROLES);
  const minute = async () => {
    await parts.queue.push([scheduleJob]);
    await parts.queue.idle();
  };
  return { parts, minute, told: () => lines.filter((line) => line.includes("taken away")) };
}

describe("pruning by the schedule", () => {
  it("takes away in the night what is old, and the keys of it, too", async () => {
    using folder = temporaryFolder();
    const store = await openSqliteStore(path.join(folder.dir, "headwater.db"));
    const clock = { at: "2022-05-31T12:00:00.000Z" };
    const { parts, minute, told } = await scheduled(store, folder.dir, clock);
    await store.savePosts(pairs());
    await recover(parts);
    await minute();
    expect(await store.count("links", { kind: "all" })).toBe(5);
    clock.at = "2022-06-01T03:00:00.000Z";
    await minute();
    await minute();
    expect(told()).toEqual([
      expect.stringMatching(/^of what was collected before 2022-02-21T03:00Z is taken away: 9 of 10 posts/),
    ]);
    expect((await found(store, "posts", "*")).map(({ post }) => post.id)).toEqual(["weibo:c0"]);
    expect((await parts.keys()).size).toBe(1);
    expect(await store.waiting("analyze", 10)).toEqual([]);
    await parts.close();
    await store.close();
  });

  it("goes on after it was cut off, and says so once", async () => {
    using folder = temporaryFolder();
    const store = await openSqliteStore(path.join(folder.dir, "headwater.db"));
    const clock = { at: "2022-05-31T12:00:00.000Z" };
    await work(store, pairs());
    let cut: () => Promise<void> = async () => {};
    const removePosts: Store["removePosts"] = async (ids) => {
      await store.removePosts(ids.slice(0, 3));
      if (ids.length > 0) void cut();
    };
    const first = await scheduled({ ...store, removePosts }, folder.dir, clock);
    await first.minute();
    clock.at = "2022-06-01T03:00:00.000Z";
    const closing = Promise.withResolvers<void>();
    cut = () => first.parts.close().then(closing.resolve);
    await first.parts.queue.push([scheduleJob]);
    await closing.promise;
    expect([await store.count("posts", { kind: "all" }), first.told()]).toEqual([7, []]);

    clock.at = "2022-06-01T09:12:00.000Z";
    const second = await scheduled(store, folder.dir, clock);
    await second.minute();
    await second.minute();
    expect([await store.count("posts", { kind: "all" }), second.told()]).toEqual([1, [expect.anything()]]);
    await second.parts.close();
    await store.close();
  });
});

await withServer("redis", (redis) =>
  withServer("elasticsearch", (url) => {
    describe("pruning by the schedule of a team", () => {
      it("is done once, however many processes look at it", async () => {
        using folder = temporaryFolder();
        const file = storeOfFile([url]);
        const { store, reopen } = await file.open();
        const clock = { at: new Date().toISOString() };
        const prefix = `prune-${randomUUID()}`;
        const lines = OTHERS.map((text, i) =>
          JSON.stringify({ platform: "weibo", id: `p${i}`, account: { id: `a${i}` }, text }),
        );
        await importDistributed({ dir: folder.dir, redis, prefix, openStore: reopen! }, lines);
        const team = { store: "elasticsearch", queue: "bullmq", redis: { url: redis, prefix } };
        const processes = [
          await scheduled(store, folder.dir, clock, team),
          await scheduled(await reopen!(), folder.dir, clock, team),
        ];
        try {
          const each = (minute: (one: (typeof processes)[number]) => Promise<void>) =>
            Promise.all(processes.map(minute));
          await each(({ minute }) => minute());
          clock.at = new Date(Date.now() + 200 * 86_400_000).toISOString();
          await file.settle();
          await each(({ minute }) => minute());
          await each(({ minute }) => minute());
          expect(processes.flatMap(({ told }) => told())).toEqual([expect.stringContaining("4 of 4 posts")]);
          await file.settle();
          expect(await store.count("posts", { kind: "all" })).toBe(0);
        } finally {
          for (const { parts } of processes) await parts.close();
          await file.remove();
        }
      });
    });
  }),
);
