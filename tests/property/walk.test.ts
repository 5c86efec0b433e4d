import fc from "fast-check";
import { expect, test } from "vitest";
import { type WalkCursor, type WalkPage, walkBack } from "../../collectors/walk.ts";
import { RetryLater } from "../../contracts/errors.ts";

const PAGE = 3;

/** A list as platforms keep it: newest first, some of it deleted, pages by the number they begin below. */
function pageOf(list: readonly number[], token: string | null): WalkPage {
  const below = list.filter((one) => token === null || one < Number(token)).sort((a, b) => b - a);
  const page = below.slice(0, PAGE);
  const items = page.map((one) => ({ where: `${one}`, raw: one, key: `${one}` }));
  return { items, next: below.length > PAGE ? `${page.at(-1)}` : null };
}

const step = fc.record({
  /** What is published before the crawl, and while it goes on. */
  before: fc.nat(12),
  during: fc.nat(4),
  /** The crawl reads so many pages; the process dies before the next is stored, or the service refuses it. */
  pages: fc.integer({ min: 1, max: 4 }),
  dies_after: fc.option(fc.nat(3), { nil: null }),
  refuses_at: fc.option(fc.nat(3), { nil: null }),
  deletes: fc.option(fc.nat(100), { nil: null }),
});

test("invariant 2: whatever is published, deleted, cut and refused, what came after the first walk is read", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const list = [1, 2, 3];
      let newest = 3;
      const deleted = new Set<number>();
      const read = new Set<unknown>();
      let cursor: WalkCursor | null = null;
      const publish = (count: number) => {
        for (let i = 0; i < count; i++) list.push(++newest);
      };
      const crawl = async (
        pages: number,
        dies_after: number | null,
        refuses_at: number | null,
        during: number,
      ) => {
        let asked = 0;
        const walk = {
          of: "list",
          pages,
          ask: async (token: string | null) => {
            if (asked++ === refuses_at) throw new RetryLater("too often", 1_000);
            const page = pageOf(list, token);
            if (asked === 1) publish(during);
            return page;
          },
        };
        const io = {
          fetch: () => Promise.reject(new Error("nothing is fetched")),
          now: () => new Date("2026-01-01T00:00:00Z"),
          signal: new AbortController().signal,
          secrets: {},
          warn: () => {},
        };
        let stored = 0;
        try {
          for await (const page of walkBack(walk, cursor, io)) {
            if (stored++ === dies_after) return;
            for (const { raw } of page.records) read.add(raw);
            cursor = page.next;
          }
        } catch (error) {
          if (!(error instanceof RetryLater)) throw error;
        }
      };
      await crawl(1, null, null, 0);
      for (const { before, during, pages, dies_after, refuses_at, deletes } of steps) {
        publish(before);
        if (deletes !== null && list.length > 0) {
          const [gone] = list.splice(deletes % list.length, 1);
          deleted.add(gone!);
        }
        await crawl(pages, dies_after, refuses_at, during);
      }
      // What was cut may take several crawls; one of many pages ends it, and the next begins from the newest.
      await crawl(200, null, null, 0);
      await crawl(200, null, null, 0);
      const missed = Array.from({ length: newest }, (_, i) => i + 1).filter(
        (one) => !read.has(one) && !deleted.has(one),
      );
      expect(missed).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
