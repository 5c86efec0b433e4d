import { readFileSync } from "node:fs";
import type { Installation, Stage } from "./stage.ts";

/** Clock ticks a second, as Linux has it on every common machine (`getconf CLK_TCK`). */
const TICKS = 100;

/** Processor seconds that a process and all its threads have used so far. */
export function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name in brackets may hold spaces; user and system time are the 12th and 13th field after it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** Resident memory of a process, MB. */
export function memoryOf(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1];
  return Number(kilobytes) / 1024;
}

export interface Spent {
  readonly elasticsearch: number;
  readonly redis: number;
  readonly workers: number;
}

/** Processor seconds used so far by everything that takes part. */
export async function spentBy(stage: Stage, installation: Installation | null): Promise<Spent> {
  const stats = await stage.elasticsearch.ask((client) => client.nodes.stats({ metric: ["process"] }));
  const nodes = Object.values(stats.nodes) as { process?: { cpu?: { total_in_millis?: number } } }[];
  const elasticsearch =
    nodes.reduce((sum, node) => sum + (node.process?.cpu?.total_in_millis ?? 0), 0) / 1000;
  const info = await stage.redis.info("cpu");
  const of = (name: string) => Number(new RegExp(`${name}:([\\d.]+)`).exec(info)?.[1] ?? 0);
  return {
    elasticsearch,
    redis: of("used_cpu_sys") + of("used_cpu_user"),
    workers: (installation?.workers ?? []).reduce((sum, { pid }) => sum + cpuOf(pid), 0),
  };
}

export function difference(after: Spent, before: Spent): Spent {
  return {
    elasticsearch: after.elasticsearch - before.elasticsearch,
    redis: after.redis - before.redis,
    workers: after.workers - before.workers,
  };
}

export function total({ elasticsearch, redis, workers }: Spent): number {
  return elasticsearch + redis + workers;
}

export async function redisBytes({ redis }: Stage): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(await redis.info("memory"))![1]);
}

/** The value below which a share of all lies. */
export function percentile(values: readonly number[], of: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * of) - 1)] ?? Number.NaN;
}

/** The line through points (x, y) that lies closest to them: how much y grows with x. */
export function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (of: 0 | 1) => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const spread = points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
  return points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) / spread;
}
