import { describe, expect, it } from "vitest";
import type { Bearing, Store } from "../../contracts/store.ts";
import {
  analyze,
  found,
  ids,
  sampleAlert,
  sampleCapture,
  sampleFindings,
  sampleLink,
  samplePost,
  sampleRun,
  sampleStory,
} from "./store.samples.ts";
import type { Current } from "./store.suite.ts";

const OLD = "2021-01-01T00:00:00.000Z";
const NEW = "2021-06-01T00:00:00.000Z";
const BETWEEN = "2021-03-01T00:00:00.000Z";

async function keysOf(store: Store): Promise<readonly string[]> {
  const posts: string[] = [];
  for await (const { post } of store.keys()) posts.push(post);
  return posts.sort();
}

async function collected(store: Store, at: string): Promise<readonly string[]> {
  const posts: string[] = [];
  for await (const { post } of store.collectedBefore(at)) posts.push(post.id);
  return posts.sort();
}

async function bearings(store: Store): Promise<readonly string[]> {
  const all: Bearing[] = [];
  for await (const each of store.bearings()) all.push(each);
  return [...new Set(all.map(({ post, sha256, url }) => `${post} ${sha256} ${url}`))].sort();
}

/** Three posts in a story and one beside it; the first two are old. */
async function fill(store: Store, settle: () => Promise<void>): Promise<void> {
  await store.savePosts([
    samplePost("web:1", { collected_at: OLD, sha256: "aa", url: "https://a.example/1" }),
    samplePost("wechat:2", { collected_at: OLD, account: { id: "gh_2", handle: "two" } }),
    samplePost("web:3", { collected_at: NEW }),
    samplePost("web:4", { collected_at: NEW }),
  ]);
  const all = ["web:1", "wechat:2", "web:3", "web:4"];
  await analyze(store, {
    findings: all.map((id) => sampleFindings(id)),
    links: [
      sampleLink("wechat:2", "web:1"),
      sampleLink("web:3", "web:1"),
      sampleLink("web:4", "web:3", { status: "suggested" }),
    ],
  });
  await store.saveVisits([{ post: "web:1", at: NEW, found: "seen", by: null, reason: null, sha256: "bb" }]);
  await settle();
  await store.judge(sampleLink("wechat:2", "web:1"), "confirmed", "an analyst", NEW);
  await store.saveTraces({
    stories: [sampleStory("web:1", "wechat:2", "web:3")],
    alone: ["web:4"],
    read: [],
  });
  await settle();
}

/** What is kept no longer goes whole. */
export function removalPromises(current: Current): void {
  describe("taking away", () => {
    it("tells what was collected before a time", async () => {
      const { store, settle } = current();
      await fill(store, settle);
      expect(await collected(store, BETWEEN)).toEqual(["web:1", "wechat:2"]);
      expect(await collected(store, OLD)).toEqual([]);
      expect(await collected(store, "2100-01-01T00:00:00.000Z")).toHaveLength(4);
    });

    it("tells what of the evidence posts bear on", async () => {
      const { store, settle } = current();
      await fill(store, settle);
      await store.savePosts([
        samplePost("web:1", { collected_at: NEW, text: "another wording", sha256: "cc" }),
      ]);
      await settle();
      expect(await bearings(store)).toEqual(
        [
          "web:1 aa https://a.example/1",
          "web:1 bb null",
          "web:1 cc null",
          ...["wechat:2", "web:3", "web:4"].map((id) => `${id} null null`),
        ].sort(),
      );
    });

    it("leaves nothing of a post, and marks what it was linked to or in a story with", async () => {
      const { store, settle } = current();
      await fill(store, settle);
      await store.savePosts([samplePost("wechat:2", { collected_at: BETWEEN, text: "another wording" })]);
      await settle();
      await store.removePosts(["web:1", "wechat:2", "web:none"]);
      await settle();
      expect((await store.getPosts(["web:1", "wechat:2", "web:3"])).map(({ post }) => post.id)).toEqual([
        "web:3",
      ]);
      expect(await ids(store, "*")).toEqual(["web:3", "web:4"]);
      expect(await ids(store, "another wording")).toEqual([]);
      expect(await store.count("posts", { kind: "all" })).toBe(2);
      expect(await keysOf(store)).toEqual(["web:3", "web:4"]);
      expect((await found(store, "links", "*")).map(({ child }) => child)).toEqual(["web:4"]);
      expect(await store.linksOf(["web:1", "wechat:2"])).toEqual([]);
      expect(await store.versionsOf("wechat:2")).toEqual([]);
      expect(await store.visitsOf("web:1")).toEqual([]);
      expect(await bearings(store)).toEqual(["web:3 null null", "web:4 null null"]);
      expect(await store.waiting("trace", 10)).toEqual(["web:3"]);
      expect(await store.waiting("analyze", 10)).toEqual(["web:3"]);
      await store.removePosts(["web:1", "wechat:2"]);
      expect(await store.count("posts", { kind: "all" })).toBe(2);
    });

    it("refuses what was made of a post that was taken away meanwhile", async () => {
      const { store, settle } = current();
      await fill(store, settle);
      const read = (await store.getPosts(["wechat:2", "web:4"])).map(({ post, revision, mark }) => ({
        ...{ post: post.id, revision, mark },
      }));
      await store.removePosts(["wechat:2"]);
      const link = sampleLink("web:4", "wechat:2");
      const made = { findings: [sampleFindings("web:4")], links: [link], withdrawn: [], retrace: [] };
      expect(await store.saveAnalysis({ ...made, read })).toContain("wechat:2");
      expect(await store.linksOf(["wechat:2"])).toEqual([]);
    });

    it("ends a story of which nothing is left, in however many calls", async () => {
      const { store, settle } = current();
      await fill(store, settle);
      await store.removePosts(["web:1"]);
      await store.removePosts(["web:3", "wechat:2"]);
      await settle();
      expect(await found(store, "stories", "*")).toEqual([]);
      expect(await found(store, "traces", "*")).toEqual([]);
      expect(await store.getTrace("web:1")).toBeNull();
      expect(await ids(store, "*")).toEqual(["web:4"]);
    });

    it("lets a post that comes again be new, with nothing of what was said of it", async () => {
      const { store, settle } = current();
      await fill(store, settle);
      await store.removePosts(["web:4"]);
      await store.removePosts(["web:1", "wechat:2", "web:3"]);
      const again = samplePost("wechat:2", { collected_at: NEW });
      expect(await store.savePosts([again])).toEqual(["added"]);
      expect(await store.getPosts(["wechat:2", "web:4"])).toEqual([
        expect.objectContaining({ post: again, findings: null, story: null, mark: null }),
      ]);
      expect(await store.waiting("analyze", 10)).toEqual(["wechat:2"]);
      expect(await store.waiting("trace", 10)).toEqual([]);
      await settle();
      expect(await ids(store, "*")).toEqual(["wechat:2"]);
    });

    it("takes records by their names, and with an alert what was decided on it", async () => {
      const { store, settle } = current();
      await store.saveRun(sampleRun("r1"));
      await store.saveRun(sampleRun("r2"));
      await store.saveCaptures([sampleCapture("c1"), sampleCapture("c2")]);
      await store.saveAlerts({ alerts: [sampleAlert("a-1", { items: ["web:1"] })], deliveries: [] });
      const judgement = { at: NEW, by: "an analyst", state: "closed", note: null } as const;
      await store.judgeAlert("a-1", judgement);
      await settle();
      await store.removeRecords("runs", ["r1", "none"]);
      await store.removeRecords("captures", ["c2"]);
      await store.removeRecords("alerts", ["a-1"]);
      await settle();
      expect((await found(store, "runs", "*")).map(({ run }) => run)).toEqual(["r2"]);
      expect((await found(store, "captures", "*")).map(({ id }) => id)).toEqual(["c1"]);
      expect(await store.getAlerts(["a-1"])).toEqual([]);
      expect(await store.count("alerts", { kind: "all" })).toBe(0);
      await store.saveAlerts({ alerts: [sampleAlert("a-1")], deliveries: [] });
      expect((await store.getAlerts(["a-1"]))[0]!.judgements).toEqual([]);
    });
  });
}
