import { describe, expect, it } from "vitest";
import { found, sampleCapture, sampleRun } from "./store.samples.ts";
import type { Current } from "./store.suite.ts";

/** Runs, quarantine, captures and cursors. */
export function recordPromises(current: Current): void {
  describe("runs, quarantine and cursors", () => {
    it("keeps the last state of a run, oldest first", async () => {
      const { store, settle } = current();
      const later = sampleRun("r1", { started_at: "2021-10-02T00:00:00.000Z" });
      const earlier = sampleRun("r2", { source: "another feed" });
      await store.saveRun(later);
      await store.saveRun(earlier);
      const done = {
        ...earlier,
        status: "done",
        ended_at: "2021-10-01T00:00:00.000Z",
        problems: ["item 3: no date"],
      } as const;
      await store.saveRun(done);
      await settle();
      expect(await found(store, "runs", "*")).toEqual([done, later]);
      expect(await found(store, "runs", "status:running")).toEqual([later]);
      expect(await found(store, "runs", 'source:"another feed" collector:rss')).toEqual([done]);
      expect(await found(store, "runs", "started_at:>=2021-10")).toEqual([later]);
      expect(await store.count("runs", { kind: "all" })).toBe(2);
    });

    it("keeps what was set aside, once an id", async () => {
      const { store, settle } = current();
      const item = (id: string, reason: string) => ({
        id,
        run: "r1",
        source: "a file",
        where: `posts.jsonl line ${id}`,
        reason,
        raw: '{"platform":"?"',
        at: "2021-10-01T00:00:00.000Z",
      });
      const items = [item("1", 'unknown platform "?"'), item("2", "the line ends too early")];
      await store.setAside(items);
      await store.setAside(items.slice(1));
      await settle();
      expect(await found(store, "quarantine", "*")).toEqual(items);
      expect(await found(store, "quarantine", "reason:platform")).toEqual(items.slice(0, 1));
      expect(await found(store, "quarantine", '"too early"')).toEqual(items.slice(1));
      expect(await found(store, "quarantine", "id:2 run:r1")).toEqual(items.slice(1));
    });

    it("keeps captures by id, found by the hash of a post, by address and by file, oldest first", async () => {
      const { store, settle } = current();
      const later = sampleCapture("c1", {
        at: "2021-10-02T00:00:00.000Z",
        sha256: "b".repeat(64),
        offset: 5,
      });
      const earlier = sampleCapture("c2", { requested_url: "https://paper.example/old", hops: ["c0"] });
      await store.saveCaptures([later, earlier]);
      await store.saveCaptures([
        { ...later, offset: 7 },
        { ...later, repeats: "c2" },
      ]);
      await settle();
      const last = { ...later, repeats: "c2" };
      expect(await found(store, "captures", "*")).toEqual([earlier, last]);
      expect(await found(store, "captures", `sha256:${"b".repeat(64)}`)).toEqual([last]);
      expect(await found(store, "captures", 'url:"https://paper.example/a"')).toEqual([earlier, last]);
      expect(await found(store, "captures", 'requested_url:"https://paper.example/old"')).toEqual([earlier]);
      expect(await found(store, "captures", `file:"${last.file}" at:>=2021-10`)).toEqual([last]);
      expect(await found(store, "captures", "status:404")).toEqual([]);
    });

    it("keeps a cursor by name, null before it is written", async () => {
      const { store } = current();
      expect(await store.cursors.read("a feed")).toBeNull();
      const cursor = { etag: '"x"', seen: ["一"], at: null };
      await store.cursors.write("a feed", cursor);
      await store.cursors.write("another", 7);
      await store.cursors.write("another", null);
      expect(await store.cursors.read("a feed")).toEqual(cursor);
      expect(await store.cursors.read("another")).toBeNull();
    });
  });
}
