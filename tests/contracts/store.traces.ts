import { beforeEach, describe, expect, it } from "vitest";
import type { Reading, Store } from "../../contracts/store.ts";
import { parseQuery } from "../../text/query.ts";
import { analyze, found, readings, sampleLink, samplePost, sampleStory } from "./store.samples.ts";
import type { Current } from "./store.suite.ts";

/** Stories and traces: a view of the posts, replaced whole. */
export function tracePromises(current: Current): void {
  describe("stories and traces", () => {
    const posts = ["web:a", "web:b", "web:c", "weibo:d"];
    beforeEach(async () => {
      await current().store.savePosts(posts.map((id) => samplePost(id)));
    });

    async function tell(
      stories: string[][],
      alone: string[] = [],
      read?: readonly Reading[],
    ): Promise<Store> {
      const { store, settle } = current();
      refused = await store.saveTraces({
        stories: stories.map((members) => sampleStory(...members)),
        alone,
        read: read ?? (await readings(store, [...stories.flat(), ...alone])),
      });
      await settle();
      return store;
    }
    let refused: readonly string[] = [];
    const named = async (store: Store) => (await store.getPosts(posts)).map(({ story }) => story);

    it("come back whole", async () => {
      const store = await tell([["web:a", "weibo:d"]]);
      const { story, trace } = sampleStory("web:a", "weibo:d");
      expect(await store.getTrace("web:a")).toEqual({ story, trace });
      expect(await store.getTrace("weibo:d")).toBeNull();
      expect(await store.getStories(["weibo:d", "web:a"])).toEqual([story]);
      expect(await found(store, "stories", "*")).toEqual([story]);
      expect(await found(store, "traces", "*")).toEqual([trace]);
      expect(await named(store)).toEqual(["web:a", null, null, "web:a"]);
    });

    it("are the same when saved twice", async () => {
      await tell([["web:a", "web:b"]]);
      const store = await tell([["web:a", "web:b"]]);
      expect(await store.count("stories", { kind: "all" })).toBe(1);
      expect(await named(store)).toEqual(["web:a", "web:a", null, null]);
    });

    it("grow, merge, split and end", async () => {
      let store = await tell([["web:b", "web:c"]]);
      store = await tell([["web:a", "web:b", "web:c"]]);
      expect(await named(store)).toEqual(["web:a", "web:a", "web:a", null]);
      expect(await store.getTrace("web:b")).toBeNull();
      store = await tell([
        ["web:a", "web:b"],
        ["web:c", "weibo:d"],
      ]);
      expect(await named(store)).toEqual(["web:a", "web:a", "web:c", "web:c"]);
      store = await tell([["web:a", "web:b", "web:c", "weibo:d"]]);
      expect(await store.count("stories", { kind: "all" })).toBe(1);
      store = await tell([["web:a", "web:b"]], ["web:c", "weibo:d"]);
      expect(await named(store)).toEqual(["web:a", "web:a", null, null]);
      store = await tell([], ["web:a", "web:b"]);
      expect(await named(store)).toEqual([null, null, null, null]);
      expect(await store.count("traces", { kind: "all" })).toBe(0);
    });

    it("are waited for by the posts marked, until they are traced", async () => {
      const { store, settle } = current();
      await analyze(store, { retrace: ["web:a", "web:b", "web:c"] });
      await settle();
      expect(await store.waiting("trace", 2)).toHaveLength(2);
      expect((await store.waiting("trace", 10)).toSorted()).toEqual(["web:a", "web:b", "web:c"]);
      await tell([["web:a", "web:b"]]);
      expect(await store.waiting("trace", 10)).toEqual(["web:c"]);
      await tell([], ["web:c"]);
      expect(await store.waiting("trace", 10)).toEqual([]);
    });

    it("do not end the wait of a post marked again while it was traced", async () => {
      const { store, settle } = current();
      await analyze(store, { retrace: ["web:a", "web:b", "web:c"] });
      const read = await readings(store, posts);
      await settle();
      await analyze(store, { retrace: ["web:b"] });
      await settle();
      // Whoever asks what waits in between, and however often.
      expect((await store.waiting("trace", 10)).toSorted()).toEqual(["web:a", "web:b", "web:c"]);
      await tell([["web:a", "web:b"]], ["web:c"], read);
      expect([...refused].toSorted()).toEqual(["web:a", "web:b"]);
      expect(await named(store)).toEqual([null, null, null, null]);
      expect((await store.waiting("trace", 10)).toSorted()).toEqual(["web:a", "web:b"]);
    });

    it("of two that trace at once do not undo what the other has seen", async () => {
      const { store, settle } = current();
      await analyze(store, { links: [sampleLink("web:b", "web:a")], retrace: ["web:a", "web:b"] });
      const early = await readings(store, ["web:a", "web:b"]);
      // A third post comes and is traced before the first has saved what it makes of two.
      await analyze(store, { links: [sampleLink("web:c", "web:b")], retrace: ["web:b", "web:c"] });
      await settle();
      await tell([["web:a", "web:b", "web:c"]]);
      expect(refused).toEqual([]);
      expect(await store.waiting("trace", 10)).toEqual([]);
      await tell([["web:a", "web:b"]], [], early);
      expect([...refused].toSorted()).toEqual(["web:a", "web:b"]);
      expect(await named(store)).toEqual(["web:a", "web:a", "web:a", null]);
    });

    it("are refused one by one: what was not marked meanwhile is saved", async () => {
      const { store, settle } = current();
      await analyze(store, { retrace: posts });
      const read = await readings(store, posts);
      await analyze(store, { retrace: ["web:c"] });
      await settle();
      await tell([["web:a", "web:b"]], ["web:c", "weibo:d"], read);
      expect(refused).toEqual(["web:c"]);
      expect(await named(store)).toEqual(["web:a", "web:a", null, null]);
      expect(await store.waiting("trace", 10)).toEqual(["web:c"]);
    });

    it("of which a post has been taken away meanwhile are refused, and what stays of them waits", async () => {
      const { store, settle } = current();
      await analyze(store, { retrace: posts });
      const read = await readings(store, posts);
      await store.removePosts(["web:b", "weibo:d"]);
      await settle();
      await tell([["web:a", "web:b"]], ["web:c", "weibo:d"], read);
      expect(refused).toEqual(["web:a"]);
      expect(await store.count("stories", { kind: "all" })).toBe(0);
      expect(await store.waiting("trace", 10)).toEqual(["web:a"]);
    });

    it("are found by their fields", async () => {
      const store = await tell([
        ["web:a", "web:b"],
        ["web:c", "weibo:d"],
      ]);
      for (const [query, expected] of [
        ["story:web:a", ["web:a"]],
        ["members:weibo:d", ["web:c"]],
        ["members:web:*", ["web:a", "web:c"]],
        ["platforms:weibo", ["web:c"]],
        ["-platforms:weibo", ["web:a"]],
        ["languages:zh", ["web:a", "web:c"]],
        ["first:2021-09-09 last:<=2021-09-10", ["web:a", "web:c"]],
        ["first:>2021-09-09", []],
      ] as const) {
        const stories = await found(store, "stories", query);
        expect([query, stories.map(({ story }) => story).toSorted()]).toEqual([query, expected]);
        expect([query, await store.count("stories", parseQuery(query))]).toEqual([query, expected.length]);
      }
      expect((await found(store, "traces", "origin:web:c")).map(({ story }) => story)).toEqual(["web:c"]);
      expect(await found(store, "traces", "origin_status:observed")).toHaveLength(2);
      expect(await found(store, "traces", "-origin:*")).toEqual([]);
    });
  });
}
