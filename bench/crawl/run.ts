/**
 * One crawl, for the bench: `node --expose-gc bench/crawl/run.ts CONFIG.json all|collect`, a process of its own so that its
 * memory is its own. Says what it took as JSON on its last line.
 */
import { readFileSync } from "node:fs";
import { configSchema } from "../../config/schema.ts";
import type { Run } from "../../contracts/run.ts";
import { assemble } from "../../pipelines/assembly.ts";
import { run, steps } from "../../pipelines/runner.ts";
import { crawlNow } from "../../pipelines/steps/schedule.ts";
import { runEmbedded } from "../../workers/embedded.ts";

/** What is still reachable is seen after a collection alone; one costs some tenths of a second. */
const LOOK_EVERY_MS = 10_000;

const config = configSchema.parse(JSON.parse(readFileSync(process.argv[2]!, "utf8")));
const log = { info() {}, warn() {}, error: (line: string) => console.error(line), progress() {} };

const live: number[] = [];
const timer = setInterval(() => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  live.push((heapUsed + external) / 1e6);
}, LOOK_EVERY_MS);
const before = process.cpuUsage();
const runs = process.argv[3] === "all" ? await everything() : await collecting();
const { user, system } = process.cpuUsage(before);
clearInterval(timer);
const half = live.length >> 1;
process.stdout.write(
  `${JSON.stringify({
    processor_s: (user + system) / 1e6,
    added: runs.reduce((sum, { buckets }) => sum + buckets.added, 0),
    first_half_mb: Math.max(...live.slice(0, half)),
    second_half_mb: Math.max(...live.slice(half)),
  })}\n`,
);

async function everything(): Promise<readonly Run[]> {
  return (await runEmbedded(config, { log, once: true, signal: new AbortController().signal })).runs;
}

/** The role `collect` alone, as beside other workers: what it hands on is taken from it. */
async function collecting(): Promise<readonly Run[]> {
  const parts = await assemble(config, { log });
  try {
    const stop = await run(steps(parts), parts.queue, ["collect"]);
    await parts.queue.work("analyze", async () => [], { concurrency: 1, priority: 0 });
    await crawlNow(parts, [...parts.sources.keys()]);
    await parts.queue.idle();
    await stop();
    const ended: Run[] = [];
    for await (const each of parts.store.find("runs", { kind: "all" })) ended.push(each);
    return ended;
  } finally {
    await parts.close();
  }
}
