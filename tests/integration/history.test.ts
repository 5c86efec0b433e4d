import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Post } from "../../contracts/post.ts";
import { RedisKeys } from "../../keys/redis/index.ts";
import { connectRedis } from "../../queues/bullmq/connection.ts";
import { openSqliteStore } from "../../stores/sqlite/index.ts";
import { samplePost } from "../contracts/store.samples.ts";
import { storeOfFile } from "../servers/elasticsearch-store.ts";
import { withServer } from "../servers/servers.ts";
import { differences, findingsOf } from "../support/pipeline.ts";
import { ARTICLE } from "../support/posts.ts";
import { LATELY, LONG_AGO, OTHERS, work } from "../support/prunable.ts";

const HOUR_MS = 3_600_000;
const hourOf = (at: string) => Math.floor(Date.parse(at) / HOUR_MS);
const KEEP_HOURS = 30 * 24;

const TEXTS = [ARTICLE, ...OTHERS];
const at = (day: number) => new Date(Date.UTC(2021, 8, day)).toISOString();
const picture = [{ kind: "image" as const, url: "https://img.example/1.jpg", sha256: "f".repeat(64) }];

/** One of each that a later post may come from. */
const ORIGINALS: readonly Post[] = [
  ...TEXTS.map((text, i) =>
    samplePost(`web:o${i}`, {
      ...{ text, published_at: at(1 + i), collected_at: LONG_AGO, url: `https://paper.example/${i}` },
      account: { id: "paper.example" },
    }),
  ),
  samplePost("weibo:shown", {
    ...{ text: "看图", published_at: at(2), collected_at: LONG_AGO, media: picture },
  }),
];
/** Nothing to do with them: what the index lets go of, it lets go of while others come. */
const BETWEEN = Array.from({ length: 60 }, (_, i) =>
  samplePost(`weibo:b${i}`, {
    text: `第${i}条：今天天气不错，去公园走走，顺便买点菜回来做饭${i}。`,
    published_at: at(20),
    collected_at: LATELY,
  }),
);
/** Whole, cut, with more around, by address, by id, by picture. */
const COPIES: readonly Post[] = [
  ...TEXTS.map((text, i) => ({ id: `weibo:c${i}`, text })),
  ...TEXTS.map((text, i) => ({
    id: `weibo:n${i}`,
    text: `${text.slice(0, -12)} And so it goes, as they say.`,
  })),
  ...TEXTS.map((text, i) => ({
    id: `weibo:m${i}`,
    text: `Something quite different comes first here, in as many words as it takes. ${text} And a last word by us.`,
  })),
  {
    id: "weibo:link",
    text: "看这个",
    references: [{ kind: "link" as const, url: "https://paper.example/3" }],
  },
  { id: "weibo:repost", text: "转发", references: [{ kind: "repost" as const, id: "shown" }] },
  { id: "weibo:same", text: "又是这张图", media: picture },
].map(({ id, ...over }, i) =>
  samplePost(id, { ...over, published_at: at(22 + (i % 5)), collected_at: LATELY, account: { id: `a${i}` } }),
);

await withServer("redis", (redisUrl) =>
  withServer("elasticsearch", (url) => {
    describe("posts older than the hot window", () => {
      it("are found by later ones as the embedded construction finds them, from Elasticsearch", async () => {
        const redis = await connectRedis(redisUrl);
        const embedded = await openSqliteStore(":memory:");
        const files = [storeOfFile([url]), storeOfFile([url])];
        const [ours, without] = [await files[0]!.open(), await files[1]!.open()];
        try {
          for (const posts of [ORIGINALS, BETWEEN, COPIES]) await work(embedded, posts);
          const expected = await findingsOf(embedded);
          for (const [i, { store, settle }] of [ours, without].entries()) {
            let now = LONG_AGO;
            const prefix = `history-${randomUUID()}`;
            const index = new RedisKeys({
              ...{ redis, prefix, keep_hours: KEEP_HOURS, refill: async () => {}, hour: () => hourOf(now) },
              ...(i === 0 ? { history: (entries) => store.sharing(entries, at(30)) } : {}),
            });
            await work(store, ORIGINALS, {}, index);
            await settle!();
            now = LATELY;
            await work(store, BETWEEN, {}, index);
            expect(index.size).toBe(BETWEEN.length);
            await work(store, COPIES, {}, index);
            await settle!();
          }
          expect(expected.links.length).toBeGreaterThan(30);
          expect(differences(await findingsOf(ours.store), expected)).toEqual([]);
          expect((await findingsOf(without.store)).links.length).toBeLessThan(expected.links.length);
        } finally {
          await embedded.close();
          for (const file of files) await file.remove();
          redis.disconnect();
        }
      }, 120_000);
    });
  }),
);
