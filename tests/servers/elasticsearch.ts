import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { jsonService } from "../../http/json-service.ts";
import { elasticsearchHome } from "./elasticsearch-home.ts";
import { freePort, type ServerProcess, startProcess } from "./process.ts";

/** One node of an Elasticsearch of our own, on loopback. */
export interface ElasticsearchNode {
  readonly url: string;
  /** SIGKILL, SIGTERM, SIGSTOP or SIGCONT. After an end, `start` brings it back with its data. */
  signal(signal: NodeJS.Signals): Promise<void>;
  start(): Promise<void>;
}

export interface Elasticsearch {
  readonly nodes: readonly ElasticsearchNode[];
  /** Ends all nodes and removes their data. */
  stop(): Promise<void>;
}

export interface ElasticsearchOptions {
  readonly nodes?: number;
  /** Heap of each node, MiB. */
  readonly heap?: number;
  /** Further settings, `NAME=VALUE`. */
  readonly settings?: readonly string[];
  /** With accounts, API keys and TLS; `settings` says by which certificate. */
  readonly security?: Security;
  /** The folder for snapshots, where it is to outlive the server. */
  readonly snapshots?: string;
}

export interface Security {
  /** Of the account `elastic`. */
  readonly password: string;
  /** The file of the authority that signed the certificate. */
  readonly ca: string;
  /** Files that settings name lie below it. */
  readonly config: string;
}

/** A start takes about 5 s of processor time; a busy machine takes its time. */
const PATIENCE_MS = 300_000;

/** Starts a cluster, and waits until all its nodes have met. Throws an Error that says what to install. */
export async function startElasticsearch({
  nodes: count = 1,
  heap = 512,
  settings = [],
  security,
  snapshots,
}: ElasticsearchOptions = {}): Promise<Elasticsearch> {
  const { java, args } = elasticsearchHome({ secured: security !== undefined });
  const folder = await mkdtemp(path.join(tmpdir(), "headwater-elasticsearch-"));
  const names = Array.from({ length: count }, (_, i) => `node-${i}`);
  const ports = await freePorts(count * 2);
  const transports = ports.slice(count);
  const together =
    count === 1
      ? ["discovery.type=single-node"]
      : [
          `cluster.initial_master_nodes=${names.join(",")}`,
          `discovery.seed_hosts=${transports.map((port) => `127.0.0.1:${port}`).join(",")}`,
        ];
  const nodes = names.map((name, i) => {
    const url = security ? `https://localhost:${ports[i]}` : `http://127.0.0.1:${ports[i]}`;
    let server: ServerProcess | null = null;
    return {
      url,
      signal: async (signal: NodeJS.Signals) => server?.signal(signal),
      start: async () => {
        server = await startProcess({
          command: java,
          args: [
            ...[`-Xms${heap}m`, `-Xmx${heap}m`, `-Des.path.conf=${security?.config ?? folder}`],
            ...[...args, ...together, ...settings],
            ...[`cluster.name=headwater-test`, `node.name=${name}`, "network.host=127.0.0.1"],
            ...[`http.port=${ports[i]}`, `transport.port=${transports[i]}`],
            ...[
              `path.data=${path.join(folder, name)}`,
              `path.repo=${snapshots ?? path.join(folder, "snapshots")}`,
            ],
            // The disk of a test machine may be nearly full, which is no matter of these tests.
            "cluster.routing.allocation.disk.threshold_enabled=false",
          ],
          directory: folder,
          env: security && { ELASTIC_PASSWORD: security.password },
          ready: () => isReady(url, security?.ca),
          patience: PATIENCE_MS,
        });
      },
    };
  });
  const stop = async () => {
    await Promise.all(nodes.map((node) => node.signal("SIGKILL")));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await Promise.all(nodes.map((node) => node.start()));
    if (count > 1) await untilMet(nodes[0]!.url, count);
  } catch (error) {
    await stop();
    throw error;
  }
  return { nodes, stop };
}

/** One that asks who we are is as ready as one that tells. */
async function isReady(url: string, ca: string | undefined): Promise<boolean> {
  const { status } = await jsonService({ url, ca }).ask("GET", "/_cluster/health?timeout=1s");
  return status === 200 || status === 401;
}

async function untilMet(url: string, count: number): Promise<void> {
  const health = await fetch(`${url}/_cluster/health?wait_for_nodes=${count}&timeout=60s`);
  if (!health.ok) throw new Error(`the ${count} nodes did not meet: ${await health.text()}`);
}

/** Asked for one after the other, so that no two are the same. */
async function freePorts(count: number): Promise<readonly number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort());
  return [...ports];
}
