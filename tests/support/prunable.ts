import path from "node:path";
import { configSchema } from "../../config/schema.ts";
import type { KeyIndex } from "../../contracts/keys.ts";
import type { Post } from "../../contracts/post.ts";
import type { Store } from "../../contracts/store.ts";
import { assemble } from "../../pipelines/assembly.ts";
import { type Pruned, prune } from "../../pipelines/prune/index.ts";
import { run, steps } from "../../pipelines/runner.ts";
import { analyzeJobs, traceJob } from "../../pipelines/steps/jobs.ts";
import { samplePost } from "../contracts/store.samples.ts";
import { quiet } from "./pipeline.ts";
import { ARTICLE } from "./posts.ts";

/** The day on which things are pruned in tests, and what is kept then. */
export const TODAY = new Date("2022-06-01T00:00:00.000Z");
export const KEEP_DAYS = 100;
export const LONG_AGO = "2021-09-10T00:00:00.000Z";
export const LATELY = "2022-05-20T00:00:00.000Z";

/** Four texts that have nothing to do with each other. */
export const OTHERS = [
  "The harbour bridge will be closed on Sunday for the yearly inspection, and buses go round by the old market square.",
  "A museum of clocks has opened in the former post office, where all of its four hundred pieces strike at noon exactly.",
  "Farmers on the northern plain expect a late harvest of barley, after a spring that brought twice the usual rain to them.",
  "The choir of the island sings the forgotten songs of its fishermen, which a teacher wrote down a hundred years ago.",
];

/** Five pairs of an original and its copy, all collected long ago but the copy of the first. */
export function pairs() {
  const at = (hour: number) => new Date(Date.UTC(2021, 8, 8, hour)).toISOString();
  return [ARTICLE, ...OTHERS].flatMap((text, i) => [
    samplePost(`web:o${i}`, {
      text,
      published_at: at(i),
      collected_at: LONG_AGO,
      account: { id: `paper${i}.example` },
      sha256: `0${i}`,
    }),
    samplePost(`weibo:c${i}`, {
      text,
      published_at: at(i + 9),
      collected_at: i === 0 ? LATELY : LONG_AGO,
      account: { id: `account-${i}` },
      sha256: `1${i}`,
    }),
  ]);
}

export interface Draft {
  readonly hour: number;
  readonly from: number;
  readonly to: number;
  readonly old: boolean;
  readonly other: boolean;
  /** It says to repost the post of this number. */
  readonly repost: number | null;
}

/** Posts that copy parts of one article, or have nothing to do with it; some were collected long ago. */
export function drafted(drafts: readonly Draft[]): readonly Post[] {
  return drafts.map(({ hour, from, to, old, other, repost }, i) =>
    samplePost(`weibo:p${i}`, {
      account: { id: `account-${i % 4}` },
      published_at: new Date(Date.UTC(2021, 8, 8, hour)).toISOString(),
      collected_at: old ? LONG_AGO : LATELY,
      text: other
        ? `第${i}条：今天天气不错，去公园走走，顺便买点菜回来做饭。`
        : ARTICLE.slice(Math.min(from, 60), to),
      references: repost === null ? [] : [{ kind: "repost", id: `p${repost}` }],
    }),
  );
}

/** Stores posts, and lets the steps of analysis and tracing do all that waits. */
export async function work(
  store: Store,
  posts: readonly Post[],
  more: object = {},
  index?: KeyIndex,
): Promise<void> {
  if (posts.length > 0) await store.savePosts(posts);
  // The store stays open for whoever asks next.
  const kept: Store = { ...store, close: async () => {} };
  const parts = await assemble(configSchema.parse(more), {
    log: quiet,
    sources: [],
    store: kept,
    readOnly: true,
  });
  try {
    const keyed = index === undefined ? parts : { ...parts, keys: async () => index };
    const stop = await run(steps(keyed), parts.queue, ["analyze", "trace", "notify"]);
    await parts.queue.push([...analyzeJobs(await store.waiting("analyze", 10_000)), traceJob]);
    await parts.queue.idle();
    await stop();
  } finally {
    await parts.close();
  }
}

/** As `headwater prune` does it on that day, stories traced anew. */
export async function pruned(store: Store, dir: string, more: object = {}, dry = false): Promise<Pruned> {
  const config = configSchema.parse({ ...more, data: path.join(dir, "data") });
  const done = await prune(
    { config, store, log: quiet, now: () => TODAY, forgetKeys: async () => {} },
    { keep_days: KEEP_DAYS, dry },
  );
  if (!dry) await work(store, [], more);
  return done;
}
