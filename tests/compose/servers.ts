import { readFileSync } from "node:fs";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { places } from "../../stack/places.ts";
import { startElasticsearch } from "../servers/elasticsearch.ts";
import { freePort, startProcess } from "../servers/process.ts";
import { talk } from "../support/redis-over-tls.ts";
import type { Service } from "./model.ts";

/** A server as the compose file starts it, but for folders and ports: those are of this machine. */
export interface Started {
  readonly url: string;
  stop(): Promise<void>;
}

/** Its own command line. `root` has the secrets. */
export async function startRedisOf({ command }: Service, root: string): Promise<Started & { port: number }> {
  const port = await freePort();
  const ca = places(root).trusted("workers");
  const words = command!.slice(1).map((word) => word.replaceAll("/secrets/redis/", `${root}/redis/`));
  const server = await startProcess({
    command: "redis-server",
    args: [...words.map((word) => (word === "6379" ? String(port) : word)), "--dir", root],
    directory: root,
    ready: async () => (await talk(port, ca, ["PING"])).includes("NOAUTH"),
    patience: 30_000,
  });
  const url = new URL(readFileSync(places(root).redisUrl[0]!, "utf8").trim());
  url.hostname = "localhost";
  url.port = String(port);
  return { port, url: url.href, stop: () => server.signal("SIGKILL") };
}

/**
 * What it says of security: certificates, and who is asked for a password. The bare server has no other settings of its.
 * `root` has the secrets; `snapshots` is its folder for these.
 */
export async function startElasticsearchOf(
  { environment }: Service,
  root: string,
  snapshots: string,
): Promise<Started> {
  const at = places(root);
  const config = await mkdtemp(path.join(tmpdir(), "headwater-elasticsearch-config-"));
  await symlink(at.folder("elasticsearch"), path.join(config, "secrets"));
  const settings = Object.entries(environment!).filter(([name]) => name.startsWith("xpack.security."));
  const server = await startElasticsearch({
    settings: settings.map(([name, value]) => `${name}=${value}`),
    security: {
      password: readFileSync(at.elasticPassword[0]!, "utf8").trim(),
      ca: at.authority.certificate,
      config,
    },
    snapshots,
  });
  const stop = async () => {
    await server.stop();
    await rm(config, { recursive: true });
  };
  return { url: server.nodes[0]!.url, stop };
}
