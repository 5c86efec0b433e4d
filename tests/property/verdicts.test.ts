import path from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { configSchema } from "../../config/schema.ts";
import { tiesStory } from "../../contracts/link.ts";
import { assemble } from "../../pipelines/assembly.ts";
import { run, steps } from "../../pipelines/runner.ts";
import { analyzeJobs, traceJob } from "../../pipelines/steps/jobs.ts";
import { traceWaiting } from "../../pipelines/steps/trace.ts";
import { all, importLines, quiet, temporaryFolder } from "../support/pipeline.ts";
import { ARTICLE } from "../support/posts.ts";

const lines = fc.integer({ min: 3, max: 8 }).map((count) =>
  Array.from({ length: count }, (_, i) =>
    JSON.stringify({
      platform: "weibo",
      id: `p${i}`,
      account: { id: `a${i}` },
      published_at: new Date(Date.UTC(2021, 8, 8, i)).toISOString(),
      text: ARTICLE.slice(0, ARTICLE.length - i * 3),
    }),
  ),
);

it("invariant 5: nothing is merged away, and a person's verdict outranks the machine across re-analysis", async () => {
  await fc.assert(
    fc.asyncProperty(
      lines,
      fc.array(fc.tuple(fc.nat(), fc.constantFrom("confirmed", "rejected")), { minLength: 1, maxLength: 6 }),
      async (posts, decisions) => {
        using folder = temporaryFolder();
        await importLines(folder.dir, posts);
        const config = configSchema.parse({ data: path.join(folder.dir, "data") });
        const parts = await assemble(config, { log: quiet, sources: [] });
        try {
          const { store, queue } = parts;
          const links = await all(store, "links");
          const verdicts = new Map<string, string>();
          for (const [number, verdict] of decisions) {
            const link = links[number % links.length]!;
            verdicts.set(`${link.child} ${link.parent}`, verdict);
            await store.judge(
              link,
              verdict as "confirmed" | "rejected",
              "analyst",
              "2026-01-01T00:00:00.000Z",
            );
          }
          while (await traceWaiting(parts));
          const before = await all(store, "stories");
          const stop = await run(steps(parts), queue, ["analyze", "trace", "notify"]);
          await queue.push([...analyzeJobs((await all(store, "posts")).map(({ post }) => post)), traceJob]);
          await queue.idle();
          await stop();
          expect(await queue.dead()).toEqual([]);
          const after = await all(store, "links");
          for (const link of after)
            expect(link.verdict).toBe(verdicts.get(`${link.child} ${link.parent}`) ?? null);
          expect(after).toHaveLength(links.length);
          expect(await store.count("posts", { kind: "all" })).toBe(posts.length);
          expect(await all(store, "stories")).toEqual(before);
          // A rejected link ties nothing: whoever is in one story is held there by other links.
          for (const { members } of before) {
            const ties = after.filter(
              (link) => tiesStory(link) && members.includes(link.child) && members.includes(link.parent),
            );
            expect(new Set(ties.flatMap(({ child, parent }) => [child, parent]))).toEqual(new Set(members));
          }
        } finally {
          await parts.close();
        }
      },
    ),
    { numRuns: 8 },
  );
});
