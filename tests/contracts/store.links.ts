import { beforeEach, describe, expect, it } from "vitest";
import { UsageError } from "../../contracts/errors.ts";
import { analyze, found, sampleLink, samplePost } from "./store.samples.ts";
import type { Current } from "./store.suite.ts";

const AT = "2021-10-01T00:00:00.000Z";

/** Links: one a pair of posts, and a person's verdict outranks the machine. */
export function linkPromises(current: Current): void {
  describe("links", () => {
    beforeEach(async () => {
      const { store } = current();
      await store.savePosts(["web:a", "web:b", "web:c", "web:d"].map((id) => samplePost(id)));
    });

    const pairs = (links: readonly { child: string; parent: string }[]) =>
      links.map(({ child, parent }) => `${child} ${parent}`).toSorted();

    it("come back whole, once, for any of their posts", async () => {
      const { store, settle } = current();
      const ab = sampleLink("web:a", "web:b");
      const cb = sampleLink("web:c", "web:b", {
        overlap: null,
        lag_seconds: [null, -5],
        relation: "shared-link",
      });
      await analyze(store, { links: [ab, cb] });
      await analyze(store, { links: [ab] });
      await settle();
      expect(await store.linksOf(["web:a"])).toEqual([ab]);
      expect(await store.linksOf(["web:a", "web:b", "web:none"])).toHaveLength(2);
      expect(await store.linksOf(["web:c"])).toEqual([cb]);
      expect(await store.linksOf(["web:d"])).toEqual([]);
      expect(await store.linksOf([])).toEqual([]);
      expect(await store.count("links", { kind: "all" })).toBe(2);
    });

    it("are replaced when they are found anew, and turn round when the times do", async () => {
      const { store, settle } = current();
      await analyze(store, { links: [sampleLink("web:a", "web:b")] });
      const anew = sampleLink("web:b", "web:a", { score: 0.75, version: "v2" });
      await analyze(store, { links: [anew] });
      await settle();
      expect(await store.linksOf(["web:a"])).toEqual([anew]);
      expect(await found(store, "links", "*")).toEqual([anew]);
    });

    it("that no longer hold are withdrawn, whichever way round they are named", async () => {
      const { store, settle } = current();
      await analyze(store, { links: [sampleLink("web:a", "web:b"), sampleLink("web:c", "web:b")] });
      const withdrawn = [
        { child: "web:b", parent: "web:a" },
        { child: "web:x", parent: "web:y" },
      ];
      await analyze(store, { withdrawn });
      await settle();
      expect(pairs(await store.linksOf(["web:b"]))).toEqual(["web:c web:b"]);
    });

    it("keep a person's verdict through re-analysis and withdrawal, until it is taken back", async () => {
      const { store, settle } = current();
      const link = sampleLink("web:a", "web:b");
      await analyze(store, { links: [link, sampleLink("web:c", "web:d")] });
      await settle();
      expect(await store.judge({ child: "web:a", parent: "web:b" }, "rejected", "an analyst", AT)).toBe(true);
      expect(await store.judge({ child: "web:a", parent: "web:c" }, "rejected", "an analyst", AT)).toBe(
        false,
      );
      const anew = { ...link, score: 0.75, verdict: null, version: "v2" };
      await analyze(store, { links: [anew] });
      await settle();
      expect(await store.linksOf(["web:a"])).toEqual([{ ...anew, verdict: "rejected" }]);
      expect(await found(store, "links", "verdict:rejected")).toEqual([{ ...anew, verdict: "rejected" }]);
      await analyze(store, { withdrawn: [link] });
      await settle();
      expect(await store.linksOf(["web:a"])).toHaveLength(1);
      // The same pair, seen the other way round.
      await analyze(store, { links: [sampleLink("web:b", "web:a")] });
      await settle();
      expect(await store.linksOf(["web:a"])).toEqual([sampleLink("web:b", "web:a", { verdict: "rejected" })]);
      expect(await store.judge({ child: "web:b", parent: "web:a" }, "confirmed", "another", AT)).toBe(true);
      await settle();
      expect((await store.linksOf(["web:a"]))[0]!.verdict).toBe("confirmed");
      expect(await store.judge({ child: "web:b", parent: "web:a" }, null, "another", AT)).toBe(true);
      await settle();
      expect((await store.linksOf(["web:a"]))[0]!.verdict).toBeNull();
      await analyze(store, { withdrawn: [link] });
      await settle();
      expect(await store.linksOf(["web:a"])).toEqual([]);
    });

    it("have their posts traced again when a person judges them", async () => {
      const { store, settle } = current();
      await analyze(store, { links: [sampleLink("web:a", "web:b")] });
      await settle();
      await store.judge({ child: "web:a", parent: "web:b" }, "rejected", "an analyst", AT);
      await settle();
      expect((await store.waiting("trace", 10)).toSorted()).toEqual(["web:a", "web:b"]);
    });

    it("are found by their fields", async () => {
      const { store, settle } = current();
      const links = [
        sampleLink("web:a", "web:b"),
        sampleLink("web:c", "web:b", { relation: "quote", credit: "credited", score: 1, confidence: "low" }),
        sampleLink("web:d", "web:a", { status: "suggested", score: 0.25 }),
      ];
      await analyze(store, { links });
      await settle();
      await store.judge({ child: "web:c", parent: "web:b" }, "confirmed", "an analyst", AT);
      await settle();
      for (const [query, expected] of [
        ["*", ["web:a web:b", "web:c web:b", "web:d web:a"]],
        ["child:web:a", ["web:a web:b"]],
        ["parent:web:b", ["web:a web:b", "web:c web:b"]],
        ["child:web:a OR parent:web:a", ["web:a web:b", "web:d web:a"]],
        ["relation:quote", ["web:c web:b"]],
        ["credit:uncredited status:asserted", ["web:a web:b"]],
        ["confidence:low", ["web:c web:b"]],
        ["score:>=0.5", ["web:a web:b", "web:c web:b"]],
        ["score:{0.25 TO 1}", ["web:a web:b"]],
        ["score:0.25", ["web:d web:a"]],
        ["verdict:*", ["web:c web:b"]],
        ["-verdict:confirmed", ["web:a web:b", "web:d web:a"]],
      ] as const) {
        expect([query, pairs(await found(store, "links", query))]).toEqual([query, expected]);
      }
      expect(await found(store, "links", "*", { limit: 2 })).toHaveLength(2);
      await expect(found(store, "links", "copy")).rejects.toThrow(UsageError);
      await expect(found(store, "links", "score:much")).rejects.toThrow("is a number");
      await expect(found(store, "links", "platform:web")).rejects.toThrow("There is no field");
    });
  });
}
