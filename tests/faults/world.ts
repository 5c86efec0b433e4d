import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Redis } from "ioredis";
import type { Random } from "../../bench/simulator/random.ts";
import { configSchema } from "../../config/schema.ts";
import type { Store } from "../../contracts/store.ts";
import { type Assembled, assemble } from "../../pipelines/assembly.ts";
import { type Role, recover } from "../../pipelines/runner.ts";
import { collectJob } from "../../pipelines/steps/jobs.ts";
import { connectRedis } from "../../queues/bullmq/connection.ts";
import { openElasticsearchStore } from "../../stores/elasticsearch/index.ts";
import type { Elasticsearch } from "../servers/elasticsearch.ts";
import { type StoreOfFile, storeOfFile } from "../servers/elasticsearch-store.ts";
import type { RedisServer } from "../servers/redis.ts";
import { quiet } from "../support/pipeline.ts";
import { type Door, openDoor } from "./door.ts";
import { type Fleet, startFleet } from "./fleet.ts";
import { openProxy, type Passage } from "./proxy.ts";

/** Two of each that may work side by side, and one that schedules. */
const ROLES: readonly Role[] = ["schedule", "collect", "analyze", "analyze", "trace", "trace", "notify"];
const SOURCES = 6;
/** Locks of two seconds: what a killed worker held goes on after four, and not after a minute. */
const LOCK_SECONDS = 2;
/** Work that is left after so long, milliseconds, is taken for stuck. */
const PATIENCE_MS = 300_000;

/** A team's whole installation in which things go wrong, with ways of our own between its parts. */
export interface World {
  readonly random: Random;
  readonly redis: RedisServer;
  readonly elasticsearch: Elasticsearch;
  readonly redisWay: Passage;
  readonly elasticsearchWay: Passage;
  readonly door: Door;
  readonly fleet: Fleet;
  /** Past every proxy. */
  readonly direct: Redis;
  readonly store: Store;
  readonly indexes: string;
  /** Gives lines to the sources and has them crawled. */
  issue(lines: readonly string[]): Promise<void>;
  /** Waits until nothing is left to do. Says how many jobs were set aside on the way, and run again. */
  drain(): Promise<number>;
  /** Makes what was written findable. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export async function openWorld(
  { redis, elasticsearch }: { readonly redis: RedisServer; readonly elasticsearch: Elasticsearch },
  random: Random,
  prefix: string,
): Promise<World> {
  const dir = mkdtempSync(path.join(tmpdir(), "headwater-faults-"));
  const node = elasticsearch.nodes[0]!;
  const door = await openDoor({ port: Number(new URL(node.url).port) }, random);
  const elasticsearchWay = await openProxy(door);
  const redisWay = await openProxy({ port: Number(new URL(redis.url).port) });
  const files: StoreOfFile = storeOfFile([node.url]);
  const store = await openElasticsearchStore(files.options);
  const direct = await connectRedis(redis.url);
  const names = Array.from({ length: SOURCES }, (_, i) => `source-${i}`);
  const fileOf = (name: string) => path.join(dir, `${name}.jsonl`);
  for (const name of names) writeFileSync(fileOf(name), "");
  const config = (url: string) => ({
    data: path.join(dir, "data"),
    store: "elasticsearch",
    queue: "bullmq",
    redis: { url, prefix, lock_seconds: LOCK_SECONDS },
    // Crawls are asked for by the run; what the schedule does of itself is to make good a loss.
    schedule: { every: "0 0 1 1 *" },
    sources: names.map((name) => ({ name, collector: "file", path: fileOf(name) })),
  });
  const judge: Assembled = await assemble(configSchema.parse(config(redis.url)), { log: quiet, store });
  const fleet = startFleet({
    dir,
    roles: ROLES,
    worker: {
      config: config(`redis://127.0.0.1:${redisWay.port}`),
      elasticsearch: { ...files.options, urls: [`http://127.0.0.1:${elasticsearchWay.port}`] },
    },
  });

  async function drain(): Promise<number> {
    let replayed = 0;
    // What the schedule does each minute: a crawl that was lost with the keys of Redis is asked for again.
    await judge.queue.push(names.map(collectJob));
    for (const until = Date.now() + PATIENCE_MS; ; ) {
      const late = pause(until - Date.now(), "late" as const, { ref: false });
      if ((await Promise.race([judge.queue.idle(), late])) === "late") {
        throw new Error(
          `jobs are left after ${PATIENCE_MS / 1000} s; ${path.join(dir, "workers.log")} says more`,
        );
      }
      const dead = await judge.queue.dead();
      replayed += await judge.queue.replay(dead.map(({ id }) => id));
      await files.settle();
      const left = await recover(judge);
      if (dead.length === 0 && left === 0 && (await store.waiting("trace", 1)).length === 0) return replayed;
    }
  }

  return {
    random,
    redis,
    elasticsearch,
    redisWay,
    elasticsearchWay,
    door,
    fleet,
    direct,
    store,
    indexes: `${files.options.prefix}-*`,
    async issue(lines) {
      const name = random.pick(names);
      appendFileSync(fileOf(name), lines.map((line) => `${line}\n`).join(""));
      await judge.queue.push([collectJob(name)]);
    },
    drain,
    settle: files.settle,
    async close() {
      await fleet.stop();
      await judge.close();
      direct.disconnect();
      await redisWay.close();
      await elasticsearchWay.close();
      await door.close();
      await files.remove();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
