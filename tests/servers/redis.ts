import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort, type ServerProcess, startProcess } from "./process.ts";

/** A Redis of our own, on loopback, with a directory of its own. */
export interface RedisServer {
  readonly url: string;
  /** Where its append-only file lies. */
  readonly directory: string;
  /** SIGKILL, SIGTERM, SIGSTOP or SIGCONT. After an end, `start` brings it back with its data. */
  signal(signal: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same port and directory. */
  start(): Promise<void>;
  /** Ends it and removes its directory. */
  stop(): Promise<void>;
}

export interface RedisOptions {
  /** Further arguments of redis-server, which win over ours: `["--maxmemory", "8mb"]`. */
  readonly args?: readonly string[];
  /** Where its data goes, for a test that fills a disk; a new one when left out. It is removed at the end. */
  readonly directory?: string;
}

/** As Headwater asks Redis to be: nothing is evicted, and what was acknowledged outlives the process. */
const ARGS = [
  ...["--bind", "127.0.0.1", "--appendonly", "yes", "--appendfsync", "everysec"],
  ...["--maxmemory-policy", "noeviction", "--save", "", "--daemonize", "no"],
];
/** Reading a large append-only file takes a while. */
const PATIENCE_MS = 30_000;

/** Starts a Redis. Throws an Error that says what to install when there is none. */
export async function startRedis({ args = [], directory }: RedisOptions = {}): Promise<RedisServer> {
  const command = redisCommand();
  const folder = directory ?? (await mkdtemp(path.join(tmpdir(), "headwater-redis-")));
  const port = await freePort();
  let server: ServerProcess | null = null;
  const redis: RedisServer = {
    url: `redis://127.0.0.1:${port}`,
    directory: folder,
    signal: async (signal) => server?.signal(signal),
    start: async () => {
      server = await startProcess({
        command,
        args: ["--port", String(port), "--dir", folder, ...ARGS, ...args],
        directory: folder,
        ready: () => answersPing(port),
        patience: PATIENCE_MS,
      });
    },
    stop: async () => {
      await server?.signal("SIGKILL");
      await rm(folder, { recursive: true, force: true });
    },
  };
  try {
    await redis.start();
  } catch (error) {
    await redis.stop();
    throw error;
  }
  return redis;
}

/** Where redis-server is; Debian's package is installed when it is missing and we may. */
function redisCommand(): string {
  const found = () => [
    "/usr/bin/redis-server",
    "/usr/local/bin/redis-server",
    "/opt/homebrew/bin/redis-server",
  ];
  const installed = found().find(existsSync);
  if (installed !== undefined) return installed;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    // Run level 1 tells Debian's scripts not to start the service they install.
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
    for (const args of [["update"], ["install", "-y", "--no-install-recommends", "redis-server"]]) {
      execFileSync("apt-get", args, { env, stdio: ["ignore", "ignore", "inherit"] });
    }
    const now = found().find(existsSync);
    if (now !== undefined) return now;
  }
  throw new Error(
    "there is no redis-server here; install it (Debian: apt-get install redis-server), or set HEADWATER_TEST_REDIS to the URL of one that may be emptied",
  );
}

async function answersPing(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    return await new Promise((resolve) => {
      socket.once("error", () => resolve(false));
      socket.once("data", (answer) => resolve(answer.toString().startsWith("+PONG")));
      socket.setTimeout(1_000, () => resolve(false));
      socket.write("PING\r\n");
    });
  } finally {
    socket.destroy();
  }
}
