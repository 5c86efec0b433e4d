import { configSchema } from "../../config/schema.ts";
import type { Log } from "../../contracts/log.ts";
import { assemble } from "../../pipelines/assembly.ts";
import { ROLES, run, steps } from "../../pipelines/runner.ts";
import { collectJob } from "../../pipelines/steps/jobs.ts";

/**
 * Takes files in one after the other in this one process, each from reading to traces, and prints the processor
 * seconds of each as a list in JSON. Arguments: the data folder, the files.
 */
const [data, ...files] = process.argv.slice(2);
const log: Log = { info() {}, warn() {}, error: (sentence) => console.error(sentence), progress() {} };
const sources = files.map((path) => ({ name: path, collector: "file", enabled: true, path }));
const parts = await assemble(configSchema.parse({ data }), { log, sources });
const spent: number[] = [];
try {
  const stop = await run(steps(parts), parts.queue, ROLES);
  for (const file of files) {
    const before = process.cpuUsage();
    await parts.queue.push([collectJob(file)]);
    await parts.queue.idle();
    const { user, system } = process.cpuUsage(before);
    spent.push((user + system) / 1e6);
  }
  await stop();
} finally {
  await parts.close();
}
console.log(JSON.stringify(spent));
