import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Store } from "../../contracts/store.ts";
import { openSqliteStore } from "../../stores/sqlite/index.ts";
import { findingsOf, temporaryFolder } from "../support/pipeline.ts";
import { ARTICLE } from "../support/posts.ts";
import { drafted, LONG_AGO, pruned, work } from "../support/prunable.ts";

const drafts = fc.array(
  fc.record({
    hour: fc.integer({ min: 0, max: 30 }),
    from: fc.integer({ min: 0, max: 60 }),
    to: fc.integer({ min: 100, max: ARTICLE.length }),
    old: fc.boolean(),
    other: fc.boolean(),
    repost: fc.option(fc.nat(12), { nil: null }),
  }),
  { minLength: 3, maxLength: 12 },
);

/** A store that stops in the middle of its nth call to take something away. */
function stopping(store: Store, after: number): Store {
  let calls = 0;
  const stop = () => {
    if (++calls > after) throw new Error("killed");
  };
  return {
    ...store,
    removePosts: async (ids) => {
      // One post at a time, so that there is a middle.
      for (const id of ids) {
        stop();
        await store.removePosts([id]);
      }
    },
    removeRecords: async (kind, ids) => {
      stop();
      await store.removeRecords(kind, ids);
    },
  };
}

describe("pruning", () => {
  it("leaves what an import of the posts that stay would give (invariant 1), and counts the same before and after", async () => {
    await fc.assert(
      fc.asyncProperty(drafts, async (drawn) => {
        using folder = temporaryFolder();
        const posts = drafted(drawn);
        const store = await openSqliteStore(":memory:");
        const other = await openSqliteStore(":memory:");
        try {
          await work(store, posts);
          const told = await pruned(store, folder.dir, {}, true);
          expect(await store.count("posts", { kind: "all" })).toBe(posts.length);
          const done = await pruned(store, folder.dir);
          expect(done).toEqual(told);
          for (const { seen, removed, kept } of done.tallies)
            expect(Object.values(kept).reduce((sum, items) => sum + items, removed)).toBe(seen);
          await work(
            other,
            posts.filter(({ collected_at }) => collected_at > LONG_AGO),
          );
          expect(await findingsOf(store)).toEqual(await findingsOf(other));
          const again = await pruned(store, folder.dir);
          expect(again.tallies.map(({ removed }) => removed)).toEqual(again.tallies.map(() => 0));
        } finally {
          await store.close();
          await other.close();
        }
      }),
      { numRuns: 40 },
    );
  });

  it("that is killed anywhere is ended by the next, and nothing that stays is lost (invariant 3)", async () => {
    await fc.assert(
      fc.asyncProperty(drafts, fc.nat(6), async (drawn, after) => {
        using folder = temporaryFolder();
        const posts = drafted(drawn);
        const store = await openSqliteStore(":memory:");
        const whole = await openSqliteStore(":memory:");
        try {
          await work(store, posts);
          await work(whole, posts);
          await pruned(whole, folder.dir);
          await pruned(stopping(store, after), folder.dir).catch(({ message }: Error) =>
            expect(message).toBe("killed"),
          );
          // What a worker does meanwhile decides nothing.
          await work(store, []);
          await pruned(store, folder.dir);
          expect(await findingsOf(store)).toEqual(await findingsOf(whole));
        } finally {
          await store.close();
          await whole.close();
        }
      }),
      { numRuns: 40 },
    );
  });
});
