import fc from "fast-check";
import { expect, test } from "vitest";
import type { Link } from "../../contracts/link.ts";
import type { Post } from "../../contracts/post.ts";
import type { Store } from "../../contracts/store.ts";
import { openSqliteStore } from "../../stores/sqlite/index.ts";
import { searchable, searchPhrase } from "../../text/searchable.ts";
import { analyze, found, ids, sampleLink, samplePost } from "../contracts/store.samples.ts";

const IDS = ["web:a", "web:b", "web:c"];
const WORDS = ["外国代理", "外國代理人", "vérité", "party"];

const observations = fc.array(
  fc
    .record({
      id: fc.constantFrom(...IDS),
      text: fc.constantFrom(...WORDS),
      day: fc.integer({ min: 1, max: 4 }),
      dated: fc.boolean(),
      views: fc.option(fc.integer({ min: 0, max: 3 })),
      source: fc.constantFrom("one", "two"),
      name: fc.constantFrom("Old Name", "New Name"),
    })
    .map(({ id, text, day, dated, views, source, name }): Post => {
      const engagement = views === null ? null : { views, likes: null, reposts: null, comments: null };
      return samplePost(id, {
        text,
        source,
        engagement,
        account: { id: "somebody", name },
        collected_at: `2021-10-0${day}T00:00:00.000Z`,
        ...(dated ? {} : { published_at: null }),
      });
    }),
  { minLength: 1, maxLength: 10 },
);

async function stateAfter(save: (store: Store) => Promise<void>): Promise<unknown> {
  const store = await openSqliteStore(":memory:");
  await save(store);
  const state = {
    // How often a post has changed is the one thing that depends on the order.
    posts: (await found(store, "posts", "*")).map(({ revision: _, ...stored }) => stored),
    links: (await found(store, "links", "*")).toSorted((a, b) =>
      a.child + a.parent < b.child + b.parent ? -1 : 1,
    ),
    found: await Promise.all(WORDS.map((word) => ids(store, word))),
    waiting: (await store.waiting("analyze", 10)).toSorted(),
  };
  await store.close();
  return state;
}

test("the same observations in any order, in any batches, once or twice, give the same posts", async () => {
  const shuffled = observations.chain((all) =>
    fc.tuple(
      fc.constant(all),
      fc.shuffledSubarray(all, { minLength: all.length }),
      fc.nat(all.length),
      fc.boolean(),
    ),
  );
  await fc.assert(
    fc.asyncProperty(shuffled, async ([all, other, cut, twice]) => {
      const one = await stateAfter(async (store) => {
        await store.savePosts(all);
      });
      const two = await stateAfter(async (store) => {
        await store.savePosts(other.slice(0, cut));
        await store.savePosts(other.slice(cut));
        if (twice) await store.savePosts(other);
      });
      expect(two).toEqual(one);
    }),
    { numRuns: 80 },
  );
});

test("a verdict stands, whatever the machine saves and withdraws after it", async () => {
  const step = fc.record({
    child: fc.constantFrom(...IDS),
    parent: fc.constantFrom(...IDS),
    score: fc.constantFrom(0.25, 0.5, 1),
    withdraw: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const store = await openSqliteStore(":memory:");
      await store.savePosts(IDS.map((id) => samplePost(id)));
      await analyze(store, { links: [sampleLink("web:a", "web:b")] });
      await store.judge(
        { child: "web:a", parent: "web:b" },
        "rejected",
        "an analyst",
        "2021-10-01T00:00:00.000Z",
      );
      for (const { child, parent, score, withdraw } of steps) {
        if (child === parent) continue;
        const link = sampleLink(child, parent, { score });
        await analyze(store, withdraw ? { withdrawn: [link] } : { links: [link] });
      }
      const links: Link[] = await found(store, "links", "*");
      const ofPair = links.filter(({ child, parent }) => child !== "web:c" && parent !== "web:c");
      expect(ofPair.map(({ verdict }) => verdict)).toEqual(["rejected"]);
      const pairs = links.map(({ child, parent }) => [child, parent].toSorted().join());
      expect(new Set(pairs).size).toBe(links.length);
      await store.close();
    }),
    { numRuns: 100 },
  );
});

test("every stretch of a text is found by searching for it", async () => {
  const letters = fc.constantFrom(..."外国代理人登記學のカーé𠮷한국 ,。aB1ไทย");
  const texts = fc.array(letters, { minLength: 1, maxLength: 30 }).map((all) => all.join(""));
  const store = await openSqliteStore(":memory:");
  let n = 0;
  await fc.assert(
    fc.asyncProperty(texts, fc.nat(29), fc.integer({ min: 1, max: 8 }), async (text, from, length) => {
      // Words of spaced scripts are found whole, so the stretch must not cut one.
      const characters = [...text];
      const stretch = characters.slice(from, from + length);
      const spaced = /[\p{L}\p{N}]/u;
      const whole = (a = "", b = "") => !(/[éaB1]/.test(a) && /[éaB1]/.test(b) && spaced.test(a + b));
      fc.pre(whole(characters[from - 1], stretch[0]) && whole(stretch.at(-1), characters[from + length]));
      fc.pre(searchPhrase(stretch.join("")) !== null);
      const id = `web:${n++}`;
      await store.savePosts([samplePost(id, { text })]);
      const value = stretch.join("");
      const hits = await ids(store, { kind: "text", field: "text", value, prefix: false });
      expect([searchable(text), searchPhrase(value), hits.includes(id)]).toEqual([
        searchable(text),
        searchPhrase(value),
        true,
      ]);
    }),
    { numRuns: 500 },
  );
  await store.close();
});
