import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keysOf } from "../../analyzers/links/prepare.ts";
import type { KeyAnswer, KeyEntry, KeyIndex, KeyRules } from "../../contracts/keys.ts";
import { hashName } from "../../text/fingerprints.ts";
import { ARTICLE, prepared } from "../support/posts.ts";
import { pairOf, pairsThatShare } from "./keys.model.ts";

/** Small enough that a dozen posts make hubs, change their representatives and unmake them. */
const SMALL: KeyRules = {
  group: { representatives: 2 },
  passage: { common: 2, hub: 4, representatives: 1 },
  name: { hub: 3, representatives: 2 },
};

/** What contracts/keys.ts promises. Each implementation runs it unchanged; `make` gives an empty index. */
export function keySuite(
  name: string,
  make: (rules?: KeyRules) => Promise<KeyIndex>,
  {
    runs,
    outlives = false,
  }: {
    readonly runs: number;
    /** It goes on when a process that asked it is killed. */
    readonly outlives?: boolean;
  },
): void {
  describe(`${name} as a key index`, () => {
    it("adds before it asks: two posts of one call see each other", async () => {
      const { pairs } = await (await make()).addAndAsk([entry("a", ARTICLE), entry("b", ARTICLE)]);
      expect([...pairs].map(sorted)).toEqual([["web:a", "web:b"]]);
    });

    it("joins an own URL and those who link to it, whichever comes first", async () => {
      const page = entry("page", "about one thing", { url: "https://paper.example/a" });
      const citing = entry("citing", "quite another", {
        references: [{ kind: "link", url: "http://www.paper.example/a" }],
      });
      for (const order of [
        [page, citing],
        [citing, page],
      ]) {
        const index = await make();
        await index.addAndAsk([order[0]!]);
        const { pairs } = await index.addAndAsk([order[1]!]);
        expect([...pairs].map(sorted)).toEqual([["web:citing", "web:page"]]);
      }
    });

    it("finds nothing for a post that shares too little, nor for posts without letters", async () => {
      const index = await make();
      const { pairs } = await index.addAndAsk([
        entry("a", ARTICLE),
        entry("b", "多伦多市议会今天讨论了公园的开放时间。"),
        entry("c", "!!! … 🙂"),
        entry("d", "!!! … 🙂"),
      ]);
      expect([...pairs]).toEqual([]);
    });

    it("takes the same post again as the same, and a changed text in place of the old", async () => {
      const index = await make();
      await index.addAndAsk([entry("a", ARTICLE), entry("b", ARTICLE)]);
      await index.addAndAsk([entry("a", ARTICLE)]);
      expect(index.size).toBe(2);
      await index.addAndAsk([entry("a", "现在完全是别的内容了，和原来的文章没有任何关系。")]);
      expect(await index.share([["web:a", "web:b"]])).toEqual([false]);
      const { pairs } = await index.addAndAsk([entry("c", ARTICLE)]);
      expect([...pairs].map(sorted)).toEqual([["web:b", "web:c"]]);
    });

    it("asks again for a post that is known, so that an analysis can be repeated", async () => {
      const index = await make();
      await index.addAndAsk([entry("a", ARTICLE), entry("b", ARTICLE)]);
      expect([...(await index.addAndAsk([entry("a", ARTICLE)])).pairs].map(sorted)).toEqual([
        ["web:a", "web:b"],
      ]);
    });

    it("cannot tell of a post that it does not know, so it lets its links be", async () => {
      const index = await make();
      await index.addAndAsk([entry("a", ARTICLE)]);
      expect(await index.share([["web:a", "web:gone"]])).toEqual([true]);
    });

    it("stays bounded when one footer ends thousands of posts, and tells it", async () => {
      const index = await make();
      const footer = "关注本号，每天为您推送本地资讯，转发给更多朋友。";
      const own = (i: number) =>
        Array.from({ length: 30 }, (_, k) =>
          String.fromCodePoint(0x4e00 + ((i * 7919 + k * k * 104729) % 20_000)),
        );
      const posts = Array.from({ length: 1_500 }, (_, i) => entry(`p${i}`, own(i).join("") + footer));
      const { pairs, crowded } = await index.addAndAsk(posts);
      // All pairs would be a million. Only those that came before the footer was a hub were ever proposed.
      expect(pairs.length).toBeLessThan(1_000);
      expect(crowded).toEqual([{ what: "passage", count: 1000, post: "web:p999" }]);
      expect((await index.share([...pairs])).some(Boolean)).toBe(false);
    });

    it.each([
      ["is common", 100],
      ["is a hub", 600],
    ])("joins through what %s those that say little else", async (_, count) => {
      const index = await make();
      const entries = Array.from({ length: count }, (_, i) =>
        entry(
          `p${i}`,
          `${ARTICLE}第${String.fromCodePoint(0x5000 + i * 11, 0x6000 + i * 7, 0x7000 + i * 5)}次`,
        ),
      );
      await index.addAndAsk(entries);
      // Asked once more they meet whom they share enough with now.
      const { pairs } = await index.addAndAsk(entries);
      expect(new Set([...pairs].flat()).size).toBe(count);
      expect(pairs.length).toBeLessThan(count * 100);
    });

    it("stays bounded when one slogan is posted thousands of times, and tells it", async () => {
      const posts = Array.from({ length: 1_500 }, (_, i) => entry(`p${i}`, "团结起来守护我们共同的家园"));
      const { pairs, crowded } = await (await make()).addAndAsk(posts);
      expect(pairs.length).toBeLessThan(1_500 * 32);
      expect(crowded).toEqual([{ what: "wording", count: 1000, post: "web:p999" }]);
    });

    it("names a post of each pair that a new hub parts, and one of those that a new representative parts", async () => {
      const index = await make(SMALL);
      const carrier = (wording: number) => ({
        post: `t:${wording}`,
        keys: { ...EMPTY, wording, passages: Uint32Array.of(1, 2, 3) },
      });
      const first = await index.addAndAsk([50, 60, 70, 75].map(carrier));
      expect(first).toMatchObject({ pairs: { length: 6 } });
      // Five carriers are a hub here, and its one representative is the lowest.
      const hub = await index.addAndAsk([carrier(80)]);
      expect([...hub.pairs].map(sorted)).toEqual([["t:50", "t:80"]]);
      expect(hub.unsettled.some((post) => post === "t:60" || post === "t:70")).toBe(true);
      const displacing = await index.addAndAsk([carrier(10)]);
      expect(displacing.pairs).toHaveLength(5);
      expect(displacing.unsettled).toContain("t:50");
      expect(await index.share([["t:50", "t:60"]])).toEqual([false]);
    });

    it("names a post of each pair that rests on passages which become common at once", async () => {
      const index = await make(SMALL);
      const carrier = (wording: number, ...own: readonly number[]) => ({
        post: `t:${wording}`,
        keys: { ...EMPTY, wording, passages: Uint32Array.of(1, 2, ...own) },
      });
      const { pairs } = await index.addAndAsk([carrier(50, 3, 4, 5), carrier(60, 6, 7, 8)]);
      expect([...pairs].map(sorted)).toEqual([["t:50", "t:60"]]);
      const { unsettled } = await index.addAndAsk([carrier(70, 9)]);
      expect(unsettled.some((post) => post === "t:50" || post === "t:60")).toBe(true);
      expect(await index.share([["t:50", "t:60"]])).toEqual([false]);
    });

    it("invariant 1: which pairs share enough depends on the posts that are there, whatever came before", async () => {
      await fc.assert(
        fc.asyncProperty(histories, async (history) => {
          const index = await make(SMALL);
          for (const batch of history) await index.addAndAsk(batch);
          const now = [...new Map(history.flat().map((each) => [each.post, each])).values()];
          const expected = pairsThatShare(now, SMALL);
          const pairs = now.flatMap((a, i) => now.slice(i + 1).map((b) => [a.post, b.post] as const));
          const shared = await index.share(pairs);
          expect(
            pairs
              .filter((_, i) => shared[i])
              .map(([a, b]) => pairOf(a, b))
              .sort(),
          ).toEqual([...expected].sort());
          const restored = await make(SMALL);
          await restored.restore(now);
          expect(await restored.share(pairs)).toEqual(shared);
        }),
        { numRuns: runs },
      );
    });

    it("forgets what is taken away, as if it had never come", async () => {
      await fc.assert(
        fc.asyncProperty(histories, async (history) => {
          const index = await make(SMALL);
          for (const batch of history) await index.addAndAsk(batch);
          const now = [...new Map(history.flat().map((each) => [each.post, each])).values()];
          const [gone, left] = [now.filter((_, i) => i % 2 === 1), now.filter((_, i) => i % 2 === 0)];
          await index.forget([...gone.map(({ post }) => post), "t:none"]);
          const expected = [...pairsThatShare(left, SMALL)].sort();
          const { pairs } = await index.addAndAsk(left);
          expect([...new Set([...pairs].map(([a, b]) => pairOf(a, b)))].sort()).toEqual(expected);
          expect(index.size).toBe(left.length);
        }),
        { numRuns: runs },
      );
    });

    it("invariants 1 and 4: two analysers at once, interleaved in any way with the tracing, end in the links of the posts that are there", async () => {
      await fc.assert(
        fc.asyncProperty(histories, fc.infiniteStream(fc.nat(3)), async (history, choices) => {
          const index = await make(SMALL);
          const links = new Set<string>();
          const toTrace = new Set<string>();
          const unsaved: KeyAnswer[][] = [[], []];
          const save = (analyser: number) => {
            const answer = unsaved[analyser]!.shift();
            for (const [a, b] of answer?.pairs ?? []) {
              if (!isLink(pairOf(a, b))) continue;
              links.add(pairOf(a, b));
              toTrace.add(a).add(b);
            }
            for (const post of answer?.unsettled ?? []) toTrace.add(post);
          };
          const trace = async () => {
            const open = [...links].filter((pair) => pair.split(" ").some((post) => toTrace.has(post)));
            const still = await index.share(open.map((pair) => pair.split(" ") as [string, string]));
            for (const [i, pair] of open.entries()) if (!still[i]) links.delete(pair);
            toTrace.clear();
          };
          const known = new Set<string>();
          for (const batch of history) {
            // One answer is on its way for each analyser; it may be saved now or after the next was given.
            for (let next = choices.next().value!; next > 0; next = choices.next().value!) {
              if (next === 3) await trace();
              else save(next - 1);
            }
            unsaved[choices.next().value! % 2]!.push(await index.addAndAsk(batch));
            // The analysis of a changed post looks at each of its former links.
            for (const { post } of batch) if (known.has(post)) toTrace.add(post);
            for (const { post } of batch) known.add(post);
          }
          for (const analyser of [0, 1]) while (unsaved[analyser]!.length > 0) save(analyser);
          await trace();
          const now = [...new Map(history.flat().map((each) => [each.post, each])).values()];
          expect([...links].sort()).toEqual([...pairsThatShare(now, SMALL)].filter(isLink).sort());
        }),
        { numRuns: runs },
      );
    });

    // What lives in one process ends with it, and is restored from the store.
    const whereItOutlives = outlives ? it : () => {};
    whereItOutlives(
      "invariant 3: an analyser killed after it asked and before it saved costs no link, whatever its posts became since",
      async () => {
        await fc.assert(
          fc.asyncProperty(histories, fc.infiniteStream(fc.nat(2)), async (history, choices) => {
            const index = await make(SMALL);
            const now = new Map<string, KeyEntry>();
            const waiting = new Set<string>();
            const links = new Set<string>();
            const toTrace = new Set<string>();
            const analyse = async (killed: boolean) => {
              const batch = [...waiting].map((post) => now.get(post)!);
              const { pairs, unsettled } = await index.addAndAsk(batch);
              if (killed) return;
              for (const [a, b] of pairs) {
                if (!isLink(pairOf(a, b))) continue;
                links.add(pairOf(a, b));
                toTrace.add(a).add(b);
              }
              for (const post of [...unsettled, ...waiting]) toTrace.add(post);
              waiting.clear();
            };
            for (const batch of history) {
              for (const each of batch) {
                now.set(each.post, each);
                waiting.add(each.post);
              }
              await analyse(choices.next().value! > 0);
            }
            await analyse(false);
            const open = [...links].filter((pair) => pair.split(" ").some((post) => toTrace.has(post)));
            const still = await index.share(open.map((pair) => pair.split(" ") as [string, string]));
            for (const [i, pair] of open.entries()) if (!still[i]) links.delete(pair);
            const expected = pairsThatShare([...now.values()], SMALL);
            expect([...links].sort()).toEqual([...expected].filter(isLink).sort());
          }),
          { numRuns: runs },
        );
      },
    );
  });
}

const NONE = new Uint32Array();
const EMPTY = { wording: null, passages: NONE, own: NONE, refers: NONE, shows: NONE };

/** Comparing makes links of some pairs only, so that what is traced does not follow from what was asked. */
function isLink(pair: string): boolean {
  return hashName(pair) % 3 === 0;
}

function entry(id: string, text: string, more = {}): KeyEntry {
  return { post: `web:${id}`, keys: keysOf(prepared({ id, text, ...more })) };
}

function sorted(pair: readonly [string, string]): readonly string[] {
  return [...pair].sort();
}

const some = (from: number, to: number, most: number, least = 0) =>
  fc
    .uniqueArray(fc.integer({ min: from, max: to }), { minLength: least, maxLength: most })
    .map((keys) => Uint32Array.from(keys).sort());

/** Few distinct keys, so that they crowd. A wording's own keys follow from its number, as those of a text do. */
const wordings = fc
  .array(
    // Two in common are enough, so that losing one parts a pair; three or more where common ones are among them.
    some(1, 9, 6, 2),
    { minLength: 14, maxLength: 14 },
  )
  .map((all) => all.map((passages, i) => ({ wording: (i + 1) * 1_000_003, passages })));

/** Batches of new and of changed posts. */
const histories: fc.Arbitrary<readonly (readonly KeyEntry[])[]> = wordings.chain((made) =>
  fc.array(
    fc.array(
      fc
        .record({
          post: fc.integer({ min: 0, max: 24 }),
          wording: fc.option(fc.integer({ min: 0, max: made.length - 1 }), { freq: 40 }),
          own: some(50, 52, 1),
          refers: some(50, 52, 2),
          shows: some(60, 61, 1),
        })
        .map(({ post, wording, own, refers, shows }) => ({
          post: `t:${post}`,
          keys: {
            ...(wording === null ? { wording, passages: new Uint32Array() } : made[wording]!),
            own,
            refers,
            shows,
          },
        })),
      { minLength: 1, maxLength: 5 },
    ),
    { minLength: 4, maxLength: 16 },
  ),
);
