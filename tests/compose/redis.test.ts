import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { places } from "../../stack/places.ts";
import { makeSecrets } from "../../stack/secrets.ts";
import { withServer } from "../servers/servers.ts";
import { talk } from "../support/redis-over-tls.ts";
import { readCompose, withCompose } from "./model.ts";
import { startRedisOf } from "./servers.ts";

/** The compose file's own command line and health check, with the folders and the port of this machine. */
const suite = () =>
  describe("Redis as the compose file starts it", () => {
    const redis = readCompose().services.redis!;
    let root = "";
    let server: Awaited<ReturnType<typeof startRedisOf>>;

    beforeAll(async () => {
      root = await mkdtemp(path.join(tmpdir(), "headwater-compose-redis-"));
      await makeSecrets(root);
      server = await startRedisOf(redis, root);
    });
    afterAll(async () => {
      await server?.stop();
      await rm(root, { recursive: true });
    });

    it("is found well by its health check", () => {
      const [kind, script] = redis.healthcheck!.test!;
      expect(kind).toBe("CMD-SHELL");
      const checked = script!
        .replaceAll("/secrets/redis/", `${root}/redis/`)
        .replace("valkey-cli", `redis-cli -p ${server.port}`);
      expect(() => execFileSync("sh", ["-c", checked], { stdio: "ignore" })).not.toThrow();
    });

    it("evicts nothing, writes everything down, and lets in only who has the password", async () => {
      const url = new URL(readFileSync(places(root).redisUrl[0]!, "utf8").trim());
      const ask = (...commands: readonly string[]) => talk(server.port, `${root}/workers/ca.crt`, commands);
      expect(await ask("PING")).toContain("NOAUTH");
      expect(await ask(`AUTH headwater wrong`)).toContain("WRONGPASS");
      expect(await ask("AUTH health any", "GET a")).toContain("NOPERM");
      const worker = `AUTH ${url.username} ${url.password}`;
      expect(await ask(worker, "SET a 1", "GET a")).toContain("$1\r\n1");
      expect(await ask(worker, "CONFIG GET maxmemory-policy")).toContain("noeviction");
      expect(await ask(worker, "CONFIG GET appendonly")).toContain("yes");
      expect(await ask(worker, "FLUSHALL")).toContain("NOPERM");
    });
  });

// It also sees to it that there is a redis-server.
await withServer("redis", () => withCompose(suite));
