import { mkdtempSync, readFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectRedis } from "../../../queues/bullmq/connection.ts";
import { openBullmqQueue } from "../../../queues/bullmq/index.ts";
import { places } from "../../../stack/places.ts";
import { makeSecrets } from "../../../stack/secrets.ts";
import { type BoardServer, serveBoard } from "../../../workers/board.ts";
import { withServer } from "../../servers/servers.ts";
import { file, headwater } from "../../support/command.ts";

const PREFIX = "headwater-board-test";
const PASSWORD = "correct horse";

await withServer("redis", (url) => {
  describe("the queue's pages", () => {
    let redis: Redis;
    let board: BoardServer;
    const root = mkdtempSync(path.join(tmpdir(), "headwater-board-"));

    beforeAll(async () => {
      await makeSecrets(root);
      const { certificate, key } = places(root).certificate("board");
      redis = await connectRedis(url);
      const queue = await openBullmqQueue({ redis, prefix: PREFIX });
      await queue.push([
        { step: "analyze", key: "a", data: { posts: ["web:a"] } },
        { step: "trace", key: "b", data: {} },
      ]);
      await queue.close();
      board = await serveBoard({
        redis,
        prefix: PREFIX,
        steps: ["collect", "analyze", "trace"],
        host: "127.0.0.1",
        port: 0,
        password: PASSWORD,
        certificate: { cert: readFileSync(certificate, "utf8"), key: readFileSync(key, "utf8") },
      });
    });
    afterAll(async () => {
      await board?.close();
      const keys = await redis.keys(`{${PREFIX}}*`);
      if (keys.length > 0) await redis.del(...keys);
      redis.disconnect();
    });

    const ask = (where: string, { password = PASSWORD, user = "board", method = "GET" } = {}) =>
      new Promise<{ status: number; text: string; location: string | undefined }>((resolve, reject) => {
        const options = {
          method,
          ca: readFileSync(places(root).authority.certificate),
          servername: "localhost",
          ...(password === "" ? {} : { auth: `${user}:${password}` }),
        };
        request(new URL(where, board.url), options, (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (part) => (text += part));
          response.on("end", () =>
            resolve({ status: response.statusCode!, text, location: response.headers.location }),
          );
        })
          .on("error", reject)
          .end();
      });

    it("are shown to nobody without the password, whatever is asked for", async () => {
      const paths = [
        "/",
        "/queues",
        "/queues/",
        "/queues/api/queues",
        "/queues/static/main.js",
        "/queues/queue/analyze",
        "/x",
      ];
      for (const where of paths) {
        for (const method of ["GET", "POST", "PUT", "DELETE"]) {
          expect([where, method, (await ask(where, { password: "", method })).status]).toEqual([
            where,
            method,
            401,
          ]);
        }
      }
      expect((await ask("/queues", { password: "wrong" })).status).toBe(401);
      expect((await ask("/queues", { user: "admin" })).status).toBe(401);
      expect((await ask("/queues/../queues/api/queues", { password: "" })).status).toBe(401);
    });

    it("say to anybody that they are up, and no more", async () => {
      expect(await ask("/healthz", { password: "" })).toMatchObject({ status: 204, text: "" });
    });

    it("show what waits, by step", async () => {
      expect((await ask("/")).location).toBe("/queues");
      expect((await ask("/queues")).text).toContain("<title>Headwater</title>");
      const { status, text } = await ask("/queues/api/queues");
      expect(status).toBe(200);
      const { queues } = JSON.parse(text) as {
        readonly queues: readonly { readonly name: string; readonly counts: { readonly waiting: number } }[];
      };
      expect(queues.map(({ name, counts }) => [name, counts.waiting])).toEqual([
        ["collect", 0],
        ["analyze", 1],
        ["trace", 1],
      ]);
    });

    it("change nothing", async () => {
      for (const [method, where] of [
        ["PUT", "/queues/api/queues/analyze/pause"],
        ["PUT", "/queues/api/queues/analyze/empty"],
        ["PUT", "/queues/api/queues/analyze/clean/wait"],
        ["PUT", "/queues/api/queues/analyze/obliterate"],
      ] as const) {
        expect([where, (await ask(where, { method })).status < 300]).toEqual([where, false]);
      }
      const { text } = await ask("/queues/api/queues");
      expect(text).toMatch(/"name":"analyze".*"waiting":1/);
    });
  });
});

describe("headwater board", () => {
  it("serves nothing without a password, nor one in clear over a network", async () => {
    const url = file("redis.txt", "redis://127.0.0.1:1");
    const given = (...args: readonly string[]) => headwater(["board", "--redis-url-file", url, ...args]);
    expect(await given("--password-file", file("empty.txt", "\n"))).toMatchObject({ code: 78, out: "" });
    const open = await given("--password-file", file("board.txt", "x"), "--host", "0.0.0.0");
    expect(open.code).toBe(64);
    expect(open.err).toContain("a password must not go over a network in clear");
    expect((await given()).code).toBe(64);
  });
});
