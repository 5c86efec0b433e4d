import { writeFileSync } from "node:fs";
import path from "node:path";
import { configSchema } from "../../config/schema.ts";
import type { Store } from "../../contracts/store.ts";
import { type Assembled, assemble } from "../../pipelines/assembly.ts";
import { type Role, recover, run, steps } from "../../pipelines/runner.ts";
import { collectJob } from "../../pipelines/steps/jobs.ts";
import { quiet } from "./pipeline.ts";

export interface DistributedDeps {
  readonly dir: string;
  readonly redis: string;
  readonly prefix: string;
  readonly openStore: () => Promise<Store>;
  /** More of the config. */
  readonly more?: object;
}

/** Every role twice, each with connections of its own, as processes have them. */
const WORKERS: readonly Role[] = ["collect", "collect", "analyze", "analyze", "trace", "trace", "notify"];

/** Takes lines in one or several goes through the workers of a team, here in one process. */
export async function importDistributed(
  { dir, redis, prefix, openStore, more = {} }: DistributedDeps,
  ...goes: readonly (readonly string[])[]
): Promise<void> {
  const config = configSchema.parse({
    ...more,
    data: path.join(dir, "data"),
    store: "elasticsearch",
    queue: "bullmq",
    redis: { url: redis, prefix },
  });
  const sources = goes.map((lines, i) => {
    const file = path.join(dir, `distributed-${i}.jsonl`);
    writeFileSync(file, lines.map((line) => `${line}\n`).join(""));
    return { name: `lines-${i}`, collector: "file", enabled: true, path: file };
  });
  const workers: Assembled[] = [];
  try {
    for (const role of WORKERS) {
      const parts = await assemble(config, { log: quiet, sources, store: await openStore() });
      workers.push(parts);
      await run(steps(parts), parts.queue, [role]);
    }
    const [first] = workers as [Assembled];
    for (const { name } of sources) {
      await first.queue.push([collectJob(name)]);
      await first.queue.idle();
    }
    // Nothing is left to recover, or something was lost on the way.
    const left = await recover(first);
    if (left > 0) throw new Error(`${left} posts were not analysed`);
    await first.queue.idle();
    const dead = await first.queue.dead();
    if (dead.length > 0) throw new Error(`${dead.length} jobs were set aside: ${dead[0]!.reason}`);
  } finally {
    for (const parts of workers) await parts.close();
  }
}
