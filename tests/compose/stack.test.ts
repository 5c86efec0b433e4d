import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { apiKey, basic, jsonService } from "../../http/json-service.ts";
import { places } from "../../stack/places.ts";
import { makeSecrets } from "../../stack/secrets.ts";
import { openElasticsearchStore } from "../../stores/elasticsearch/index.ts";
import { samplePost } from "../contracts/store.samples.ts";
import { elasticsearchHome } from "../servers/elasticsearch-home.ts";
import { freePort } from "../servers/process.ts";
import { whereItCanStart, withServer } from "../servers/servers.ts";
import { headwater, type start } from "../support/command.ts";
import { differences, findings, findingsOf } from "../support/pipeline.ts";
import { Machine } from "./machine.ts";
import { withCompose } from "./model.ts";

const demo = path.resolve(import.meta.dirname, "../../config/examples/demo.yml");

const suite = () =>
  describe("the stack of the compose file", () => {
    const machine = new Machine(`${readFileSync(demo, "utf8")}\nretention: { keep_days: 400 }\n`);
    const { services, root, at } = machine;
    const secret = (file: string) => machine.secret(file);
    const run = (name: string, args?: readonly string[]) => machine.run(name, args);

    beforeAll(async () => {
      expect(await run("secrets")).toMatchObject({ code: 0 });
      await machine.startServers();
    });
    afterAll(() => machine.end());

    it("has an Elasticsearch that its health check finds well, and that lets nobody in without a password", async () => {
      const [kind, script] = services.elasticsearch!.healthcheck!.test!;
      expect(kind).toBe("CMD-SHELL");
      const checked = script!
        .replace("config/secrets/ca.crt", at.trusted("elasticsearch"))
        .replace("https://localhost:9200", machine.url);
      expect(() => execFileSync("bash", ["-c", checked])).not.toThrow();
      expect((await machine.as().ask("GET", "/_cluster/health")).status).toBe(401);
    });

    it("is set up by its own command, and again by each start: keys that work stay, one that does not is made anew", async () => {
      const elastic = machine.as(basic("elastic", secret(at.elasticPassword[1]!)));
      const setUp = async (...more: readonly string[]) => {
        const { code, err } = await run("setup", [...services.setup!.command!, ...more]);
        expect({ code, err }).toMatchObject({ code: 0 });
        return err;
      };
      const first = await setUp();
      for (const name of ["writer", "reader", "setup"]) expect(first).toContain(`API key ${name}: made.`);
      expect(first).toContain("every month stays searchable");
      const [writer, reader] = [secret(at.writerKey), secret(at.readerKey)];
      expect(statSync(at.writerKey).mode & 0o777).toBe(0o600);
      // Somebody has ended it in Kibana; and this one was made by a version that gave it less.
      await elastic.expect("DELETE", "/_security/api_key", { name: "headwater-reader" });
      const [id] = Buffer.from(secret(at.setupKey), "base64").toString().split(":");
      await elastic.expect("PUT", `/_security/api_key/${id}`, {
        role_descriptors: { less: { cluster: ["monitor"] } },
      });
      const second = await setUp("--keep-posts", "730", "--keep-snapshots", "14");
      expect(second).toContain("API key writer: kept.");
      expect(second).toContain("API key reader: made.");
      expect(second).toContain("API key setup: kept, with the privileges of this version.");
      expect(second).toContain("a month can be searched for 730 days after its index was made");
      expect(secret(at.writerKey)).toBe(writer);
      expect(secret(at.readerKey)).not.toBe(reader);
      for (const [user, password] of [
        ["analyst", at.analystPassword],
        ["kibana_system", at.kibanaSystemPassword],
      ] as const) {
        const { body } = await machine
          .as(basic(user, secret(password)))
          .ask("GET", "/_security/_authenticate");
        expect(body).toMatchObject({ username: user, enabled: true });
      }
    });

    it("tells in a sentence what the server said when it says no, and never a password", async () => {
      const stranger = path.join(root, "stranger");
      await makeSecrets(stranger);
      copyFileSync(at.authority.certificate, places(stranger).authority.certificate);
      const args = ["stack", "setup", "--secrets", stranger, "--elasticsearch", machine.url];
      const refused = await headwater(args);
      expect(refused.code).toBe(69);
      expect(refused.err).toMatch(/headwater: \w+ https:\/\/localhost\S+ was answered 401/);
      expect(refused.err).not.toContain(secret(places(stranger).elasticPassword[1]!));
    });

    it("has its indexes made by who may, and by nobody else", async () => {
      const refused = await run("cli", ["index", "setup"]);
      expect(refused.code).not.toBe(0);
      expect(refused.err).toContain("unauthorized for API key");
      expect(await run("indices")).toMatchObject({ code: 0 });
      // As each `docker compose up` does.
      expect(await run("indices")).toMatchObject({ code: 0 });
    });

    describe("with a worker of each role", () => {
      interface Worker extends ReturnType<typeof start> {
        readonly name: string;
        readonly health: string;
      }
      let workers: readonly Worker[] = [];
      beforeAll(async () => {
        const names = Object.keys(services).filter((name) => services[name]!.command?.[0] === "work");
        expect(names).toHaveLength(5);
        workers = names.map((name) => {
          const health = path.join(root, `${name}.json`);
          const args = [...services[name]!.command!, "--health", health];
          return { name, health, ...machine.start(name, args) };
        });
        await Promise.all(workers.map(({ said }) => said("working as")));
      });

      it("finds in the demo case what one process finds", async () => {
        const alone = path.join(root, "alone");
        const data = path.join(alone, "data");
        expect(await headwater(["up", "--once", "--config", demo, "--data", data])).toMatchObject({
          code: 0,
        });
        const expected = await findings(alone);
        expect(expected.traces.length).toBeGreaterThan(0);
        const store = await openElasticsearchStore(machine.options(at.readerKey), { readOnly: true });
        await vi.waitFor(async () => expect(differences(await findingsOf(store), expected)).toEqual([]), {
          timeout: 120_000,
          interval: 1_000,
        });
        await store.close();
      });

      it("gives each month its lifecycle", async () => {
        const setup = machine.as(apiKey(secret(at.setupKey)));
        const months = Object.values((await setup.expect("GET", "/headwater-posts/_settings")) as object);
        expect(months.length).toBeGreaterThan(0);
        for (const { settings } of months) {
          expect(settings.index.lifecycle).toEqual({ name: "headwater-months" });
        }
      });

      it.each([
        ["doctor"],
        ["search platform:wechat"],
        ["trace"],
        ["report sitrep --from 2021-09-01 --to 2021-09-30 --out -"],
        ["evidence verify --all"],
        ["export posts"],
        ["sources"],
        ["schedule list"],
        ["index status"],
        ["keys rebuild"],
        ["analyze --all"],
        ["prune --dry-run"],
        ["prune"],
        ["quarantine list"],
      ])("answers an operator's `headwater %s`", async (line) => {
        const { code, out, err } = await run("cli", line.split(" "));
        expect({ code, err }).toMatchObject({ code: 0 });
        expect(out + err).not.toBe("");
      });

      it("makes an index anew while they work, by who may", async () => {
        expect((await run("cli", ["index", "reindex", "posts"])).err).toContain(
          "is unauthorized for API key",
        );
        expect(await run("indices", ["index", "reindex", "posts"])).toMatchObject({ code: 0 });
      });

      it.each([
        ["explorer", "3080", "/stories"],
        ["board", "3100", "/queues"],
      ] as const)(
        "serves %s to who has its password, by a key that only reads",
        async (name, published, page) => {
          const port = String(await freePort());
          const service = services[name]!;
          const args = service.command!.map((word) => word.replace("--host=0.0.0.0", "--host=127.0.0.1"));
          const server = machine.start(name, [...args, "--port", port]);
          const env = { ...process.env, ...machine.environment(name) };
          await server.said(port);
          const [kind, program, ...check] = service.healthcheck!.test!;
          expect([kind, program]).toEqual(["CMD", "node"]);
          const checked = check.map((word) => word.replace(published, port));
          expect(() => execFileSync(process.execPath, checked, { env })).not.toThrow();
          const url = `https://localhost:${port}`;
          const ca = at.authority.certificate;
          expect((await jsonService({ url, ca }).ask("GET", page)).status).toBe(401);
          const password = secret(name === "board" ? at.boardPassword : at.explorerPassword);
          const asked = await jsonService({ url, ca, authorization: basic(name, password) }).ask("GET", page);
          expect(asked).toMatchObject({ status: 200, body: expect.stringContaining("<html") });
          server.child.kill("SIGTERM");
          expect((await server.ended).code).toBe(0);
        },
      );

      it("ends in peace", async () => {
        for (const { health } of workers) {
          expect(await headwater(["health", "--health", health])).toMatchObject({ code: 0 });
        }
        for (const { child } of workers) child.kill("SIGTERM");
        for (const { name, ended } of workers) {
          expect({ name, code: (await ended).code }).toEqual({ name, code: 0 });
        }
      });
    });

    describe("once the workers have ended", () => {
      const stack = (...args: readonly string[]) => run("setup", ["stack", ...args]);

      it("brings back what was there, after a second snapshot of what is there now", async () => {
        const store = await openElasticsearchStore(machine.options(at.writerKey));
        const setup = machine.as(apiKey(secret(at.setupKey)));
        const found = async () => {
          await setup.expect("POST", "/headwater-*/_refresh");
          return findingsOf(store);
        };
        const monday = await found();
        expect(await stack("backup", "monday")).toMatchObject({
          code: 0,
          out: expect.stringMatching(/^monday: \d+/),
        });
        await store.savePosts([samplePost("web:tuesday")]);
        const tuesday = await found();
        expect(differences(tuesday, monday)).toHaveLength(1);

        const restored = await stack("restore", "monday");
        expect(restored).toMatchObject({
          code: 0,
          out: expect.stringMatching(/^monday: \d+ indices restored/),
        });
        expect(differences(await found(), monday)).toEqual([]);
        const [before] = /before-restore-\S+(?=\.)/.exec(restored.err)!;
        expect((await stack("backups")).out).toMatch(
          new RegExp(`^monday  \\S+  SUCCESS  \\d+ indices\\n${before} `),
        );
        expect(await stack("restore", before)).toMatchObject({ code: 0 });
        expect(differences(await found(), tuesday)).toEqual([]);
        // The workers go on as if nothing had been.
        expect(await store.savePosts([samplePost("web:tuesday"), samplePost("web:wednesday")])).toEqual([
          "known",
          "added",
        ]);
        await store.close();
      });

      it("brings back no snapshot that there is not", async () => {
        const none = await stack("restore", "sunday");
        expect(none.code).toBe(64);
        expect(none.err).toContain('There is no snapshot "sunday"; there are monday, before-restore-');
      });
    });

    it("lets whoever only reads read, and nothing else", async () => {
      const reader = machine.as(apiKey(secret(at.readerKey)));
      expect((await reader.ask("GET", "/headwater-ledger/_count")).status).toBe(200);
      expect((await reader.ask("POST", "/headwater-ledger/_doc", { a: 1 })).status).toBe(403);
      const writer = machine.as(apiKey(secret(at.writerKey)));
      expect((await writer.ask("DELETE", "/headwater-ledger-000001")).status).toBe(403);
      expect((await writer.ask("GET", "/_security/user")).status).toBe(403);
      expect((await writer.ask("POST", "/other/_doc", { a: 1 })).status).toBe(403);
      const analyst = machine.as(basic("analyst", secret(at.analystPassword)));
      expect((await analyst.ask("GET", "/headwater-posts/_count")).body).toMatchObject({
        count: expect.any(Number),
      });
      for (const hidden of ["ledger", "accounts", "deliveries"]) {
        expect({ hidden, status: (await analyst.ask("GET", `/headwater-${hidden}/_search`)).status }).toEqual(
          { hidden, status: 403 },
        );
      }
      expect((await analyst.ask("POST", "/headwater-posts-2021.09/_doc", { a: 1 })).status).toBe(403);
    });
  });

await withServer("redis", () =>
  whereItCanStart(
    "a secured Elasticsearch",
    () => elasticsearchHome({ secured: true }),
    () => withCompose(suite),
  ),
);
