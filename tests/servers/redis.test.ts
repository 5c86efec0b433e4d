import { existsSync } from "node:fs";
import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type RedisServer, startRedis } from "./redis.ts";
import { withServer } from "./servers.ts";

/** One command in the plain form of the protocol, and the beginning of its answer. */
function ask(url: string, command: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  return new Promise<string>((resolve, reject) => {
    socket.once("error", reject);
    socket.once("data", (answer) => resolve(answer.toString().trim()));
    socket.write(`${command}\r\n`);
  }).finally(() => socket.destroy());
}

describe("a Redis of one's own", () => {
  let redis: RedisServer | null = null;
  afterEach(() => redis?.stop());

  it("keeps what was acknowledged when it is killed, and leaves nothing behind", async () => {
    redis = await startRedis();
    expect(await ask(redis.url, "SET a 1")).toBe("+OK");
    await redis.signal("SIGKILL");
    await expect(ask(redis.url, "GET a")).rejects.toThrow("ECONNREFUSED");
    await redis.start();
    expect(await ask(redis.url, "GET a")).toBe("$1\r\n1");
    await redis.stop();
    expect(existsSync(redis.directory)).toBe(false);
  });

  it("takes further arguments", async () => {
    redis = await startRedis({ args: ["--maxmemory", "8mb"] });
    expect(await ask(redis.url, "CONFIG GET maxmemory")).toContain("8388608");
  });

  it("says what it said when it cannot start", async () => {
    await expect(startRedis({ args: ["--no-such-setting", "1"] })).rejects.toThrow("no-such-setting");
  });
});

await withServer("redis", (url) => {
  describe("the Redis of the run", () => {
    it("answers", async () => {
      expect(await ask(url, "PING")).toBe("+PONG");
    });
  });
});
