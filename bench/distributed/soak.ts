import { setTimeout as pause } from "node:timers/promises";
import { count, table } from "../copies/tables.ts";
import { startFlow, watchProbes } from "./flow.ts";
import { memoryOf, percentile, redisBytes, slope } from "./meters.ts";
import type { Stage } from "./stage.ts";

const SAMPLE_MS = 5_000;
/** Caches fill and code is compiled in the first third; what grows after it goes on growing. */
const WARM = 1 / 3;

/** Memory of each role while posts flow for long. */
export async function soak(
  stage: Stage,
  texts: readonly string[],
  { rate, seconds }: { readonly rate: number; readonly seconds: number },
  say: (line: string) => void,
): Promise<string> {
  const flow = await startFlow(stage, "soak", texts, { rate, seconds });
  const processes = [
    { role: "collect, the feed", pid: flow.feeder.pid! },
    ...flow.installation.workers.map(({ role, pid }) => ({ role: role as string, pid })),
  ];
  const samples = processes.map(() => [] as [number, number][]);
  const keys: [number, number][] = [];
  const started = performance.now();
  let over = false;
  const watching = watchProbes(stage, flow, flow.brought);
  const ended = flow.brought.finally(() => {
    over = true;
  });
  try {
    const empty = await redisBytes(stage);
    while (!over) {
      const hours = (performance.now() - started) / 3_600_000;
      for (const [i, { pid }] of processes.entries()) samples[i]!.push([hours, memoryOf(pid)]);
      keys.push([hours, ((await redisBytes(stage)) - empty) / 1e6]);
      await Promise.race([pause(SAMPLE_MS), ended.catch(() => {})]);
    }
    await ended;
    const { searchable } = await watching;
    const posts = await flow.installation.parts.store.count("posts", { kind: "all" });
    const warm = (points: readonly (readonly [number, number])[]) =>
      points.slice(Math.floor(points.length * WARM));
    const rows = processes.map(({ role }, i) => {
      const [all, late] = [samples[i]!, warm(samples[i]!)];
      const grown = slope(late);
      const mean = late.reduce((sum, [, mb]) => sum + mb, 0) / late.length;
      return [
        role,
        mean.toFixed(0),
        Math.max(...all.map(([, mb]) => mb)).toFixed(0),
        grown.toFixed(1),
        `${((100 * grown) / mean).toFixed(1)} %`,
      ];
    });
    say(rows.map(([role, mean, , grown]) => `${role} ${mean} MB, ${grown} MB/h`).join("; "));
    return [
      `${count(rate)} posts a second for ${Math.round(seconds / 60)} minutes, ${count(posts)} posts in all; resident memory of each process, looked at every ${SAMPLE_MS / 1000} s. The slope is that of the line closest to the samples after the first third. ` +
        `Redis grew by ${((keys.at(-1)![1] * 1e6) / posts).toFixed(0)} bytes a post, which are its keys. ` +
        `Found by a search after ${(percentile(searchable, 0.5) / 1000).toFixed(2)} s (p50), ${(percentile(searchable, 0.95) / 1000).toFixed(2)} s (p95).`,
      "",
      table(["role", "mean MB", "most MB", "slope MB/h", "of the mean"], rows),
    ].join("\n");
  } finally {
    flow.feeder.kill("SIGKILL");
    await flow.installation.remove();
  }
}
