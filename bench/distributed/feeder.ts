/**
 * A collector of a bench: the collect step over one source that brings so many posts a second, in a process of its own,
 * as `headwater work --role collect` is one. Its one argument is JSON. Ends on SIGTERM or when its time is over.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { configSchema } from "../../config/schema.ts";
import { assemble } from "../../pipelines/assembly.ts";
import { collect } from "../../pipelines/steps/collect.ts";
import { probeLines } from "./probes.ts";
import { quiet } from "./stage.ts";

export interface FeederArgument {
  readonly config: string;
  /** Where its source is read from; rewritten for each page. */
  readonly file: string;
  /** Posts as lines, as many as are to be brought. */
  readonly crowd: string;
  readonly posts_a_second: number;
  readonly seconds: number;
}

/** A source of a team brings a page now and then; a second is often enough to keep everybody busy. */
const EVERY_MS = 1_000;

const given = JSON.parse(process.argv[2]!) as FeederArgument;
const config = configSchema.parse({
  ...JSON.parse(readFileSync(given.config, "utf8")),
  sources: [{ name: "feed", collector: "file", path: given.file }],
});
const parts = await assemble(config, { log: quiet });
const source = parts.sources.get("feed")!;
const lines = readFileSync(given.crowd, "utf8").split("\n");
const stopping = new AbortController();
process.on("SIGTERM", () => stopping.abort());

const started = performance.now();
let brought = 0;
for (let batch = 0; !stopping.signal.aborted; batch++) {
  const elapsed = Math.min(given.seconds, (performance.now() - started) / 1000);
  const due = Math.floor((elapsed + EVERY_MS / 1000) * given.posts_a_second);
  const own = lines.slice(brought, due);
  brought = Math.max(brought, due);
  writeFileSync(given.file, [...own, ...probeLines(batch)].filter((line) => line !== "").join("\n"));
  await collect(parts, source, stopping.signal);
  if (elapsed >= given.seconds) break;
  const next = started + (batch + 1) * EVERY_MS - performance.now();
  await pause(Math.max(0, next), undefined, { signal: stopping.signal }).catch(() => {});
}
await parts.close();
process.stdout.write(`${JSON.stringify({ brought })}\n`);
