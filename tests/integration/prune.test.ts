import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { configSchema } from "../../config/schema.ts";
import type { Store } from "../../contracts/store.ts";
import { assemble } from "../../pipelines/assembly.ts";
import { prune } from "../../pipelines/prune/index.ts";
import { connectRedis } from "../../queues/bullmq/connection.ts";
import { connect } from "../../stores/elasticsearch/connection.ts";
import { openSqliteStore } from "../../stores/sqlite/index.ts";
import {
  found,
  type StoreFixture,
  sampleAlert,
  sampleCapture,
  sampleDelivery,
  sampleRun,
} from "../contracts/store.samples.ts";
import { storeOfFile } from "../servers/elasticsearch-store.ts";
import { withServer } from "../servers/servers.ts";
import { headwater } from "../support/command.ts";
import { importDistributed } from "../support/distributed.ts";
import { differences, findingsOf, quiet, temporaryFolder } from "../support/pipeline.ts";
import { ARTICLE } from "../support/posts.ts";
import { drafted, LATELY, LONG_AGO, OTHERS, pairs, pruned, work } from "../support/prunable.ts";

const CONFIG = {
  watches: [{ name: "bridges", title: "About bridges", queries: ['"harbour bridge"'] }],
  retention: { holds: ["account.id:account-4"] },
};

async function fill({ store, settle = async () => {} }: Pick<StoreFixture, "store" | "settle">) {
  await work(store, pairs(), CONFIG);
  await settle();
  expect(await found(store, "stories", "*")).toHaveLength(5);
  await store.judge({ child: "weibo:c2", parent: "web:o2" }, "confirmed", "an analyst", LONG_AGO);
  const deliveries = ["d-1", "d-2"].map((key, i) =>
    sampleDelivery(key, {
      alert: `a-${i + 1}`,
      state: i === 0 ? "sent" : "waiting",
      created_at: LONG_AGO,
      due_at: LONG_AGO,
    }),
  );
  await store.saveAlerts({
    alerts: [
      sampleAlert("a-1", {
        items: ["web:o3", "weibo:c3"],
        raised_at: LONG_AGO,
        updated_at: LONG_AGO,
        story: null,
      }),
      sampleAlert("a-2", { items: ["web:o3"], raised_at: LONG_AGO, updated_at: LONG_AGO, story: null }),
    ],
    deliveries,
  });
  await store.judgeAlert("a-1", { at: LONG_AGO, by: "an analyst", state: "closed", note: null });
  for (const run of ["r1", "r2"])
    await store.saveRun(sampleRun(run, { started_at: LONG_AGO, ended_at: LONG_AGO }));
  await store.setAside([
    { id: "q1", run: "r1", source: "s", where: "w", reason: "r", raw: "{}", at: LONG_AGO },
    { id: "q2", run: "r1", source: "s", where: "w", reason: "r", raw: "{}", at: LATELY },
  ]);
  await settle();
}

const WARC = (n: number) => `2021-09/headwater-2021091000000${n}-desk-1-${n}.warc.gz`;

async function keep(store: Store, dir: string): Promise<string> {
  const folder = path.join(dir, "data", "evidence");
  mkdirSync(path.join(folder, "2021-09"), { recursive: true });
  for (const n of [1, 2, 3])
    for (const end of ["", ".sha256"]) writeFileSync(path.join(folder, WARC(n) + end), "x");
  const capture = (id: string, n: number, sha256: string, over = {}) =>
    sampleCapture(id, {
      at: LONG_AGO,
      file: WARC(n),
      sha256,
      url: `https://x.example/${id}`,
      requested_url: `https://x.example/${id}`,
      ...over,
    });
  await store.saveCaptures([
    // Of the first pair's original, which goes, and nothing else.
    capture("k1", 1, "00"),
    // Of its copy, which stays, and says that the bytes came again; beside it another that nobody needs.
    capture("k2", 2, "10", { repeats: "k4" }),
    capture("k3", 2, "ff"),
    capture("k4", 3, "10"),
  ]);
  return folder;
}

function promises(name: string, open: () => Promise<StoreFixture>) {
  describe(`pruning ${name}`, () => {
    it("tells of each kind what goes and why the rest stays, and does what it told", async () => {
      using folder = temporaryFolder();
      const fixture = await open();
      const { store, settle = async () => {} } = fixture;
      try {
        await fill(fixture);
        const evidence = await keep(store, folder.dir);
        await settle();
        const told = await pruned(store, folder.dir, CONFIG, true);
        expect(existsSync(path.join(evidence, WARC(1)))).toBe(true);
        expect(
          Object.fromEntries(told.tallies.map(({ kind, removed, kept }) => [kind, { removed, ...kept }])),
        ).toEqual({
          posts: {
            removed: 3,
            recent: 1,
            held: 1,
            "a person judged a link of it": 2,
            "an alert rests on it": 1,
            "its story is watched": 2,
          },
          links: { removed: 3, "both posts stay": 2 },
          stories: { removed: 3, whole: 2 },
          runs: { removed: 1, "the last of its source": 1 },
          quarantine: { removed: 1, recent: 1 },
          alerts: { removed: 1, "it stands, and nobody has closed it": 1 },
          deliveries: { removed: 1, "not sent yet": 1 },
          captures: { removed: 1, "a post that stays bears on it": 2, "beside another in its file": 1 },
          "evidence files": { removed: 1, needed: 2 },
        });
        expect(await pruned(store, folder.dir, CONFIG)).toEqual(told);
        await settle();
        expect((await found(store, "posts", "*")).map(({ post }) => post.id).sort()).toEqual(
          ["weibo:c0", "web:o1", "weibo:c1", "web:o2", "weibo:c2", "web:o3", "weibo:c4"].sort(),
        );
        expect(await found(store, "stories", "*")).toHaveLength(2);
        expect((await found(store, "alerts", "*")).map(({ id }) => id)).toEqual(["a-2"]);
        expect((await found(store, "captures", "*")).map(({ id }) => id).sort()).toEqual(["k2", "k3", "k4"]);
        expect([1, 2, 3].map((n) => existsSync(path.join(evidence, WARC(n))))).toEqual([false, true, true]);
        expect(existsSync(path.join(evidence, `${WARC(1)}.sha256`))).toBe(false);
      } finally {
        await fixture.cleanup();
      }
    });

    it("leaves what an import of the posts that stay would give", async () => {
      using folder = temporaryFolder();
      const fixture = await open();
      const { store, settle = async () => {} } = fixture;
      const other = await openSqliteStore(":memory:");
      try {
        const posts = drafted(
          Array.from({ length: 60 }, (_, i) => ({
            hour: i % 29,
            from: (i * 7) % 60,
            to: ARTICLE.length - ((i * 13) % 40),
            old: i % 3 === 0,
            other: i % 5 === 0,
            repost: i % 4 === 0 ? (i * 3) % 60 : null,
          })),
        );
        await work(store, posts);
        await settle();
        await pruned(store, folder.dir);
        await settle();
        await work(
          other,
          posts.filter(({ collected_at }) => collected_at > LONG_AGO),
        );
        const expected = await findingsOf(other);
        expect(expected.stories.length).toBeGreaterThan(0);
        expect(differences(await findingsOf(store), expected)).toEqual([]);
      } finally {
        await other.close();
        await fixture.cleanup();
      }
    });
  });
}

promises("SQLite", async () => {
  const store = await openSqliteStore(":memory:");
  return { store, cleanup: () => store.close() };
});

await withServer("elasticsearch", (url) => {
  const file = storeOfFile([url]);
  const connecting = connect(file.options);
  afterAll(async () => {
    await (await connecting).close();
    await file.remove();
  });
  promises("Elasticsearch", file.open);

  describe("pruning Elasticsearch", () => {
    it("takes away also what no search finds any more, and ends what was begun", async () => {
      using folder = temporaryFolder();
      const connection = await connecting;
      const { prefix } = file.options;
      const fixture = await file.open();
      try {
        const { store } = fixture;
        await store.savePosts(pairs());
        await file.settle();
        // As a lifecycle does it.
        await connection.ask((client) => client.indices.delete({ index: `${prefix}-posts-2021.09` }));
        // As a run that was killed leaves it.
        const { hits } = await connection.ask((client) =>
          client.search({ index: `${prefix}-ledger`, query: { term: { id: "weibo:c0" } } }),
        );
        await connection.ask((client) =>
          client.index({
            index: `${prefix}-ledger`,
            id: "weibo:c0",
            document: { ...(hits.hits[0]!._source as object), waits: ["analyze", "remove"] },
          }),
        );
        await file.settle();
        await pruned(store, folder.dir);
        const left = await connection.ask((client) => client.count({ index: `${prefix}-ledger` }));
        expect(left.count).toBe(0);
      } finally {
        await fixture.cleanup();
      }
    });
  });
});

await withServer("redis", (redis) =>
  withServer("elasticsearch", (url) => {
    describe("pruning beside workers", () => {
      it("takes the keys out of Redis, too, and leaves the workers what waits", async () => {
        using folder = temporaryFolder();
        const file = storeOfFile([url]);
        const { reopen } = await file.open();
        const prefix = `prune-${randomUUID()}`;
        const lines = [...OTHERS, ...OTHERS].map((text, i) =>
          JSON.stringify({ platform: "weibo", id: `p${i}`, account: { id: `a${i}` }, text }),
        );
        await importDistributed({ dir: folder.dir, redis, prefix, openStore: reopen! }, lines);
        // What no search finds yet is held.
        await file.settle();
        const config = configSchema.parse({
          ...{ data: path.join(folder.dir, "data"), store: "elasticsearch", queue: "bullmq" },
          redis: { url: redis, prefix },
          retention: { holds: ["id:weibo:p1"] },
        });
        const store = await reopen!();
        const parts = await assemble(config, { log: quiet, sources: [], store });
        try {
          const late = () => new Date(Date.now() + 200 * 86_400_000);
          const { tallies } = await prune({ ...parts, now: late }, { keep_days: 100, dry: false });
          expect(tallies[0]).toEqual({ kind: "posts", seen: 8, removed: 7, kept: { held: 1 } });
          const connection = await connectRedis(redis);
          expect(await connection.get(`{${prefix}}:k:size`)).toBe("1");
          connection.disconnect();
          await file.settle();
          expect(await store.waiting("analyze", 10)).toEqual(["weibo:p1"]);
          expect(await store.count("stories", { kind: "all" })).toBe(1);
        } finally {
          await parts.close();
          await file.remove();
        }
      });
    });
  }),
);

describe("headwater prune", () => {
  it("does nothing before it is told how long things are kept, and then tells the same in words and in JSON", async () => {
    using folder = temporaryFolder();
    const data = path.join(folder.dir, "data");
    await headwater(["up", "--once", "--data", data]);
    const asked = await headwater(["prune", "--data", data]);
    expect(asked.code).toBe(64);
    expect(asked.err).toContain("retention.keep_days");
    const dry = await headwater(["prune", "--dry-run", "--keep-days", "1", "--data", data]);
    expect(dry).toMatchObject({ code: 0 });
    expect(dry.out).toMatch(/posts +\d+ +0 +\d+ +\d+ recent/);
    const json = await headwater(["prune", "--keep-days", "1", "--json", "--data", data]);
    const { dry_run, tallies } = JSON.parse(json.out);
    expect(dry_run).toBe(false);
    expect(tallies[0]).toMatchObject({ kind: "posts", removed: 0 });
  });
});
