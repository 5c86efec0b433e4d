import path from "node:path";
import { expect, it } from "vitest";
import { configSchema } from "../../../config/schema.ts";
import type { Post } from "../../../contracts/post.ts";
import type { Store } from "../../../contracts/store.ts";
import { assemble } from "../../../pipelines/assembly.ts";
import { ROLES, recover, run, steps } from "../../../pipelines/runner.ts";
import { openSqliteStore } from "../../../stores/sqlite/index.ts";
import { samplePost } from "../../contracts/store.samples.ts";
import { quiet, temporaryFolder } from "../../support/pipeline.ts";

type Analysis = Parameters<Store["saveAnalysis"]>[0];

/** Analyses posts that are stored, and tells what was saved of them, in order. */
async function analysed(posts: readonly Post[]): Promise<{ saved: readonly Analysis[]; links: number }> {
  using folder = temporaryFolder();
  const store = await openSqliteStore(path.join(folder.dir, "headwater.db"));
  const saved: Analysis[] = [];
  const told: Store = {
    ...store,
    saveAnalysis: (analysis) => {
      saved.push(analysis);
      return store.saveAnalysis(analysis);
    },
    close: async () => {},
  };
  const config = configSchema.parse({ data: path.join(folder.dir, "data") });
  const parts = await assemble(config, { log: quiet, sources: [], store: told });
  await store.savePosts(posts);
  await run(steps(parts), parts.queue, ROLES);
  await recover(parts);
  await parts.queue.idle();
  const links = await store.count("links", { kind: "all" });
  await parts.close();
  await store.close();
  return { saved, links };
}

it("long posts are judged a few at a time, short ones together, and each once", async () => {
  const long = (i: number) => `${i} weiß ${"x".repeat(400)} `.repeat(1_000);
  const { saved } = await analysed([
    ...["a", "b", "c"].map((id, i) => samplePost(`web:${id}`, { text: `short ${i}` })),
    ...["d", "e", "f", "g", "h"].map((id, i) => samplePost(`web:${id}`, { text: long(i) })),
  ]);
  expect(saved.map(({ findings }) => findings.map(({ post }) => post))).toEqual([
    ["web:a", "web:b", "web:c", "web:d", "web:e"],
    ["web:f", "web:g"],
    ["web:h"],
  ]);
});

it("links of a crowd are saved in parts, and nothing is said of its posts before the last", async () => {
  const crowd = 250;
  const text = (i: number) =>
    `The harbour council voted late on Tuesday to close the old swing bridge for a whole year, says reader ${i}.`;
  const { saved, links } = await analysed(
    Array.from({ length: crowd }, (_, i) =>
      samplePost(`weibo:${i}`, { text: text(i), account: { id: `a${i}` } }),
    ),
  );
  const pairs = (crowd * (crowd - 1)) / 2;
  expect(links).toBe(pairs);
  expect(
    saved.map((each) => [
      each.links.length,
      each.findings.length,
      each.retrace.length,
      each.withdrawn.length,
    ]),
  ).toEqual([
    [20_000, 0, 0, 0],
    [pairs - 20_000, crowd, crowd, 0],
  ]);
});
