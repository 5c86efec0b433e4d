import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { connect, type TLSSocket } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { places } from "../../stack/places.ts";
import { makeSecrets } from "../../stack/secrets.ts";
import { freePort, type ServerProcess, startProcess } from "../servers/process.ts";
import { withServer } from "../servers/servers.ts";
import { readCompose, withCompose } from "./model.ts";

/** The compose file's own command line and health check, with the folders and the port of this machine. */
const suite = () =>
  describe("Redis as the compose file starts it", () => {
    const { command, healthcheck } = readCompose().services.redis!;
    let root = "";
    let server: ServerProcess;
    let port = 0;
    const here = (word: string) => word.replaceAll("/secrets/redis/", `${root}/redis/`);

    beforeAll(async () => {
      root = await mkdtemp(path.join(tmpdir(), "headwater-compose-redis-"));
      await makeSecrets(root);
      port = await freePort();
      server = await startProcess({
        command: "redis-server",
        args: [
          ...command!.slice(1).map((word) => (word === "6379" ? String(port) : here(word))),
          "--dir",
          root,
        ],
        directory: root,
        ready: async () => (await talk(port, `${root}/workers/ca.crt`, ["PING"])).includes("NOAUTH"),
        patience: 30_000,
      });
    });
    afterAll(async () => {
      await server?.signal("SIGKILL");
      await rm(root, { recursive: true });
    });

    it("is found well by its health check", () => {
      const [kind, script] = healthcheck!.test!;
      expect(kind).toBe("CMD-SHELL");
      const checked = here(script!).replace("valkey-cli", `redis-cli -p ${port}`);
      expect(() => execFileSync("sh", ["-c", checked], { stdio: "ignore" })).not.toThrow();
    });

    it("evicts nothing, writes everything down, and lets in only who has the password", async () => {
      const url = new URL(readFileSync(places(root).redisUrl[0]!, "utf8").trim());
      const ask = (...commands: readonly string[]) => talk(port, `${root}/workers/ca.crt`, commands);
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

/** Commands in the plain form of the protocol, over TLS that trusts our authority alone. */
async function talk(port: number, ca: string, commands: readonly string[]): Promise<string> {
  const socket: TLSSocket = connect({ port, host: "127.0.0.1", servername: "redis", ca: readFileSync(ca) });
  let said = "";
  for (const command of commands) {
    socket.write(`${command}\r\n`);
    said += await new Promise<string>((resolve, reject) => {
      socket.once("data", (answer) => resolve(answer.toString()));
      socket.once("error", reject);
    });
  }
  socket.destroy();
  return said;
}
