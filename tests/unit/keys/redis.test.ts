import { randomUUID } from "node:crypto";
import fc from "fast-check";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keysOf } from "../../../analyzers/links/prepare.ts";
import type { KeyAnswer, KeyEntry, KeyRules } from "../../../contracts/keys.ts";
import { createMemoryKeys } from "../../../keys/memory.ts";
import { RedisKeys, type RedisKeysOptions } from "../../../keys/redis/index.ts";
import { connectRedis } from "../../../queues/bullmq/connection.ts";
import { keySuite } from "../../contracts/keys.suite.ts";
import { withServer } from "../../servers/servers.ts";
import { ARTICLE, prepared } from "../../support/posts.ts";

const SMALL: KeyRules = {
  group: { representatives: 2 },
  passage: { common: 2, hub: 4, representatives: 1 },
  name: { hub: 3, representatives: 2 },
};

function entry(id: string, text: string): KeyEntry {
  return { post: `web:${id}`, keys: keysOf(prepared({ id, text })) };
}

const NONE = new Uint32Array();
const NO_KEYS = { wording: null, passages: NONE, own: NONE, refers: NONE, shows: NONE };

/** There are few cuts, and making their keys takes longer than asking for them. */
const cuts = new Map<string, KeyEntry["keys"]>();
function keysOfCut(text: string): KeyEntry["keys"] {
  const keys = cuts.get(text) ?? entry("cut", text).keys;
  cuts.set(text, keys);
  return keys;
}

/** Cuts of one text with few endings, so that copies, near twins and hubs of passages form; some come in place of others. */
const batchesOfCuts = fc
  .array(
    fc.array(
      fc.tuple(
        fc.integer({ min: 0, max: 30 }),
        fc.record({
          from: fc.integer({ min: 0, max: 6 }),
          to: fc.integer({ min: 30, max: 36 }),
          end: fc.constantFrom("", "转发给更多朋友，关注本号。", "各位读者怎么看？欢迎留言。"),
        }),
      ),
      { minLength: 1, maxLength: 8 },
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((batches) =>
    batches.map((batch) =>
      [...new Map(batch).entries()].map(([id, { from, to, end }]) => ({
        post: `web:p${id}`,
        keys: keysOfCut(ARTICLE.slice(from * 8, to * 4) + end),
      })),
    ),
  );

await withServer("redis", (url) => {
  let redis: Redis;
  const prefix = `test-${randomUUID()}`;
  let made = 0;
  beforeAll(async () => {
    redis = await connectRedis(url);
  });
  afterAll(async () => {
    for await (const keys of redis.scanBufferStream({ match: `{${prefix}*`, count: 1_000 })) {
      if ((keys as Buffer[]).length > 0) await redis.unlink(...(keys as Buffer[]));
    }
    redis.disconnect();
  });
  const open = (options: Partial<RedisKeysOptions> = {}) =>
    new RedisKeys({
      redis,
      prefix: `${prefix}-${made++}`,
      refill: async () => {},
      keep_hours: 1_000,
      ...options,
    });
  const keysIn = async (own: string) => {
    const found: string[] = [];
    for await (const keys of redis.scanStream({ match: `{${own}}:k:*`, count: 1_000 }))
      found.push(...(keys as string[]));
    return new Set(found);
  };

  keySuite("the key index in Redis", async (rules) => open(rules === undefined ? {} : { rules }), {
    runs: 25,
    outlives: true,
  });

  describe("the key index in Redis", () => {
    it("has proposed, of the pairs that share enough in the end, those that the one in memory has", async () => {
      await fc.assert(
        fc.asyncProperty(batchesOfCuts, async (batches) => {
          const indexes = [createMemoryKeys(SMALL), open({ rules: SMALL })] as const;
          // A pair may come again, and one that parts later does no harm: what holds in the end is what counts.
          const proposed = [
            new Map<string, readonly [string, string]>(),
            new Map<string, readonly [string, string]>(),
          ];
          for (const entries of batches) {
            for (const [i, index] of indexes.entries())
              for (const pair of (await index.addAndAsk(entries)).pairs)
                proposed[i]!.set([...pair].sort().join(" "), pair);
          }
          const [memory, ours] = indexes;
          const holding = async (i: 0 | 1) => {
            const pairs = [...proposed[i]!];
            const shared = await indexes[i].share(pairs.map(([, pair]) => pair));
            return pairs
              .filter((_, k) => shared[k])
              .map(([name]) => name)
              .sort();
          };
          expect(await holding(1)).toEqual(await holding(0));
          expect(ours.size).toBe(memory.size);
        }),
        { numRuns: 25 },
      );
    });

    it("says again what a first, cut-off analysis was told", async () => {
      const index = open({ rules: SMALL });
      const copies = Array.from({ length: 4 }, (_, i) =>
        entry(`c${i}`, `${ARTICLE}第${"一二三四"[i]}次转载。`),
      );
      await index.addAndAsk(copies.slice(0, 2));
      const { unsettled } = await index.addAndAsk(copies.slice(2));
      expect(unsettled.length).toBeGreaterThan(0);
      expect([...(await index.addAndAsk(copies.slice(2))).unsettled].sort()).toEqual([...unsettled].sort());
    });

    it("says again what two cut-off analyses of one post were told, although it changed in between", async () => {
      const index = open({ rules: SMALL });
      const carrier = (post: number, wording: number, ...passages: number[]): KeyEntry => ({
        post: `t:${post}`,
        keys: { ...NO_KEYS, wording, passages: Uint32Array.from(passages) },
      });
      // Five carriers are a hub, which only the lowest represents: 60, 70, 80 and 90 do not meet.
      for (const wording of [50, 60, 70, 80, 90]) await index.addAndAsk([carrier(wording, wording, 1, 2, 3)]);
      // One goes, and what it did is lost with the process that was told; then its text changes once more.
      await index.addAndAsk([carrier(50, 51, 4, 5)]);
      const { pairs } = await index.addAndAsk([carrier(50, 52, 6, 7)]);
      expect(new Set([...pairs].map((pair) => [...pair].sort().join(" ")))).toEqual(
        new Set([60, 70, 80].flatMap((a) => [70, 80, 90].filter((b) => b > a).map((b) => `t:${a} t:${b}`))),
      );
    });

    it("tells more than the one in memory only of a repetition, and of pairs that it has told before", async () => {
      await fc.assert(
        fc.asyncProperty(batchesOfCuts, async (batches) => {
          const [memory, ours] = [createMemoryKeys(SMALL), open({ rules: SMALL })];
          const told = new Set<string>();
          const named = ({ pairs }: KeyAnswer) =>
            new Set([...pairs].map((pair) => [...pair].sort().join(" ")));
          for (const entries of batches) {
            const [first, second] = [
              named(await memory.addAndAsk(entries)),
              named(await ours.addAndAsk(entries)),
            ];
            expect([...first].filter((pair) => !second.has(pair))).toEqual([]);
            const more = [...second].filter((pair) => !first.has(pair));
            expect(more.filter((pair) => !told.has(pair))).toEqual([]);
            const asPairs = more.map((pair) => pair.split(" ") as [string, string]);
            expect(await ours.share(asPairs)).toEqual(more.map(() => true));
            for (const pair of second) told.add(pair);
          }
        }),
        { numRuns: 12 },
      );
    });

    it("is filled from the store once when Redis has lost it, whoever asks first", async () => {
      const own = `${prefix}-lost`;
      const stored = [entry("a", ARTICLE)];
      let filled = 0;
      const options = {
        prefix: own,
        refill: async (put: (entries: Iterable<KeyEntry>) => Promise<void>) => {
          filled++;
          await put(stored);
        },
      };
      const [first, second] = [open(options), open(options)];
      await Promise.all([first.addAndAsk([entry("b", ARTICLE)]), second.generation()]);
      const before = await first.generation();
      expect(filled).toBe(1);
      expect(await second.generation()).toBe(before);
      for (const key of await keysIn(own)) await redis.del(key);
      const { pairs } = await second.addAndAsk([entry("c", ARTICLE)]);
      expect(filled).toBe(2);
      expect([...pairs].map((pair) => [...pair].sort())).toEqual([["web:a", "web:c"]]);
      expect(await first.generation()).not.toBe(before);
      expect(await first.share([["web:a", "web:b"]])).toEqual([true]);
    });

    it("lets go of what came before the hot window, and leaves nothing of it behind", async () => {
      const own = `${prefix}-window`;
      let hour = 1_000;
      const index = open({ prefix: own, keep_hours: 24, rules: SMALL, hour: () => hour });
      const old = Array.from({ length: 12 }, (_, i) =>
        entry(`old${i}`, `${ARTICLE.slice(0, 100 + i)}第${i}号来源，转发给更多朋友。`),
      );
      await index.addAndAsk(old);
      hour += 12;
      await index.addAndAsk([entry("young", ARTICLE)]);
      hour += 13;
      for (let i = 0; i < 12; i++) await index.addAndAsk([entry(`new${i % 2}`, ARTICLE)]);
      expect(index.size).toBe(3);
      const { pairs } = await index.addAndAsk([entry("new0", ARTICLE)]);
      expect([...pairs].map((pair) => [...pair].sort())).toEqual(
        expect.arrayContaining([
          ["web:new0", "web:new1"],
          ["web:new0", "web:young"],
        ]),
      );
      hour += 100;
      for (let i = 0; i < 90; i++) await index.addAndAsk([entry("last", "今天的天气非常好。")]);
      const alone = open({ prefix: `${prefix}-alone`, rules: SMALL, hour: () => hour });
      await alone.addAndAsk([entry("last", "今天的天气非常好。")]);
      expect(index.size).toBe(1);
      const names = async (of: string) => [...(await keysIn(of))].map((key) => key.split("}")[1]).sort();
      expect(await names(own)).toEqual(await names(`${prefix}-alone`));
    });
  });
});
