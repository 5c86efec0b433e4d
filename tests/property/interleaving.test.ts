import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { configSchema } from "../../config/schema.ts";
import type { Post } from "../../contracts/post.ts";
import type { Job } from "../../contracts/queue.ts";
import { assemble } from "../../pipelines/assembly.ts";
import type { Parts } from "../../pipelines/parts.ts";
import { type Step, steps } from "../../pipelines/runner.ts";
import { analyzeJobs, traceJob } from "../../pipelines/steps/jobs.ts";
import { differences, findings, quiet, temporaryFolder } from "../support/pipeline.ts";
import { ARTICLE, post } from "../support/posts.ts";

const COMMENTS = ["", "各位读者怎么看？欢迎在评论区留言，说说你的想法和感受。"];
const FIRST = "2021-09-30T00:00:00.000Z";
const SECOND = "2021-10-01T00:00:00.000Z";

function version(i: number, text: string, hour: number, collected_at: string, repost: number | null): Post {
  return {
    ...post({
      id: `p${i}`,
      platform: "weibo",
      account: { id: `account-${i % 4}` },
      published_at: new Date(Date.UTC(2021, 8, 8, hour)).toISOString(),
      text,
      references: repost === null ? [] : [{ kind: "repost", id: `p${repost}` }],
    }),
    collected_at,
  };
}

/** Pages of posts as crawls bring them: cuts of one article, with comments, reposts, and texts that change. */
const pages = fc
  .array(
    fc.record({
      hour: fc.integer({ min: 0, max: 20 }),
      from: fc.integer({ min: 0, max: 50 }),
      to: fc.integer({ min: 90, max: ARTICLE.length }),
      comment: fc.constantFrom(...COMMENTS),
      repost: fc.option(fc.nat(7), { nil: null, freq: 3 }),
      later: fc.option(fc.constantFrom("这条内容已被作者删除，详情请看原文。", ARTICLE.slice(20)), {
        nil: null,
        freq: 2,
      }),
    }),
    { minLength: 3, maxLength: 8 },
  )
  .map((drafts) => {
    const pages = [drafts.slice(0, 3), drafts.slice(3)].map((some, page) =>
      some.map(({ hour, from, to, comment, repost, later }, j) => {
        const i = page * 3 + j;
        return [
          version(i, comment + ARTICLE.slice(from, to), hour, FIRST, repost),
          ...(later === null ? [] : [version(i, later, hour, SECOND, repost)]),
        ];
      }),
    );
    return pages.flatMap((page) => [
      page.map(([first]) => first!),
      page.flatMap(([, second]) => second ?? []),
    ]);
  });

/** So many carry one passage that it becomes common while others are being analysed. */
const crowd = fc.integer({ min: 66, max: 72 }).map((count) => {
  const all = Array.from({ length: count }, (_, i) =>
    version(i, ARTICLE.slice(0, 100 + (i % 9)) + String.fromCodePoint(0x4e00 + i * 37), i, FIRST, null),
  );
  return [all.slice(0, 40), all.slice(40)];
});

const stepNamed = (all: readonly Step[], name: Step["name"]) => all.find((step) => step.name === name)!;
const signal = new AbortController().signal;

async function withParts(dir: string, work: (parts: Parts) => Promise<void>): Promise<void> {
  const config = configSchema.parse({ data: path.join(dir, "data") });
  const parts = await assemble(config, { log: quiet, sources: [] });
  try {
    await work(parts);
  } finally {
    await parts.close();
  }
}

/** The parts with something to wait for before every call of the store and of the key index. */
function waiting(parts: Parts, turn: (name: string) => Promise<unknown>): Parts {
  const inTurn = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(of, name) {
        const value = Reflect.get(of, name) as unknown;
        if (typeof value !== "function") return value;
        return async (...args: readonly unknown[]) => {
          await turn(String(name));
          return (value as (...all: readonly unknown[]) => unknown).apply(of, [...args]);
        };
      },
    });
  return { ...parts, store: inTurn(parts.store), keys: async () => inTurn(await parts.keys()) };
}

/** Two analyse and two trace what one collects, all at once, each with memories of its own, as so many processes. */
async function atOnce(
  parts: Parts,
  all: readonly (readonly Post[])[],
  scheduler: fc.Scheduler,
): Promise<void> {
  const slow = waiting(parts, (name) => scheduler.schedule(Promise.resolve(), name));
  const jobs: Job[] = [];
  let collecting = true;
  let analysing = 2;
  const turn = () => scheduler.schedule(Promise.resolve(), "idle");
  const collector = async () => {
    for (const page of all) {
      const outcomes = await slow.store.savePosts(page);
      const size = Math.ceil(page.length / 2);
      const news = page.filter((_, i) => outcomes[i] !== "known");
      for (let i = 0; i < news.length; i += size) jobs.push(...analyzeJobs(news.slice(i, i + size)));
    }
    collecting = false;
  };
  const analyser = async () => {
    const { handle } = stepNamed(steps(slow), "analyze");
    while (collecting || jobs.length > 0) {
      const job = jobs.shift();
      if (job === undefined) await turn();
      else await handle(job, signal);
    }
    analysing--;
  };
  const tracer = async () => {
    const { handle } = stepNamed(steps(slow), "trace");
    while (analysing > 0 || (await slow.store.waiting("trace", 1)).length > 0) {
      await handle(traceJob, signal);
      await turn();
    }
  };
  await scheduler.waitFor(Promise.all([collector(), analyser(), analyser(), tracer(), tracer()]));
}

async function oneByOne(parts: Parts, all: readonly (readonly Post[])[]): Promise<void> {
  const own = steps(parts);
  for (const page of all) await parts.store.savePosts(page);
  for (const job of analyzeJobs(await parts.store.waiting("analyze", 1_000)))
    await stepNamed(own, "analyze").handle(job, signal);
  const more = async () =>
    (await stepNamed(own, "trace").handle(traceJob, signal)).some(({ step }) => step === "trace");
  while (await more());
}

/** One analyses and traces the first page; before a certain call of its, another collects the rest and does everything. */
async function interrupted(parts: Parts, all: readonly (readonly Post[])[], call: string): Promise<void> {
  const [first, ...rest] = all;
  await parts.store.savePosts(first!);
  let done = false;
  const meanwhile = async (name: string) => {
    if (done || name !== call) return;
    done = true;
    await oneByOne(parts, rest);
  };
  await oneByOne(waiting(parts, meanwhile), []);
  await meanwhile(call);
  await oneByOne(parts, []);
}

describe("invariants 1 and 4: analysers and tracers at once", () => {
  it.each([
    ["of posts that change meanwhile", pages, 25],
    ["of a passage that becomes common meanwhile", crowd, 3],
  ] as const)("find what one alone would have found, %s", async (_, given, numRuns) => {
    await fc.assert(
      fc.asyncProperty(given, fc.scheduler(), async (all, scheduler) => {
        using many = temporaryFolder();
        using one = temporaryFolder();
        await withParts(one.dir, (parts) => oneByOne(parts, all));
        await withParts(many.dir, async (parts) => {
          await atOnce(parts, all, scheduler);
          expect(await parts.store.waiting("analyze", 10)).toEqual([]);
          expect(await parts.store.waiting("trace", 10)).toEqual([]);
        });
        expect(differences(await findings(many.dir), await findings(one.dir))).toEqual([]);
      }),
      { numRuns },
    );
  });

  it.each(["addAndAsk", "saveAnalysis", "linksOf", "share", "saveTraces"])(
    "find what one alone would have found, when one stops before %s and another does all the work meanwhile",
    async (call) => {
      await fc.assert(
        fc.asyncProperty(pages, async (all) => {
          using many = temporaryFolder();
          using one = temporaryFolder();
          await withParts(one.dir, (parts) => oneByOne(parts, all));
          await withParts(many.dir, (parts) => interrupted(parts, all, call));
          expect(differences(await findings(many.dir), await findings(one.dir))).toEqual([]);
        }),
        { numRuns: 8 },
      );
    },
  );
});
