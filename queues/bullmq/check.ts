import type { Redis } from "ioredis";

export interface RedisFinding {
  readonly state: "ok" | "note" | "wrong";
  readonly sentence: string;
}

/** BullMQ needs 6.2 at least; its makers test against 7 and later, and so do we. */
const OLDEST = [6, 2] as const;
/** Above this share of its memory there is little left for a burst. */
const NEARLY_FULL = 0.8;

/** Whether a Redis keeps what it acknowledged. It changes nothing. */
export async function checkRedis(redis: Redis): Promise<readonly RedisFinding[]> {
  const info = await readInfo(redis);
  const findings: RedisFinding[] = [];
  const version = info.get("redis_version") ?? "0";
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const old = major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
  const server =
    info.get("server_name") === "valkey" ? `Valkey ${info.get("valkey_version")}` : `Redis ${version}`;
  findings.push(
    old
      ? { state: "wrong", sentence: `${server} is too old; ${OLDEST.join(".")} or later is needed` }
      : { state: "ok", sentence: `${server} answers` },
  );
  const policy = info.get("maxmemory_policy") ?? "unknown";
  findings.push(
    policy === "noeviction"
      ? { state: "ok", sentence: "when its memory is full it refuses, and forgets nothing (noeviction)" }
      : {
          state: "wrong",
          sentence: `maxmemory-policy is ${policy}: when its memory is full it drops jobs in silence. Set it to noeviction`,
        },
  );
  findings.push(
    info.get("aof_enabled") === "1"
      ? { state: "ok", sentence: "what it acknowledged outlives its process (append-only file)" }
      : {
          state: "wrong",
          sentence: "appendonly is off: what waits is lost when it ends. Set appendonly yes",
        },
  );
  const [used, most] = [Number(info.get("used_memory")), Number(info.get("maxmemory"))];
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
  if (most > 0 && used > most * NEARLY_FULL) {
    findings.push({
      state: "note",
      sentence: `it uses ${megabytes(used)} of ${megabytes(most)}; give it more, or collectors will have to pause`,
    });
  } else {
    findings.push({
      state: "ok",
      sentence: `it uses ${megabytes(used)}${most > 0 ? ` of ${megabytes(most)}` : ", without a limit"}`,
    });
  }
  return findings;
}

async function readInfo(redis: Redis): Promise<ReadonlyMap<string, string>> {
  const lines = (await redis.info()).split(/\r?\n/);
  return new Map(
    lines.flatMap((line) => {
      const at = line.indexOf(":");
      return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)] as const];
    }),
  );
}
