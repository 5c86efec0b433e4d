import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { collectJob } from "../../pipelines/steps/jobs.ts";
import { count, table } from "../copies/tables.ts";
import { randomFrom } from "../simulator/random.ts";
import { type Flow, flowInto, type Pace, ROLES, watchProbes } from "./flow.ts";
import { memoryOf, percentile, redisBytes, slope } from "./meters.ts";
import type { Reachable } from "./reachable.ts";
import { type Stage, sayingReachable } from "./stage.ts";

const SAMPLE_MS = 5_000;
/** Code is compiled in the first third; what grows after it goes on growing. */
const WARM = 1 / 3;
/** What analysis keeps at hand grows for hours until it is this much, as it should: here it is full before the clock starts. */
const CACHE_MB = 16;
const FILL_POSTS = 18_000;
const WORDS_A_POST = 240;
/** Of texts without spaces a word is a sentence, and many share it. */
const LONGEST_WORD = 12;

type Points = readonly (readonly [hours: number, mb: number])[];

/** Memory of each role while posts flow for long. */
export async function soak(
  stage: Stage,
  texts: readonly string[],
  pace: Pace,
  say: (line: string) => void,
): Promise<string> {
  const dir = mkdtempSync(path.join(tmpdir(), "headwater-bench-soak-"));
  const said = path.join(dir, "reachable.jsonl");
  const fill = path.join(dir, "fill.jsonl");
  writeFileSync(said, "");
  writeFileSync(fill, longPosts(texts));
  const env = { ...sayingReachable(said), HEADWATER_ANALYSIS_CACHE_MB: String(CACHE_MB) };
  const source = { name: "fill", collector: "file", path: fill };
  const installation = await stage.install("soak", ROLES, [source], env);
  try {
    await installation.parts.queue.push([collectJob(source.name)]);
    await installation.parts.queue.idle();
    say(`${count(FILL_POSTS)} long posts are in; now ${pace.seconds} s of ${pace.rate} posts a second`);
    const flow = await flowInto(installation, texts, pace, env);
    try {
      return await watched(stage, flow, pace, said, say);
    } finally {
      flow.feeder.kill("SIGKILL");
    }
  } finally {
    await installation.remove();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Words of many posts in another order, so that hardly two have a passage in common. */
function longPosts(texts: readonly string[]): string {
  const words = texts.flatMap((text) => text.split(/\s+/).filter((word) => word.length <= LONGEST_WORD));
  const lines = Array.from({ length: FILL_POSTS }, (_, i) => {
    const random = randomFrom(`fill ${i}`);
    const text = Array.from({ length: WORDS_A_POST }, () => random.pick(words)).join(" ");
    return JSON.stringify({
      platform: "telegram",
      id: `fill-${i}`,
      account: { id: `f${i % 100}` },
      published_at: new Date(Date.UTC(2023, 0, 1) + i * 60_000).toISOString(),
      text,
    });
  });
  return lines.join("\n");
}

async function watched(
  stage: Stage,
  flow: Flow,
  { rate, seconds }: Pace,
  said: string,
  say: (line: string) => void,
): Promise<string> {
  const processes = [
    { role: "collect, the feed", pid: flow.feeder.pid! },
    ...flow.installation.workers.map(({ role, pid }) => ({ role: role as string, pid })),
  ];
  const resident = processes.map(() => [] as [number, number][]);
  const keys: number[] = [];
  const [began, filled] = [Date.now(), await redisBytes(stage)];
  const hoursAt = (at: number) => (at - began) / 3_600_000;
  let over = false;
  const watching = watchProbes(stage, flow, flow.brought);
  const ended = flow.brought.finally(() => {
    over = true;
  });
  while (!over) {
    for (const [i, { pid }] of processes.entries()) resident[i]!.push([hoursAt(Date.now()), memoryOf(pid)]);
    keys.push((await redisBytes(stage)) - filled);
    await Promise.race([pause(SAMPLE_MS), ended.catch(() => {})]);
  }
  await ended;
  const { searchable } = await watching;
  const posts = (await flow.installation.parts.store.count("posts", { kind: "all" })) - FILL_POSTS;
  const reachable = Map.groupBy(reachableIn(said, began), ({ pid }) => pid);
  const rows = processes.map(({ role, pid }, i) => {
    const threads = [...Map.groupBy(reachable.get(pid) ?? [], ({ thread }) => thread).values()];
    const reached = threads.map((lines) => grown(lines.map(({ at, mb }) => [hoursAt(at), mb])));
    const sum = (of: "mean" | "slope") => reached.reduce((total, each) => total + each[of], 0);
    const all = grown(resident[i]!);
    const [mean, slope] = [sum("mean"), sum("slope")];
    return [
      role,
      mean.toFixed(0),
      slope.toFixed(1),
      `${((100 * slope) / mean).toFixed(1)} %`,
      all.mean.toFixed(0),
      Math.max(...resident[i]!.map(([, mb]) => mb)).toFixed(0),
      all.slope.toFixed(1),
    ];
  });
  say(rows.map(([role, mean, slope]) => `${role} reaches ${mean} MB, ${slope} MB/h`).join("; "));
  return [
    `${count(rate)} posts a second for ${Math.round(seconds / 60)} minutes, ${count(posts)} posts in all, after ${count(FILL_POSTS)} long ones that filled what analysis keeps at hand (\`analysis.cache_mb: ${CACHE_MB}\`). ` +
      "Reachable: what is left on the heaps and buffers of all threads of a process after everything else was let go of, asked for every half minute. " +
      `Resident: what the system counts for the process, looked at every ${SAMPLE_MS / 1000} s; in it is room that the engine keeps for later. The slopes are those of the line closest to the samples after the first third. ` +
      `Redis grew by ${(keys.at(-1)! / posts).toFixed(0)} bytes a post, which are its keys. ` +
      `Found by a search after ${(percentile(searchable, 0.5) / 1000).toFixed(2)} s (p50), ${(percentile(searchable, 0.95) / 1000).toFixed(2)} s (p95).`,
    "",
    table(["role", "reachable MB", "slope MB/h", "of it", "resident MB", "most", "slope MB/h"], rows),
  ].join("\n");
}

function reachableIn(said: string, since: number): readonly Reachable[] {
  const lines = readFileSync(said, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Reachable).filter(({ at }) => at >= since);
}

/** The mean of points, and how much they grow an hour, without their first third. */
function grown(points: Points): { readonly mean: number; readonly slope: number } {
  const late = points.slice(Math.floor(points.length * WARM));
  return { mean: late.reduce((sum, [, mb]) => sum + mb, 0) / late.length, slope: slope(late) };
}
