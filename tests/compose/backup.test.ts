import { execFile } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openElasticsearchStore } from "../../stores/elasticsearch/index.ts";
import { ids, samplePost } from "../contracts/store.samples.ts";
import { elasticsearchHome } from "../servers/elasticsearch-home.ts";
import { whereItCanStart, withServer } from "../servers/servers.ts";
import { type Ended, folder } from "../support/command.ts";
import { Machine } from "./machine.ts";
import { withCompose } from "./model.ts";

const repository = path.resolve(import.meta.dirname, "../..");
const CAPTURED = "var/lib/headwater/captured.warc.gz";
const said = (out: string): Ended => ({ code: 0, out, err: "" });

/** What `docker` does on this machine, as far as the scripts ask for it. */
async function docker(machine: Machine, args: readonly string[]): Promise<Ended> {
  if (args[0] === "volume") return said(machine.isUp ? "headwater_elasticsearch\n" : "");
  const [verb, ...words] = args.slice(1).filter((word) => !word.startsWith("-"));
  if (verb === "run") return machine.run(words[0]!, words.length > 1 ? words.slice(1) : undefined);
  if (verb !== "up") throw new Error(`docker ${args.join(" ")} is not known here`);
  await machine.startServers();
  return said("");
}

const suite = () =>
  describe("the scripts of the stack", () => {
    const first = new Machine("{}");
    const second = new Machine("{}");
    const down = new Machine("{}");
    const backups = folder();
    let asked: Machine = first;
    let server: Server;
    beforeAll(async () => {
      server = createServer((request, response) => {
        let body = "";
        request.setEncoding("utf8").on("data", (part) => (body += part));
        request.on("end", async () => {
          const failed = (error: Error): Ended => ({ code: 1, out: "", err: String(error) });
          response.end(JSON.stringify(await docker(asked, JSON.parse(body)).catch(failed)));
        });
      });
      await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
      await first.run("secrets");
      await first.startServers();
    });
    afterAll(async () => {
      server.close();
      for (const machine of [first, second, down]) await machine.end();
    });

    /** Runs a script on a machine, with the program `docker` that asks us. */
    async function script(machine: Machine, name: string, ...args: readonly string[]): Promise<Ended> {
      asked = machine;
      const programs = folder();
      const program = path.join(programs, "docker");
      const node = `"${process.execPath}" "${path.join(import.meta.dirname, "docker.ts")}"`;
      writeFileSync(program, `#!/usr/bin/env bash\nexec ${node} "$@"\n`);
      chmodSync(program, 0o755);
      const env = {
        ...process.env,
        PATH: `${programs}:${process.env.PATH}`,
        HEADWATER_TEST_ROOT: machine.root,
        HEADWATER_TEST_DOCKER: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      };
      const given = ["bash", path.join(repository, "scripts/stack", name), ...args];
      return promisify(execFile)(given[0]!, given.slice(1), { env }).then(
        ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
        ({ code, stdout, stderr }) => ({ code, out: stdout, err: stderr }),
      );
    }
    let archive = "";
    it("put an installation into one file, which nobody else may read", async () => {
      for (const name of ["setup", "indices"]) expect(await first.run(name)).toMatchObject({ code: 0 });
      const store = await openElasticsearchStore(first.options(first.at.writerKey));
      await store.savePosts([samplePost("web:a"), samplePost("web:b")]);
      await store.close();
      writeFileSync(path.join(first.root, CAPTURED), "as it came");
      const backup = await script(first, "backup.sh", backups);
      expect(backup).toMatchObject({ code: 0 });
      archive = backup.out.trim().split("\n").at(-1)!;
      expect(readdirSync(backups)).toEqual([path.basename(archive)]);
      expect(statSync(archive).mode & 0o777).toBe(0o600);
    });

    it("bring it back on another machine", async () => {
      expect(await script(second, "restore.sh", archive)).toMatchObject({ code: 0 });
      const store = await openElasticsearchStore(second.options(second.at.readerKey), { readOnly: true });
      expect(await ids(store, "*")).toEqual(["web:a", "web:b"]);
      await store.close();
      expect(readFileSync(path.join(second.root, CAPTURED), "utf8")).toBe("as it came");
      for (const of of ["analystPassword", "kibanaKeys"] as const)
        expect(second.secret(second.at[of])).toBe(first.secret(first.at[of]));
      // Keys are of the server that made them.
      expect(second.secret(second.at.writerKey)).not.toBe(first.secret(first.at.writerKey));
    });

    it("do nothing without an archive, nor to a machine that has an installation", async () => {
      const none = await script(second, "restore.sh", path.join(backups, "none.tar"));
      expect(none).toMatchObject({ code: 1, err: expect.stringContaining("is not there") });
      const again = await script(second, "restore.sh", archive);
      expect(again).toMatchObject({ code: 1, err: expect.stringContaining("there is an installation here") });
    });

    it("leave no archive where there is no snapshot", async () => {
      const nowhere = folder();
      const failed = await script(down, "backup.sh", nowhere);
      expect(failed.code).not.toBe(0);
      expect(readdirSync(nowhere)).toEqual([]);
    });
  });

await withServer("redis", () =>
  whereItCanStart(
    "a secured Elasticsearch",
    () => elasticsearchHome({ secured: true }),
    () => withCompose(suite),
  ),
);
