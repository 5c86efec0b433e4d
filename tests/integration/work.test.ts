import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { storeOfFile } from "../servers/elasticsearch-store.ts";
import { type RedisServer, startRedis } from "../servers/redis.ts";
import { withServer } from "../servers/servers.ts";
import { file, headwater, start } from "../support/command.ts";
import { differences, findings, findingsOf, temporaryFolder } from "../support/pipeline.ts";
import { openTestQueue } from "../unit/queues/bullmq-fixture.ts";

const ALL = "schedule,collect,analyze,trace,notify";

await withServer("elasticsearch", (elasticsearch) => {
  describe("headwater work", () => {
    let server: RedisServer;
    const index = storeOfFile([elasticsearch]);
    beforeAll(async () => {
      server = await startRedis();
    });
    afterAll(async () => {
      await server.stop();
      await index.remove();
    });
    const env = (prefix: string) => ({
      HEADWATER_STORE: "elasticsearch",
      HEADWATER_ELASTICSEARCH_URL: elasticsearch,
      HEADWATER_ELASTICSEARCH_PREFIX: index.options.prefix,
      HEADWATER_QUEUE: "bullmq",
      HEADWATER_REDIS_URL: server.url,
      HEADWATER_REDIS_PREFIX: prefix,
    });

    it("finds in the demo case what one process finds, says how it is, and ends on SIGTERM", async () => {
      using shared = temporaryFolder();
      using alone = temporaryFolder();
      const health = path.join(shared.dir, "health.json");
      const { store, cleanup } = await index.open();
      const opened = await openTestQueue(server.url, { prefix: "demo" });
      const data = path.join(shared.dir, "data");
      const worker = start(["work", "--role", ALL, "--data", data, "--health", health], { env: env("demo") });
      await worker.said("working as schedule, collect, analyze, trace, notify");
      await opened.queue.idle();
      await vi.waitFor(() =>
        expect(JSON.parse(readFileSync(health, "utf8"))).toMatchObject({ trouble: null }),
      );
      const well = await headwater(["health", "--health", health]);
      expect(well).toMatchObject({
        code: 0,
        out: expect.stringContaining("schedule, collect, analyze, trace, notify is well"),
      });
      worker.child.kill("SIGTERM");
      expect((await worker.ended).code).toBe(0);
      expect(await headwater(["health", "--health", health])).toMatchObject({ code: 1 });

      expect((await headwater(["up", "--once", "--data", path.join(alone.dir, "data")])).code).toBe(0);
      await index.settle();
      const [found, expected] = [await findingsOf(store), await findings(alone.dir)];
      expect(differences(found, expected)).toEqual([]);
      expect(found.traces.length).toBeGreaterThan(0);
      await opened.cleanup();
      await cleanup();
    });

    it("refuses a role that there is not, and a queue that nobody can share", async () => {
      const unknown = await headwater(["work", "--role", "analyse"], { env: env("none") });
      expect(unknown).toMatchObject({ code: 64, err: expect.stringContaining('there is no role "analyse"') });
      const own = await headwater(["work", "--role", "analyze"]);
      expect(own).toMatchObject({ code: 78, err: expect.stringContaining("queue: bullmq") });
    });

    it("says in one sentence that Redis is not there", async () => {
      const away = await headwater(["work", "--role", "analyze"], {
        env: { ...env("away"), HEADWATER_REDIS_URL: "redis://user:secret@127.0.0.1:9" },
      });
      expect(away.code).toBe(69);
      expect(away.err).toMatch(/Redis at redis:\/\/…@127\.0\.0\.1:9 cannot be used: .*ECONNREFUSED/);
      expect(away.err).not.toContain("secret");
    });
  });
});

describe("headwater quarantine", () => {
  it("lists why a job waits, runs it again and drops it", async () => {
    const server = await startRedis();
    const { queue, cleanup } = await openTestQueue(server.url, { prefix: "aside" });
    const env = {
      HEADWATER_QUEUE: "bullmq",
      HEADWATER_REDIS_URL: server.url,
      HEADWATER_REDIS_PREFIX: "aside",
    };
    const { SetAside } = await import("../../contracts/errors.ts");
    let mended = false;
    const done: string[] = [];
    await queue.work("read", async ({ key }) => {
      if (!mended) throw new SetAside("the page has no article");
      done.push(key);
      return [];
    });
    await queue.push(["a", "b"].map((key) => ({ step: "read", key, data: {} })));
    await queue.idle();
    const listed = await headwater(["quarantine", "list"], { env });
    expect(listed.out).toMatch(/read a +the page has no article/);
    const [first] = await queue.dead();
    expect(await headwater(["quarantine", "replay"], { env })).toMatchObject({ code: 64 });
    mended = true;
    const replayed = await headwater(["quarantine", "replay", first!.id, "nobody"], { env });
    expect(replayed).toMatchObject({
      code: 1,
      out: expect.stringContaining("1 job queued again; 1 of the ids are not in quarantine"),
    });
    await queue.idle();
    expect(done).toEqual([first!.job.key]);
    expect((await headwater(["quarantine", "drop", "--all"], { env })).out).toContain("1 job dropped");
    expect((await headwater(["quarantine", "list"], { env })).out).toContain("nothing is in quarantine");
    await cleanup();
    await server.stop();
  });
});

describe("headwater doctor", () => {
  it("says when Redis forgets, and what to set", async () => {
    const server = await startRedis({ args: ["--appendonly", "no", "--maxmemory-policy", "allkeys-lru"] });
    const config = file("team.yml", `queue: bullmq\nredis:\n  url: ${server.url}\n`);
    const { code, out } = await headwater(["doctor", "--config", config]);
    expect(code).toBe(1);
    expect(out.replace(/\s+/g, " ")).toContain("maxmemory-policy is allkeys-lru");
    expect(out.replace(/\s+/g, " ")).toContain("Set appendonly yes");
    await server.stop();
  });
});
