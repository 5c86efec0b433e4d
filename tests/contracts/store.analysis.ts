import { describe, expect, it } from "vitest";
import { analyze, sampleFindings, samplePost } from "./store.samples.ts";
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
      const none = { fingerprints: new Uint32Array(), names: [] };
      await analyze(store, { findings: [sampleFindings("web:1"), sampleFindings("web:2", { keys: none })] });
      await settle();
      const keys = [];
      for await (const entry of store.keys()) keys.push(entry);
      expect(keys.toSorted((a, b) => (a.post < b.post ? -1 : 1))).toEqual([
        { post: "web:1", keys: sampleFindings("web:1").keys },
        { post: "web:2", keys: none },
      ]);
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
  });
}
