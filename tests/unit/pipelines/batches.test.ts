import path from "node:path";
import { expect, it } from "vitest";
import { configSchema } from "../../../config/schema.ts";
import type { Store } from "../../../contracts/store.ts";
import { assemble } from "../../../pipelines/assembly.ts";
import { ROLES, recover, run, steps } from "../../../pipelines/runner.ts";
import { openSqliteStore } from "../../../stores/sqlite/index.ts";
import { samplePost } from "../../contracts/store.samples.ts";
import { quiet, temporaryFolder } from "../../support/pipeline.ts";

it("long posts are judged a few at a time, short ones together, and each once", async () => {
  using folder = temporaryFolder();
  const store = await openSqliteStore(path.join(folder.dir, "headwater.db"));
  const batches: string[][] = [];
  const told: Store = {
    ...store,
    saveAnalysis: (analysis) => {
      batches.push(analysis.findings.map(({ post }) => post));
      return store.saveAnalysis(analysis);
    },
    close: async () => {},
  };
  const config = configSchema.parse({ data: path.join(folder.dir, "data") });
  const parts = await assemble(config, { log: quiet, sources: [], store: told });
  const long = (i: number) => `${i} weiß ${"x".repeat(400)} `.repeat(1_000);
  await store.savePosts([
    ...["a", "b", "c"].map((id, i) => samplePost(`web:${id}`, { text: `short ${i}` })),
    ...["d", "e", "f", "g", "h"].map((id, i) => samplePost(`web:${id}`, { text: long(i) })),
  ]);
  await run(steps(parts), parts.queue, ROLES);
  await recover(parts);
  await parts.queue.idle();
  expect(batches).toEqual([["web:a", "web:b", "web:c", "web:d", "web:e"], ["web:f", "web:g"], ["web:h"]]);
  await parts.close();
  await store.close();
});
