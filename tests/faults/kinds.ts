import { setTimeout as pause } from "node:timers/promises";
import type { Role } from "../../pipelines/runner.ts";
import type { Way } from "./proxy.ts";
import type { World } from "./world.ts";

/** Something that goes wrong, and ends by itself. */
export interface Fault {
  readonly name: string;
  /** Relative frequency in a mixture: what takes long is rarer. */
  readonly weight: number;
  inject(world: World): Promise<void>;
}

/** No disk has so much room: the server itself takes every index for one on a full disk, and lifts that by itself. */
const FLOODED = {
  "cluster.info.update.interval": "10s",
  "cluster.routing.allocation.disk.threshold_enabled": "true",
  "cluster.routing.allocation.disk.watermark.low": "9000tb",
  "cluster.routing.allocation.disk.watermark.high": "8999tb",
  "cluster.routing.allocation.disk.watermark.flood_stage": "8998tb",
};

async function putSettings(url: string, persistent: Readonly<Record<string, string | null>>): Promise<void> {
  const answer = await fetch(`${url}/_cluster/settings`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ persistent }),
  });
  if (!answer.ok) throw new Error(`the cluster's settings were refused: ${await answer.text()}`);
}

const kill = (role: Role): Fault => ({
  name: `kill -9 of ${role}`,
  weight: 12,
  async inject({ fleet, random }) {
    for (let look = 0; look < 100 && !fleet.kill(role, random); look++) await pause(50);
  },
});

/** The way to a server for a second or three. */
const way = (to: "redis" | "elasticsearch", how: Way, weight: number): Fault => ({
  name: `${how === "closed" ? "cut" : how} network to ${to}`,
  weight,
  async inject({ redisWay, elasticsearchWay, random }) {
    const proxy = to === "redis" ? redisWay : elasticsearchWay;
    proxy.set(how);
    await pause(random.between(300, 2_500));
    proxy.set("open");
  },
});

const refusing = (mood: "too-many" | "unavailable" | "part-of-bulk", name: string): Fault => ({
  name: `Elasticsearch answering ${name}`,
  weight: 4,
  async inject({ door, random }) {
    door.mood = mood;
    await pause(random.between(300, 3_000));
    door.mood = "pass";
  },
});

export const FAULTS: readonly Fault[] = [
  kill("collect"),
  kill("analyze"),
  kill("trace"),
  kill("schedule"),
  kill("notify"),
  {
    name: "kill -9 of Redis, restarted with its append-only file",
    weight: 3,
    async inject({ redis, random }) {
      await redis.signal("SIGKILL");
      await pause(random.between(0, 1_000));
      await redis.start();
    },
  },
  {
    name: "Redis loses all its keys",
    weight: 2,
    async inject({ direct }) {
      await direct.flushall();
    },
  },
  {
    name: "Redis stops for a while (SIGSTOP)",
    weight: 3,
    async inject({ redis, random }) {
      await redis.signal("SIGSTOP");
      await pause(random.between(500, 4_000));
      await redis.signal("SIGCONT");
    },
  },
  {
    name: "Redis has no memory left",
    weight: 3,
    async inject({ direct, random }) {
      await direct.config("SET", "maxmemory", "1mb");
      await pause(random.between(300, 2_000));
      await direct.config("SET", "maxmemory", "0");
    },
  },
  way("redis", "closed", 4),
  way("redis", "frozen", 3),
  way("redis", "slow", 3),
  way("elasticsearch", "closed", 4),
  way("elasticsearch", "frozen", 3),
  way("elasticsearch", "slow", 3),
  {
    name: "Elasticsearch stops for a while (SIGSTOP)",
    weight: 2,
    async inject({ elasticsearch, random }) {
      const [node] = elasticsearch.nodes;
      await node!.signal("SIGSTOP");
      await pause(random.between(500, 5_000));
      await node!.signal("SIGCONT");
    },
  },
  {
    name: "kill -9 of Elasticsearch, restarted",
    weight: 0.4,
    async inject({ elasticsearch }) {
      const [node] = elasticsearch.nodes;
      await node!.signal("SIGKILL");
      await node!.start();
    },
  },
  {
    name: "Elasticsearch stopped for 60 s",
    weight: 0.15,
    async inject({ elasticsearch }) {
      const [node] = elasticsearch.nodes;
      await node!.signal("SIGKILL");
      await pause(60_000);
      await node!.start();
    },
  },
  {
    name: "Elasticsearch's disk beyond the flood stage",
    weight: 0.3,
    async inject({ elasticsearch, random }) {
      const { url } = elasticsearch.nodes[0]!;
      await putSettings(url, FLOODED);
      // The server looks at its disk every half minute, then every ten seconds, and blocks what it finds.
      await pause(random.between(32_000, 45_000));
      await putSettings(url, Object.fromEntries(Object.keys(FLOODED).map((name) => [name, null])));
    },
  },
  refusing("too-many", "429"),
  refusing("unavailable", "503"),
  refusing("part-of-bulk", "429 and 503 for part of a bulk"),
  {
    name: "Elasticsearch's disk is full (indexes blocked for writing)",
    weight: 3,
    async inject({ elasticsearch, indexes, random }) {
      const block = (on: boolean | null) =>
        fetch(`${elasticsearch.nodes[0]!.url}/${indexes}/_settings?expand_wildcards=all`, {
          method: "PUT",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ "index.blocks.read_only_allow_delete": on }),
        });
      await block(true);
      await pause(random.between(500, 3_000));
      await block(null);
    },
  },
  {
    name: "a running job given to a second worker",
    weight: 5,
    async inject({ direct }) {
      for (let look = 0; look < 50; look++) {
        const locks = await direct.keys("*:lock");
        if (locks.length > 0) {
          await direct.del(...locks);
          return;
        }
        await pause(20);
      }
    },
  },
  {
    name: "clocks jump by up to two hours",
    weight: 3,
    async inject({ fleet, random }) {
      fleet.jump(random.between(-7_200_000, 7_200_000));
      await pause(random.between(500, 2_000));
      fleet.jump(0);
    },
  },
];
