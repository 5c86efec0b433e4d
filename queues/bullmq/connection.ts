import type { Redis, RedisOptions } from "ioredis";
import { StopAll } from "../../contracts/errors.ts";
import type { Log } from "../../contracts/log.ts";

export interface ConnectionDeps {
  readonly log?: Log | undefined;
  /** How long a first answer may take, milliseconds. */
  readonly patience_ms?: number;
}

/** A server that is up answers in milliseconds; ten seconds cover one that is just being started. */
const PATIENCE_MS = 10_000;
/**
 * A connection that a firewall has forgotten gives neither data nor an error. After so long without an answer to a
 * command it is made anew. Workers ask every five seconds, so a healthy one is never cut.
 */
const SOCKET_TIMEOUT_MS = 30_000;
const KEEP_ALIVE_MS = 5_000;
const LONGEST_RETRY_MS = 2_000;

/**
 * Options of every connection. Commands wait while the server is away, and there is no `commandTimeout`: it would
 * end the blocking read of a worker again and again.
 */
export function connectionOptions() {
  return {
    maxRetriesPerRequest: null,
    socketTimeout: SOCKET_TIMEOUT_MS,
    keepAlive: KEEP_ALIVE_MS,
    lazyConnect: true,
    // Half of it by chance, so that not all workers come back in the same instant.
    retryStrategy: (times: number) => Math.min(LONGEST_RETRY_MS, 50 * 2 ** times) * (0.5 + Math.random() / 2),
  } satisfies RedisOptions;
}

/** Connects to Redis. Throws StopAll with a sentence when it does not answer in time. */
export async function connectRedis(url: string, deps: ConnectionDeps = {}): Promise<Redis> {
  const { Redis } = await import("ioredis");
  const redis = new Redis(url, connectionOptions());
  let last: Error | null = null;
  redis.on("error", (error) => {
    last = error;
  });
  const { patience_ms = PATIENCE_MS } = deps;
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(last ?? new Error("it does not answer")), patience_ms);
  try {
    // The first attempt may be refused by a server that is starting; further ones follow by themselves.
    redis.connect().catch(() => {});
    await Promise.race([redis.ping(), late.promise]);
  } catch (error) {
    redis.disconnect();
    const why = error instanceof Error ? error.message : String(error);
    throw new StopAll(
      `Redis at ${withoutPassword(url)} cannot be used: ${why}. Start it, or set redis.url (HEADWATER_REDIS_URL)`,
      { cause: error },
    );
  } finally {
    clearTimeout(timer);
  }
  redis.on("error", tellOnce(withoutPassword(url), deps.log));
  return redis;
}

/** The same trouble is told once a minute: an outage of an hour is one story, not ten thousand. */
const TELL_AGAIN_MS = 60_000;

export function tellOnce(where: string, log: Log | undefined): (error: Error) => void {
  const told = new Map<string, number>();
  return ({ message }) => {
    const now = performance.now();
    if (now - (told.get(message) ?? Number.NEGATIVE_INFINITY) < TELL_AGAIN_MS) return;
    if (told.size > 100) told.clear();
    told.set(message, now);
    log?.warn(`Redis at ${where}: ${message}; trying again`);
  };
}

export function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, "//…@");
}
