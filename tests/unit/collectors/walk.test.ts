import { expect, test } from "vitest";
import { type Walk, type WalkCursor, type WalkItem, walkBack } from "../../../collectors/walk.ts";
import type { Page } from "../../../contracts/collector.ts";
import { RetryLater, SetAside } from "../../../contracts/errors.ts";

/** A list of numbers, newest first, two a page; its pages are asked for by the number they begin below. */
function list(numbers: number[], pages = 10) {
  const asked: (string | null)[] = [];
  const failing: { error: Error | null } = { error: null };
  const warnings: string[] = [];
  const clock = { now: new Date("2026-01-01T00:00:00Z") };
  const item = (number: number): WalkItem => ({ where: `${number}`, raw: number, key: `${number}` });
  const walk: Walk = {
    of: "numbers",
    pages,
    async ask(token) {
      asked.push(token);
      if (failing.error !== null && token !== null) throw failing.error;
      const below = numbers
        .filter((number) => token === null || number < Number(token))
        .sort((a, b) => b - a);
      const page = below.slice(0, 2);
      return { items: page.map(item), next: below.length > 2 ? `${page.at(-1)}` : null };
    },
  };
  const read = async (from: WalkCursor | null) => {
    const io = {
      fetch: () => Promise.reject(new Error("nothing is fetched")),
      now: () => clock.now,
      secrets: {},
      signal: new AbortController().signal,
      warn: (_: string, sentence: string) => void warnings.push(sentence),
    };
    const seen: unknown[] = [];
    let cursor = from;
    let failure: unknown = null;
    try {
      for await (const page of walkBack(walk, from, io) as AsyncGenerator<Page<WalkCursor>>) {
        seen.push(...page.records.map(({ raw }) => raw));
        cursor = page.next;
      }
    } catch (error) {
      failure = error;
    }
    return { seen, cursor, failure };
  };
  return { walk, asked, failing, warnings, clock, read, numbers };
}

test("the first walk goes as far back as it may, later ones to where the last began", async () => {
  const { read, numbers } = list([9, 8, 7, 6, 5, 4, 3, 2], 2);
  const first = await read(null);
  expect(first.seen).toEqual([9, 8, 7, 6]);
  numbers.push(10, 11, 12);
  const second = await read(first.cursor);
  expect(second.seen).toEqual([12, 11, 10, 9]);
  expect(second.cursor).toEqual({ of: "numbers", floor: "12", open: null });
});

test("more new items than one crawl reads leave no gap: the rest comes before what is newer still", async () => {
  const { read, numbers, warnings } = list([2, 1], 2);
  const first = await read(null);
  numbers.push(3, 4, 5, 6, 7, 8, 9);
  const second = await read(first.cursor);
  expect(second.seen).toEqual([9, 8, 7, 6]);
  expect(warnings).toHaveLength(1);
  numbers.push(10);
  const third = await read(second.cursor);
  expect(third.seen).toEqual([5, 4, 3, 2]);
  const fourth = await read(third.cursor);
  expect(fourth.seen).toEqual([10, 9]);
});

test("a crash or a limit in the middle of a walk is gone on with", async () => {
  const { read, failing, clock, asked } = list([9, 8, 7, 6, 5], 10);
  failing.error = new RetryLater("wait", 120_000);
  const first = await read(null);
  expect(first.failure).toBe(failing.error);
  expect(first.cursor).toMatchObject({
    rest_until: "2026-01-01T00:02:00.000Z",
    open: { top: "9", next: "8" },
  });
  failing.error = null;
  expect((await read(first.cursor)).failure).toBeInstanceOf(RetryLater);
  clock.now = new Date("2026-01-01T00:02:01Z");
  const later = await read(first.cursor);
  expect(later.seen).toEqual([7, 6, 5, 9, 8]);
  expect(asked).toEqual([null, "8", "8", "6", null]);
  expect(later.cursor).toEqual({ of: "numbers", floor: "9", open: null });
});

test("a page that is no longer there makes the walk begin anew, down to its floor", async () => {
  const { read, failing, walk, warnings } = list([4, 3, 2, 1], 10);
  failing.error = new SetAside("the token has expired");
  const from: WalkCursor = { of: "numbers", floor: "3", open: { top: "4", next: "4" } };
  const { seen, cursor, failure } = await read(from);
  expect([seen, failure, cursor?.floor]).toEqual([[4, 3], null, "4"]);
  expect(warnings.join()).toContain("begun anew");
  expect(walk.of).toBe("numbers");
});

test("a list that turns in a circle is left, and a cursor of another list says nothing", async () => {
  const { walk, read, warnings } = list([2, 1], 50);
  const turning = { ...walk, ask: async () => ({ items: [], next: "x" }) };
  Object.assign(walk, turning);
  const { seen } = await read({ of: "others", floor: "9", open: null });
  expect(seen).toEqual([]);
  expect(warnings.join()).toContain("same page again");
});

test("numbers are compared by their length first, and what stands apart moves no floor", async () => {
  const { walk, read } = list([10, 9], 5);
  const ask = walk.ask;
  const pinned: WalkItem = { where: "pin", raw: "pin", key: "99999", apart: true };
  Object.assign(walk, {
    ask: async (token: string | null) => {
      const page = await ask(token, null);
      return { ...page, items: [pinned, ...page.items] };
    },
  });
  const { cursor, seen } = await read(null);
  expect(seen).toEqual(["pin", 10, 9]);
  expect(cursor?.floor).toBe("10");
});
