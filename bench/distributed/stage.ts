import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { Redis } from "ioredis";
import { configSchema } from "../../config/schema.ts";
import type { Log } from "../../contracts/log.ts";
import manifest from "../../package.json" with { type: "json" };
import { type Assembled, assemble } from "../../pipelines/assembly.ts";
import type { Role } from "../../pipelines/runner.ts";
import { connectRedis } from "../../queues/bullmq/connection.ts";
import { setupIndexes } from "../../stores/elasticsearch/admin.ts";
import { type Connection, connect } from "../../stores/elasticsearch/connection.ts";
import type { ElasticsearchOptions } from "../../stores/elasticsearch/options.ts";
import { startElasticsearch } from "../../tests/servers/elasticsearch.ts";
import { startRedis } from "../../tests/servers/redis.ts";

/** Real servers, and workers of a team's installation on them. */
export interface Stage {
  readonly redis: Redis;
  readonly redisUrl: string;
  readonly elasticsearch: Connection;
  /** An installation of its own: empty indexes, an empty queue, and the given workers. */
  install(
    name: string,
    roles: readonly Role[],
    sources?: readonly object[],
    env?: NodeJS.ProcessEnv,
  ): Promise<Installation>;
  close(): Promise<void>;
}

export interface Installation {
  readonly options: ElasticsearchOptions;
  /** As a process without a role has them. */
  readonly parts: Assembled;
  readonly dir: string;
  /** The config file that the workers read. */
  readonly config: string;
  readonly workers: readonly Worker[];
  /** Ends the workers and removes what was stored. */
  remove(): Promise<void>;
}

export interface Worker {
  readonly role: Role;
  readonly pid: number;
}

export const quiet: Log = { info() {}, warn() {}, error() {}, progress() {} };
/** An outlet that nobody may copy unnoticed, so that there is something to raise alerts about. */
const ALERTING = {
  actors: [
    {
      id: "outlet",
      name: "The Outlet",
      affiliation: "state-controlled",
      accounts: ["telegram:outlet"],
      evidence: [{ source: "made for this bench", date: "2024-01-01" }],
      confidence: "high",
    },
  ],
  alerts: {
    rules: [{ name: "copied", kind: "state-relay", accounts: 1 }],
    channels: [{ name: "here", notifier: "console" }],
  },
};
/** As much as a small node has; the default of the tests is half of it. */
const HEAP_MB = 1_024;
const STARTED = /working as/;
const ROOT = path.resolve(import.meta.dirname, "../..");

/** The environment in which a process says now and then what it can reach. */
export function sayingReachable(file: string): NodeJS.ProcessEnv {
  const module = pathToFileURL(path.join(import.meta.dirname, "reachable.ts"));
  return { ...process.env, NODE_OPTIONS: `--import ${module}`, HEADWATER_BENCH_REACHABLE: file };
}

export async function openStage(): Promise<Stage> {
  const redisServer = await startRedis();
  const server = await startElasticsearch({ heap: HEAP_MB });
  const { url } = server.nodes[0]!;
  const redis = await connectRedis(redisServer.url);
  const bare = { urls: [url], apiKey: null, ca: null, shards: 1, replicas: 0, shown: [] };
  const elasticsearch = await connect({ ...bare, prefix: "bench" });
  return {
    redis,
    redisUrl: redisServer.url,
    elasticsearch,
    async install(name, roles, sources = [], env = process.env) {
      const dir = mkdtempSync(path.join(tmpdir(), `headwater-bench-${name}-`));
      const options = { ...bare, prefix: `bench-${name}` };
      await setupIndexes(options);
      const given = {
        data: path.join(dir, "data"),
        store: "elasticsearch",
        elasticsearch: { url, prefix: options.prefix, replicas: 0 },
        queue: "bullmq",
        redis: { url: redisServer.url, prefix: options.prefix },
        schedule: { every: "0 0 1 1 *" },
        sources,
        ...ALERTING,
      };
      const config = path.join(dir, "headwater.yml");
      writeFileSync(config, JSON.stringify(given));
      const parts = await assemble(configSchema.parse(given), { log: quiet });
      const children = await Promise.all(roles.map((role, i) => startWorker({ dir, config, role, env }, i)));
      return {
        options,
        parts,
        dir,
        config,
        workers: children.map((child, i) => ({ role: roles[i]!, pid: child.pid! })),
        async remove() {
          await Promise.all(children.map(ended));
          await parts.close();
          await elasticsearch.ask(async (client) => {
            const indexes = Object.keys(await client.indices.get({ index: `${options.prefix}-*` }));
            await client.indices.delete({ index: indexes });
          });
          for await (const keys of redis.scanBufferStream({ match: `{${options.prefix}}*`, count: 1_000 }))
            if ((keys as Buffer[]).length > 0) await redis.unlink(...(keys as Buffer[]));
          rmSync(dir, { recursive: true, force: true });
        },
      };
    },
    async close() {
      redis.disconnect();
      await elasticsearch.close();
      await redisServer.stop();
      await server.stop();
    },
  };
}

/** `headwater work`, as a container runs it. Resolves when it works. */
async function startWorker(
  of: { dir: string; config: string; role: Role; env: NodeJS.ProcessEnv },
  place: number,
): Promise<ChildProcess> {
  const { dir, config, role, env } = of;
  const own = path.join(dir, `${role}-${place}`);
  mkdirSync(own);
  const args = ["work", "--role", role, "--config", config, "--health", path.join(own, "health.json")];
  const child = spawn(process.execPath, [path.join(ROOT, manifest.bin.headwater), ...args], {
    env,
    stdio: ["ignore", openSync(path.join(own, "out"), "w"), "pipe"],
  });
  let said = "";
  const working = new Promise<void>((resolve, reject) => {
    child.stderr!.on("data", (text: Buffer) => {
      if (said.length < 20_000) said += text.toString();
      if (STARTED.test(said)) resolve();
    });
    child.once("exit", () => reject(new Error(`headwater work --role ${role} ended: ${said.slice(-500)}`)));
  });
  await working;
  return child;
}

/** Workers promise to end within 25 s. */
const PATIENCE_MS = 40_000;

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  const late = await Promise.race([exit, pause(PATIENCE_MS, "late" as const, { ref: false })]);
  if (late === "late") child.kill("SIGKILL");
}
