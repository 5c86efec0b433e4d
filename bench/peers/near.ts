import { NearTwins } from "../../keys/near.ts";
import { readTask } from "./stdin.ts";

// Our near twins behind the protocol of protocol.ts: whole texts, verified, as another program would use them.

const { header, documents } = await readTask();
const near = new NearTwins(Number(header.options.threshold));
const pairs: number[] = [];
globalThis.gc?.();
const before = process.memoryUsage.rss();
const start = cpuMs();
for (const [i, text] of documents.entries())
  for (const twin of near.addAndAsk(text)) pairs.push(i, twin.text);
const seconds = (cpuMs() - start) / 1000;
globalThis.gc?.();
process.stdout.write(
  JSON.stringify({
    version: process.version,
    seconds,
    stages: {},
    pairs,
    matches: [],
    grown_mb: (process.memoryUsage.rss() - before) / 1e6,
  }),
);

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
