import { describe, expect, it } from "vitest";
import {
  analyze,
  readings,
  sampleFindings,
  sampleKeys,
  sampleLink,
  samplePost,
  sampleStory,
} from "./store.samples.ts";
import type { Current } from "./store.suite.ts";

/** Findings, and which posts wait for a step. */
export function analysisPromises(current: Current): void {
  describe("analysis", () => {
    it("is waited for by new posts, and by those of another version", async () => {
      const { store, settle } = current();
      await store.savePosts([samplePost("web:1"), samplePost("web:2"), samplePost("web:3")]);
      await settle();
      expect((await store.waiting("analyze", 10, "v1")).toSorted()).toEqual(["web:1", "web:2", "web:3"]);
      expect(await store.waiting("analyze", 2, "v1")).toHaveLength(2);
      await analyze(store, {
        findings: [sampleFindings("web:1"), sampleFindings("web:2", { version: "v0" })],
      });
      await settle();
      expect((await store.waiting("analyze", 10, "v1")).toSorted()).toEqual(["web:2", "web:3"]);
      expect(await store.waiting("analyze", 10)).toEqual(["web:3"]);
      expect((await store.waiting("analyze", 10, "v2")).toSorted()).toEqual(["web:1", "web:2", "web:3"]);
      expect(await store.waiting("analyze", 1, "v2")).toHaveLength(1);
    });

    it("done again replaces what was found", async () => {
      const { store } = current();
      await store.savePosts([samplePost("web:1")]);
      const first = sampleFindings("web:1", {
        language: { lang: "fr", confidence: 1, second: "en" },
        actor: "a",
      });
      const second = sampleFindings("web:1", { version: "v2" });
      await analyze(store, { findings: [first] });
      await analyze(store, { findings: [second] });
      await analyze(store, { findings: [second] });
      const { keys: _, ...stored } = second;
      expect((await store.getPosts(["web:1"]))[0]!.findings).toEqual(stored);
    });

    it("keeps keys as they are, none too", async () => {
      const { store, settle } = current();
      await store.savePosts([samplePost("web:1"), samplePost("web:2")]);
      const none = sampleKeys({ wording: null });
      await analyze(store, { findings: [sampleFindings("web:1"), sampleFindings("web:2", { keys: none })] });
      await settle();
      const keys = [];
      for await (const entry of store.keys()) keys.push(entry);
      expect(keys.toSorted((a, b) => (a.post < b.post ? -1 : 1))).toEqual([
        { post: "web:1", keys: sampleFindings("web:1").keys },
        { post: "web:2", keys: none },
      ]);
    });

    it("of a post that changed meanwhile is refused whole, and the post waits on", async () => {
      const { store, settle } = current();
      const before = samplePost("web:1", {
        text: "the former wording",
        collected_at: "2021-10-01T00:00:00.000Z",
      });
      const after = samplePost("web:1", {
        text: "a later wording",
        collected_at: "2021-10-02T00:00:00.000Z",
      });
      await store.savePosts([before, samplePost("web:2")]);
      const read = await readings(store, ["web:1", "web:2"]);
      await store.savePosts([after]);
      const link = sampleLink("web:2", "web:1");
      const made = { findings: [sampleFindings("web:2")], links: [link], retrace: ["web:1", "web:2"] };
      expect(await analyze(store, { ...made, read })).toEqual(["web:1"]);
      await settle();
      expect((await store.waiting("analyze", 10, "v1")).toSorted()).toEqual(["web:1", "web:2"]);
      expect(await store.waiting("trace", 10)).toEqual([]);
      expect(await store.linksOf(["web:1"])).toEqual([]);
      // Read again, it is saved; and a post that comes again unchanged does not stand in its way.
      const again = await readings(store, ["web:1", "web:2"]);
      await store.savePosts([after, samplePost("web:2")]);
      expect(await analyze(store, { ...made, read: again })).toEqual([]);
      await settle();
      expect(await store.waiting("analyze", 10, "v1")).toEqual(["web:1"]);
    });

    it("of a post whose account changed meanwhile is refused: the actor comes from it", async () => {
      const { store } = current();
      const before = samplePost("web:1", { account: { id: "a", handle: "one" } });
      await store.savePosts([before]);
      const read = await readings(store, ["web:1"]);
      const account = { id: "a", handle: "two" };
      await store.savePosts([{ ...before, account, collected_at: "2021-09-01T00:00:00.000Z" }]);
      expect(await analyze(store, { findings: [sampleFindings("web:1")], read })).toEqual(["web:1"]);
    });

    it("withdraws no link that another may have saved since the post was read", async () => {
      const { store, settle } = current();
      await store.savePosts([samplePost("web:1"), samplePost("web:2")]);
      const link = sampleLink("web:2", "web:1");
      const read = await readings(store, ["web:1"]);
      await analyze(store, { links: [link], retrace: ["web:1", "web:2"] });
      const withdrawn = {
        findings: [sampleFindings("web:1")],
        withdrawn: [link],
        retrace: ["web:1", "web:2"],
      };
      expect(await analyze(store, { ...withdrawn, read })).toEqual(["web:1"]);
      await settle();
      expect(await store.linksOf(["web:1"])).toHaveLength(1);
    });

    it("marks a post again whose story may have been traced without its findings", async () => {
      const { store, settle } = current();
      await store.savePosts([samplePost("web:1"), samplePost("web:2"), samplePost("web:3")]);
      const read = await readings(store, ["web:1", "web:3"]);
      await analyze(store, { links: [sampleLink("web:2", "web:1")], retrace: ["web:1", "web:2"] });
      await settle();
      const traced = await readings(store, ["web:1", "web:2"]);
      await store.saveTraces({ stories: [sampleStory("web:1", "web:2")], alone: [], read: traced });
      const findings = [sampleFindings("web:1"), sampleFindings("web:3")];
      expect(await analyze(store, { findings, read })).toEqual([]);
      await settle();
      expect(await store.waiting("trace", 10)).toEqual(["web:1"]);
    });

    it("of a post that is not stored is refused and leaves nothing behind", async () => {
      const { store, settle } = current();
      await store.savePosts([samplePost("web:1")]);
      await expect(
        analyze(store, { findings: [sampleFindings("web:1"), sampleFindings("web:none")] }),
      ).rejects.toThrow("web:none");
      await settle();
      expect(await store.waiting("analyze", 10, "v1")).toEqual(["web:1"]);
    });

    it("marks nothing of what has been taken away meanwhile", async () => {
      const { store, settle } = current();
      await store.savePosts([samplePost("web:1"), samplePost("web:2")]);
      await store.removePosts(["web:2"]);
      expect(
        await analyze(store, { findings: [sampleFindings("web:1")], retrace: ["web:1", "web:2"] }),
      ).toEqual([]);
      await settle();
      expect(await store.waiting("trace", 10)).toEqual(["web:1"]);
    });

    it("tells which older posts carry some of the same", async () => {
      const { store, settle } = current();
      const at = (id: string, collected_at: string) => samplePost(id, { collected_at });
      const posts = ["wording", "passage", "own", "refers", "shows", "nothing"].map((id) => `web:${id}`);
      await store.savePosts([...posts.map((id) => at(id, OLD)), at("web:young", NEW)]);
      const keys = [
        sampleKeys({ wording: 7 }),
        sampleKeys({ wording: 8, passages: Uint32Array.of(11, 12) }),
        sampleKeys({ own: Uint32Array.of(21) }),
        sampleKeys({ refers: Uint32Array.of(31) }),
        sampleKeys({ shows: Uint32Array.of(41) }),
        sampleKeys({
          wording: 9,
          passages: Uint32Array.of(13),
          own: Uint32Array.of(31, 41),
          refers: Uint32Array.of(21),
        }),
        sampleKeys({ wording: 7 }),
      ];
      const findings = [...posts, "web:young"].map((id, i) => sampleFindings(id, { keys: keys[i]! }));
      await analyze(store, { findings });
      await settle();
      const asked = [
        { post: "web:a", keys: sampleKeys({ wording: 7, passages: Uint32Array.of(12, 14) }) },
        {
          post: "web:b",
          keys: sampleKeys({
            ...{ refers: Uint32Array.of(21), own: Uint32Array.of(31), shows: Uint32Array.of(41) },
          }),
        },
      ];
      const between = "2021-03-01T00:00:00.000Z";
      const found = await store.sharing(asked, between);
      expect(found.map(({ post }) => post).sort()).toEqual(posts.slice(0, 5).sort());
      for (const { post, keys: kept } of found) expect(kept).toEqual(keys[posts.indexOf(post)]);
      const young: string[] = [];
      for await (const { post } of store.keys(between)) young.push(post);
      expect(young).toEqual(["web:young"]);
      expect(await store.sharing(asked, OLD)).toEqual([]);
      expect(await store.sharing([], between)).toEqual([]);
    });
  });
}

const OLD = "2021-01-01T00:00:00.000Z";
const NEW = "2021-06-01T00:00:00.000Z";
