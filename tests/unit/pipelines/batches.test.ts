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
async function analysed(
  posts: readonly Post[],
  onFirst: (store: Store) => Promise<unknown> = async () => {},
): Promise<{ saved: readonly Analysis[]; links: number; ofFirst: number }> {
  using folder = temporaryFolder();
  const store = await openSqliteStore(path.join(folder.dir, "headwater.db"));
  const saved: Analysis[] = [];
  const told: Store = {
    ...store,
    saveAnalysis: async (analysis) => {
      const changed = await store.saveAnalysis(analysis);
      if (saved.push(analysis) === 1) await onFirst(store);
      return changed;
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
  const ofFirst = (await store.linksOf([posts[0]!.id])).length;
  await parts.close();
  await store.close();
  return { saved, links, ofFirst };
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

const CROWD = 250;
const PAIRS = (CROWD * (CROWD - 1)) / 2;
const crowd = Array.from({ length: CROWD }, (_, i) =>
  samplePost(`weibo:${i}`, {
    text: `The harbour council voted late on Tuesday to close the old swing bridge for a whole year, says reader ${i}.`,
    account: { id: `a${i}` },
  }),
);

it("links of a crowd are saved in parts, and nothing is said of its posts before the last", async () => {
  const { saved, links } = await analysed(crowd);
  expect(links).toBe(PAIRS);
  expect(
    saved.map((each) => [
      each.links.length,
      each.findings.length,
      each.retrace.length,
      each.withdrawn.length,
    ]),
  ).toEqual([
    [20_000, 0, 0, 0],
    [PAIRS - 20_000, CROWD, CROWD, 0],
  ]);
  // Each part is held to the posts that it is of.
  expect(saved[0]!.read.length).toBeLessThan(CROWD);
});

it("a post that changes between two parts keeps no link of its former wording", async () => {
  const changed = {
    ...crowd[0]!,
    text: "Quiet weather on the coast.",
    collected_at: "2030-01-01T00:00:00.000Z",
  };
  const { links, ofFirst } = await analysed(crowd, (store) => store.savePosts([changed]));
  expect(ofFirst).toBe(0);
  expect(links).toBe(((CROWD - 1) * (CROWD - 2)) / 2);
});
