import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BUCKETS } from "../../contracts/run.ts";
import { findings, importLines, temporaryFolder, withStore } from "../support/pipeline.ts";
import { ARTICLE } from "../support/posts.ts";

const COMMENTS = [
  "",
  "各位读者怎么看？欢迎在评论区留言，说说你的想法和感受。",
  "转给家里的长辈看看吧，大家都来关心一下这件事情好不好。",
];

/** Posts of a few accounts that copy, cut, comment, link and repost, beside some that have nothing to do with it. */
const lines = fc
  .array(
    fc.record({
      hour: fc.integer({ min: 0, max: 30 }),
      from: fc.integer({ min: 0, max: 50 }),
      to: fc.integer({ min: 90, max: ARTICLE.length }),
      comment: fc.constantFrom(...COMMENTS),
      repost: fc.option(fc.nat(14), { nil: null }),
      link: fc.option(fc.nat(14), { nil: null }),
      other: fc.boolean(),
    }),
    { minLength: 3, maxLength: 15 },
  )
  .map((drafts) =>
    drafts.map(({ hour, from, to, comment, repost, link, other }, i) =>
      JSON.stringify({
        platform: "weibo",
        id: `p${i}`,
        url: `https://weibo.example/${i}`,
        account: { id: `account-${i % 4}` },
        published_at: new Date(Date.UTC(2021, 8, 8, hour)).toISOString(),
        text: other
          ? `第${i}条：今天天气不错，去公园走走，顺便买点菜回来做饭。`
          : comment + ARTICLE.slice(from, to),
        references: [
          ...(repost === null ? [] : [{ kind: "repost", id: `p${repost}` }]),
          ...(link === null ? [] : [{ kind: "link", url: `https://weibo.example/${link}` }]),
        ],
      }),
    ),
  );

const garbage = fc.constantFrom(
  "{",
  "[]",
  '{"platform":"nowhere","text":"a"}',
  '{"platform":"weibo"}',
  "null",
  '{"platform":"weibo","id":"x","text":7}',
);

function shuffled<T>(items: readonly T[], numbers: Iterator<number>): readonly T[] {
  return items
    .map((item) => [numbers.next().value, item] as const)
    .sort((a, b) => a[0] - b[0])
    .map(([, item]) => item);
}

describe("the pipeline", () => {
  it("invariant 1: finds the same whatever the order of arrival and however it is cut into imports", async () => {
    await fc.assert(
      fc.asyncProperty(lines, fc.infiniteStream(fc.nat()), fc.nat(), async (posts, numbers, cut) => {
        using first = temporaryFolder();
        using second = temporaryFolder();
        await importLines(first.dir, posts);
        const mixed = shuffled(posts, numbers);
        const at = cut % (posts.length + 1);
        await importLines(second.dir, mixed.slice(0, at), mixed.slice(at));
        expect(await findings(second.dir)).toEqual(await findings(first.dir));
      }),
      { numRuns: 12 },
    );
  });

  it("invariant 2: puts every line in exactly one bucket, and what is no post in quarantine", async () => {
    await fc.assert(
      fc.asyncProperty(
        lines,
        fc.array(garbage, { maxLength: 6 }),
        fc.infiniteStream(fc.nat()),
        async (posts, bad, numbers) => {
          using folder = temporaryFolder();
          const mixed = shuffled([...posts, ...bad, ...posts.slice(0, 2)], numbers);
          const [run] = await importLines(folder.dir, mixed);
          expect(run!.seen).toBe(mixed.length);
          expect(BUCKETS.reduce((sum, bucket) => sum + run!.buckets[bucket], 0)).toBe(mixed.length);
          await withStore(folder.dir, async (store) => {
            expect(await store.count("posts", { kind: "all" })).toBe(
              run!.buckets.added + run!.buckets.undated,
            );
            expect(await store.count("quarantine", { kind: "all" })).toBe(run!.buckets.rejected);
          });
        },
      ),
      { numRuns: 12 },
    );
  });

  it("takes the same lines again as known, and finds the same", async () => {
    await fc.assert(
      fc.asyncProperty(lines, async (posts) => {
        using folder = temporaryFolder();
        await importLines(folder.dir, posts);
        const before = await findings(folder.dir);
        const [run] = await importLines(folder.dir, posts);
        expect(run!.buckets).toMatchObject({ added: 0, changed: 0, known: posts.length });
        expect(await findings(folder.dir)).toEqual(before);
      }),
      { numRuns: 6 },
    );
  });
});
