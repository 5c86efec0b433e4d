import { describe, expect, it } from "vitest";
import type { Post } from "../../contracts/post.ts";
import { analyze, ids, sampleFindings, samplePost } from "./store.samples.ts";
import type { Current } from "./store.suite.ts";

const FIRST = "2021-09-10T00:00:00.000Z";
const SECOND = "2021-09-11T00:00:00.000Z";
const THIRD = "2021-09-12T00:00:00.000Z";

/** Saving posts: idempotent, and of several versions the last collected is current whatever came first. */
export function postPromises(current: Current): void {
  describe("posts", () => {
    it("are found by searches once they were refreshed, as they are by then", async () => {
      const { store } = current();
      await store.savePosts([samplePost("web:1")]);
      await store.refresh("posts");
      expect(await ids(store, "id:web:1")).toEqual(["web:1"]);
      await analyze(store, { findings: [sampleFindings("web:1", { actor: "someone" })] });
      await store.refresh("posts");
      expect(await ids(store, "actor:someone")).toEqual(["web:1"]);
    });

    it("come back whole, in the order asked, without those that are not there", async () => {
      const { store } = current();
      const whole = samplePost("wechat:mp-1", {
        url: "https://mp.example/s/1",
        account: { id: "gh_1", handle: "daily", name: "加国日报" },
        title: "标题",
        text: "正文 “quoted” \u0000 \\ \u{20bb7} 💥",
        lang_declared: "zh",
        engagement: { views: 100_000, likes: null, reposts: 3, comments: 0 },
        references: [
          { kind: "link", url: "https://news.example/a" },
          { kind: "mention", handle: "paper" },
        ],
        media: [{ kind: "image", url: "https://cdn.example/1.jpg?sign=1", sha256: "ab" }],
        declared_source: { kind: "reprint", name: "一家报纸", url: "https://news.example/a" },
        sha256: "cd",
      });
      const bare = samplePost("web:1", { published_at: null, text: "" });
      expect(await store.savePosts([whole, bare])).toEqual(["added", "added"]);
      const read = await store.getPosts(["web:1", "web:none", "wechat:mp-1"]);
      expect(read).toEqual([
        { post: bare, revision: expect.any(String), mark: null, findings: null, story: null },
        { post: whole, revision: expect.any(String), mark: null, findings: null, story: null },
      ]);
      expect(await store.getPosts([])).toEqual([]);
      expect(await store.savePosts([])).toEqual([]);
    });

    it("that come again are known, in one call or another", async () => {
      const { store, settle } = current();
      const post = samplePost("web:1");
      expect(await store.savePosts([post, post])).toEqual(["added", "known"]);
      expect(await store.savePosts([post])).toEqual(["known"]);
      expect(await store.savePosts([{ ...post, collected_at: "2021-10-01T00:00:00.000Z" }])).toEqual([
        "known",
      ]);
      await settle();
      expect(await store.count("posts", { kind: "all" })).toBe(1);
      expect(await ids(store, "text")).toEqual(["web:1"]);
      expect((await store.getPosts(["web:1"]))[0]!.post).toEqual(post);
    });

    it("that changed are found by the new words, not by the old, and wait for analysis", async () => {
      const { store, settle } = current();
      const before = samplePost("web:1", { text: "the former wording", collected_at: FIRST });
      const after = samplePost("web:1", { text: "a later 措辞", collected_at: SECOND });
      await store.savePosts([before]);
      await analyze(store, { findings: [sampleFindings("web:1")] });
      expect(await store.savePosts([after])).toEqual(["changed"]);
      await settle();
      expect(await ids(store, "former")).toEqual([]);
      expect(await ids(store, "措辞")).toEqual(["web:1"]);
      expect(await store.waiting("analyze", 10, "v1")).toEqual(["web:1"]);
      const [stored] = await store.getPosts(["web:1"]);
      expect(stored!.post).toEqual(after);
      // What was found of the former content says that there may be links to withdraw.
      expect(stored!.findings).not.toBeNull();
    });

    it("end in the same state in whatever order their versions came", async () => {
      const { store } = current();
      const versions = [
        samplePost("web:x", { text: "one", collected_at: FIRST }),
        samplePost("web:x", { text: "two", collected_at: SECOND }),
        samplePost("web:x", { text: "one", collected_at: THIRD }),
        samplePost("web:x", { text: "two", collected_at: FIRST, source: "another" }),
      ];
      const ends: Post[] = [];
      for (const [n, order] of orders(versions.length).entries()) {
        const id = `web:${n}`;
        for (const at of order) await store.savePosts([{ ...versions[at]!, id }]);
        ends.push({ ...(await store.getPosts([id]))[0]!.post, id: "web:x" });
      }
      // `one` was seen last; it was first seen at the beginning.
      for (const end of ends) expect(end).toEqual(versions[0]);
    });

    it("of two versions collected at once keep the same one whichever came first", async () => {
      const { store } = current();
      const one = (id: string) => samplePost(id, { text: "one" });
      const two = (id: string) => samplePost(id, { text: "two" });
      await store.savePosts([one("web:1"), two("web:1")]);
      await store.savePosts([two("web:2"), one("web:2")]);
      const [a, b] = await store.getPosts(["web:1", "web:2"]);
      expect(a!.post.text).toBe(b!.post.text);
    });

    it("tell an older version that comes late as changed once, and keep the later one", async () => {
      const { store, settle } = current();
      const older = samplePost("web:1", { text: "older", collected_at: FIRST });
      const later = samplePost("web:1", { text: "later", collected_at: SECOND });
      expect(await store.savePosts([later, older, older, later])).toEqual([
        "added",
        "changed",
        "known",
        "known",
      ]);
      await settle();
      expect(await ids(store, "later")).toEqual(["web:1"]);
      expect(await ids(store, "older")).toEqual([]);
    });

    it("take new counts without counting as changed", async () => {
      const { store } = current();
      const counts = (views: number) => ({ views, likes: null, reposts: null, comments: null });
      const seen = (collected_at: string, views: number | null) =>
        samplePost("web:1", { collected_at, engagement: views === null ? null : counts(views) });
      const observations = [seen(FIRST, 10), seen(SECOND, 20), seen(THIRD, null)];
      for (const order of orders(3)) {
        const id = `web:${order.join("")}`;
        const outcomes = [];
        for (const at of order) outcomes.push(...(await store.savePosts([{ ...observations[at]!, id }])));
        expect(outcomes).toEqual(["added", "known", "known"]);
        const { post } = (await store.getPosts([id]))[0]!;
        expect([post.engagement, post.collected_at]).toEqual([counts(20), FIRST]);
      }
    });

    it("without a time are bounded by the first time they were seen, and are analysed again when that moves", async () => {
      const { store } = current();
      const seen = (collected_at: string) => samplePost("web:1", { published_at: null, collected_at });
      await store.savePosts([seen(SECOND)]);
      await analyze(store, { findings: [sampleFindings("web:1")] });
      expect(await store.savePosts([seen(THIRD)])).toEqual(["known"]);
      expect(await store.waiting("analyze", 10, "v1")).toEqual([]);
      expect(await store.savePosts([seen(FIRST)])).toEqual(["changed"]);
      expect((await store.getPosts(["web:1"]))[0]!.post.published.latest).toBe(FIRST);
      expect(await store.waiting("analyze", 10, "v1")).toEqual(["web:1"]);
    });
  });
}

/** All orders of 0 … n − 1. */
function orders(n: number): number[][] {
  if (n === 0) return [[]];
  return orders(n - 1).flatMap((order) =>
    Array.from({ length: n }, (_, at) => [...order.slice(0, at), n - 1, ...order.slice(at)]),
  );
}
