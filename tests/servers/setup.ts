import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestProject } from "vitest/node";
import { startElasticsearch } from "./elasticsearch.ts";
import { startRedis } from "./redis.ts";

/** A server that the whole run shares. */
export interface SharedServer {
  readonly url: string;
  /** Where it came from, told once a run. */
  readonly from: string;
  stop(): Promise<void>;
}

export type ServerName = "redis" | "elasticsearch";

/** What a test file that asks for a server is told: where it is, or why there is none. */
export type ServerAnswer = { readonly url: string } | { readonly missing: string };

declare module "vitest" {
  interface ProvidedContext {
    readonly servers: string;
  }
}

/** MiB. The store suite keeps an index set for each test. */
const SHARED_HEAP = 1_024;

const SERVERS: Readonly<Record<ServerName, () => Promise<SharedServer>>> = {
  redis: async () => {
    const given = givenBy("HEADWATER_TEST_REDIS");
    if (given !== null) return given;
    const redis = await startRedis();
    return { url: redis.url, from: "started for this run", stop: redis.stop };
  },
  elasticsearch: async () => {
    const given = givenBy("HEADWATER_TEST_ELASTICSEARCH");
    if (given !== null) return given;
    const { nodes, stop } = await startElasticsearch({ heap: SHARED_HEAP });
    return { url: nodes[0]!.url, from: `the bare server, started for this run`, stop };
  },
};

function givenBy(variable: string): SharedServer | null {
  const url = process.env[variable];
  return url ? { url, from: `given by ${variable}`, stop: async () => {} } : null;
}

/**
 * Vitest's global setup. A server is started when the first test file asks for it (see servers.ts), so a run that
 * needs none starts none, and is shared by the run and ended with it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const started = new Map<string, Promise<SharedServer>>();
  function ask(name: ServerName): Promise<SharedServer> {
    const asked = started.get(name) ?? SERVERS[name]();
    if (!started.has(name)) {
      started.set(name, asked);
      asked.then(
        ({ url, from }) => process.stderr.write(`tests use ${name} at ${url}, ${from}\n`),
        (error) => process.stderr.write(`tests have no ${name}: ${(error as Error).message}\n`),
      );
    }
    return asked;
  }

  const door = createServer(async (request, response) => {
    const name = request.url!.slice(1) as ServerName;
    const answer: ServerAnswer = await ask(name).then(
      ({ url }) => ({ url }),
      (error) => ({ missing: (error as Error).message }),
    );
    response.end(JSON.stringify(answer));
  });
  // The first start may fetch a server from a registry.
  door.requestTimeout = 0;
  await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
  project.provide("servers", `http://127.0.0.1:${(door.address() as AddressInfo).port}`);

  return async () => {
    door.closeAllConnections();
    await new Promise((resolve) => door.close(resolve));
    for (const server of await Promise.allSettled(started.values())) {
      if (server.status === "fulfilled") await server.value.stop();
    }
  };
}
