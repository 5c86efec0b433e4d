/**
 * One crawl, for the bench: `node bench/crawl/run.ts CONFIG.json`, a process of its own so that its memory is its own. Says
 * what it took as JSON on its last line.
 */
import { readFileSync } from "node:fs";
import { configSchema } from "../../config/schema.ts";
import { runEmbedded } from "../../workers/embedded.ts";

const config = configSchema.parse(JSON.parse(readFileSync(process.argv[2]!, "utf8")));
const quiet = {
  info: () => {},
  warn: () => {},
  error: (line: string) => console.error(line),
  progress: () => {},
};

const samples: number[] = [];
const timer = setInterval(() => samples.push(process.memoryUsage.rss()), 250);
const started = performance.now();
const before = process.cpuUsage();
const { runs } = await runEmbedded(config, { log: quiet, once: true, signal: new AbortController().signal });
const { user, system } = process.cpuUsage(before);
clearInterval(timer);
const half = samples.length >> 1;
process.stdout.write(
  `${JSON.stringify({
    seconds: (performance.now() - started) / 1000,
    processor_s: (user + system) / 1e6,
    added: runs.reduce((sum, { buckets }) => sum + buckets.added, 0),
    seen: runs.reduce((sum, { seen }) => sum + seen, 0),
    first_half_mb: Math.max(...samples.slice(0, half)) / 1e6,
    second_half_mb: Math.max(...samples.slice(half)) / 1e6,
  })}\n`,
);
