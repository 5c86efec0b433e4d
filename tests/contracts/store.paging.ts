import { describe, expect, it } from "vitest";
import { analyze, ids, sampleFindings, sampleKeys, samplePost } from "./store.samples.ts";
import type { Current } from "./store.suite.ts";

/** More than any store's page. */
const MANY = 2_500;

/** Reading much while others write: what was there at the beginning comes once. */
export function pagingPromises(current: Current): void {
  describe("reading while others write", () => {
    it("gives each post that was there once", async () => {
      const { store, settle } = current();
      const posts = Array.from({ length: MANY }, (_, i) =>
        samplePost(`web:${String(i).padStart(5, "0")}`, {
          published_at: new Date(Date.UTC(2021, 0, 1, 0, 0, i % 700)).toISOString(),
          text: `post number ${i}`,
        }),
      );
      await store.savePosts(posts);
      await settle();
      const seen: string[] = [];
      let times = 0;
      for await (const { post } of store.find("posts", { kind: "all" })) {
        seen.push(post.id);
        if (seen.length % 500 !== 0) continue;
        times++;
        await store.savePosts([
          samplePost(`web:new-${times}`, { published_at: "2020-01-01T00:00:00.000Z" }),
          { ...posts[0]!, text: `changed ${times}`, collected_at: `2022-01-0${times}T00:00:00.000Z` },
        ]);
        await analyze(store, { findings: [sampleFindings(posts[times]!.id)] });
      }
      const before = seen.filter((id) => !id.startsWith("web:new-"));
      expect(before).toHaveLength(MANY);
      expect(new Set(before).size).toBe(MANY);
      await settle();
      const ordered = posts.toSorted((a, b) => (a.published_at! + a.id < b.published_at! + b.id ? -1 : 1));
      expect((await ids(store, "number", { limit: 3 })).length).toBe(3);
      expect(before).toEqual(ordered.map(({ id }) => id));
    });

    it("restores all keys, each post once", async () => {
      const { store, settle } = current();
      const posts = Array.from({ length: MANY }, (_, i) => samplePost(`web:${i}`));
      await store.savePosts(posts);
      const names = Uint32Array.of(3, 5);
      await analyze(store, {
        findings: posts.slice(1).map(({ id }, i) =>
          sampleFindings(id, {
            keys: sampleKeys({
              wording: i,
              passages: Uint32Array.of(i, 0xffffffff).subarray(i % 2),
              shows: names.subarray(i % 3),
            }),
          }),
        ),
      });
      await settle();
      const seen = new Set<string>();
      for await (const { post, keys } of store.keys()) {
        const i = Number(post.slice(4)) - 1;
        expect(seen.has(post)).toBe(false);
        seen.add(post);
        if (i % 500 === 0) await store.savePosts([samplePost(`web:late-${i}`)]);
        if (i % 100 > 3) continue;
        expect(keys.wording).toBe(i);
        expect([...keys.passages]).toEqual(i % 2 === 0 ? [i, 0xffffffff] : [0xffffffff]);
        expect([...keys.shows]).toEqual([3, 5].slice(i % 3));
      }
      expect(seen.size).toBe(MANY - 1);
    });

    it("may be left at any time", async () => {
      const { store, settle } = current();
      await store.savePosts([samplePost("web:1"), samplePost("web:2")]);
      await settle();
      for await (const _ of store.find("posts", { kind: "all" })) break;
      expect(await store.savePosts([samplePost("web:3")])).toEqual(["added"]);
    });
  });
}
