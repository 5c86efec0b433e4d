import { describe, expect, it } from "vitest";
import {
  analyze,
  found,
  ids,
  readings,
  sampleCapture,
  sampleFindings,
  sampleLink,
  samplePost,
  sampleRun,
  sampleStory,
} from "./store.samples.ts";
import type { Current } from "./store.suite.ts";

/** What was written is there when the store is opened again. */
export function durablePromises(current: Current): void {
  describe("what was stored", () => {
    it("outlives closing", async () => {
      const { store, reopen, settle } = current();
      await store.savePosts([samplePost("web:a"), samplePost("web:b")]);
      const link = sampleLink("web:b", "web:a");
      await analyze(store, { findings: [sampleFindings("web:a")], links: [link], retrace: ["web:b"] });
      await settle();
      await store.judge(link, "confirmed", "an analyst", "2021-10-01T00:00:00.000Z");
      await store.saveTraces({ stories: [sampleStory("web:a", "web:b")], alone: [], read: [] });
      await analyze(store, { retrace: ["web:b"] });
      const [marked] = await readings(store, ["web:b"]);
      await store.saveRun(sampleRun("r1"));
      await store.cursors.write("a feed", { page: 2 });
      await store.saveCaptures([sampleCapture("c1")]);

      await settle();

      const again = await reopen();
      const { keys: _, ...findings } = sampleFindings("web:a");
      expect(await again.getPosts(["web:a"])).toEqual([
        expect.objectContaining({ post: samplePost("web:a"), findings, story: "web:a" }),
      ]);
      expect(await ids(again, "text")).toEqual(["web:a", "web:b"]);
      expect(await again.linksOf(["web:a"])).toEqual([{ ...link, verdict: "confirmed" }]);
      expect(await again.waiting("analyze", 10, "v1")).toEqual(["web:b"]);
      expect(await again.waiting("trace", 10)).toEqual(["web:b"]);
      expect(await again.getTrace("web:a")).toEqual(sampleStory("web:a", "web:b"));
      expect(await found(again, "runs", "*")).toEqual([sampleRun("r1")]);
      expect(await found(again, "captures", "*")).toEqual([sampleCapture("c1")]);
      expect(await again.cursors.read("a feed")).toEqual({ page: 2 });
      expect(await again.savePosts([samplePost("web:a")])).toEqual(["known"]);
      await again.saveTraces({ stories: [], alone: ["web:b"], read: [marked!] });
      await settle();
      expect(await again.waiting("trace", 10)).toEqual([]);
    });
  });
}
