import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { configSchema } from "../../config/schema.ts";
import { assemble } from "../../pipelines/assembly.ts";
import { ROLES, run, steps } from "../../pipelines/runner.ts";
import { scheduleJob } from "../../pipelines/steps/jobs.ts";
import { lastPrune } from "../../pipelines/steps/prune.ts";
import { openSqliteStore } from "../../stores/sqlite/index.ts";
import { samplePost } from "../contracts/store.samples.ts";
import { headwater, jsonLines } from "../support/command.ts";
import { all, quiet, temporaryFolder } from "../support/pipeline.ts";

const POST = '{"platform":"web","id":"1","text":"one","published_at":"2026-03-01T00:00:00Z"}\n';

describe("the schedule", () => {
  it("crawls each source at its ticks, and once after downtime", async () => {
    using folder = temporaryFolder();
    const file = path.join(folder.dir, "posts.jsonl");
    writeFileSync(file, POST);
    let clock = Date.parse("2026-03-02T12:10:00Z");
    const config = configSchema.parse({
      data: path.join(folder.dir, "data"),
      schedule: { every: "*/30 * * * *" },
      sources: [
        { name: "a", collector: "file", path: file },
        { name: "b", collector: "file", path: file, every: "0 13 * * *", schedule: { catch_up: false } },
      ],
    });
    const parts = await assemble(config, { log: quiet, now: () => new Date(clock) });
    const stop = await run(steps(parts), parts.queue, ROLES);
    const minutes = async (count: number) => {
      for (let i = 0; i < count; i++) {
        // Asked twice a minute, as several processes would.
        await parts.queue.push([scheduleJob]);
        await parts.queue.push([scheduleJob]);
        await parts.queue.idle();
        clock += 60_000;
      }
    };
    await minutes(60);
    clock += 3 * 24 * 3_600_000;
    await minutes(5);
    const runs = await all(parts.store, "runs");
    const begun = (source: string) =>
      runs.filter((each) => each.source === source).map(({ started_at }) => started_at.slice(5, 16));
    expect(begun("a")).toEqual(["03-02T12:10", "03-02T12:30", "03-02T13:00", "03-05T13:10"]);
    expect(begun("b")).toEqual(["03-02T13:00"]);
    await stop();
    await parts.close();
  });

  it("is shown and kept to by the command", async () => {
    using folder = temporaryFolder();
    const file = path.join(folder.dir, "posts.jsonl");
    writeFileSync(file, POST);
    const written = path.join(folder.dir, "headwater.yml");
    writeFileSync(
      written,
      `data: data\nschedule: { every: "0 0 1 1 *" }\nsources:\n  - { name: a, collector: file, path: ${file} }\n`,
    );
    const given = ["--config", written];
    const before = jsonLines((await headwater(["schedule", "list", "--json", ...given])).out);
    expect(before).toMatchObject([{ source: "a", every: "0 0 1 1 *", zone: "UTC", last: null }]);
    const first = await headwater(["schedule", "run", ...given]);
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining("a: 1 seen = 1 added") });
    const again = await headwater(["schedule", "run", ...given]);
    expect(again).toMatchObject({ code: 0, out: "", err: expect.stringContaining("no source is due") });
    const listed = await headwater(["schedule", "list", ...given]);
    expect(listed.out).toMatch(/^a +0 0 1 1 \* +UTC/m);
    const next = await headwater(["schedule", "next", "-n", "2", ...given]);
    expect(next.out).toMatch(/^a: \d{4}-01-01T00:00:00Z, \d{4}-01-01T00:00:00Z$/m);
    expect((await headwater(["schedule", "next", "b", ...given])).code).toBe(64);
  });

  it("has what is due done by the command once, pruning as well", async () => {
    using folder = temporaryFolder();
    const written = path.join(folder.dir, "headwater.yml");
    writeFileSync(written, 'data: data\nretention: { keep_days: 30, every: "0 3 * * *" }\n');
    mkdirSync(path.join(folder.dir, "data"));
    const store = await openSqliteStore(path.join(folder.dir, "data", "headwater.db"));
    await store.savePosts([samplePost("web:old", { collected_at: "2020-01-01T00:00:00.000Z" })]);
    await store.close();
    const due = async () => headwater(["schedule", "run", "--config", written]);
    // Nothing is taken away before its first tick.
    expect(await due()).toMatchObject({ code: 0, err: expect.not.stringContaining("taken away") });
    await noteThatItWasDue(path.join(folder.dir, "data", "headwater.db"), "2020-02-01T03:00:00Z");
    expect(await due()).toMatchObject({ code: 0, err: expect.stringContaining("1 of 1 posts") });
    expect(await due()).toMatchObject({ code: 0, err: expect.not.stringContaining("taken away") });
  });
});

/** As if the process had last looked then. */
async function noteThatItWasDue(file: string, at: string): Promise<void> {
  const store = await openSqliteStore(file);
  const last = await lastPrune({ store });
  await store.cursors.write("prune: last", { ...last, due: Date.parse(at) });
  await store.close();
}
