import { readdirSync, readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocketServer } from "ws";
import { sha256 } from "../../evidence/digest.ts";
import { WARCIO_CHECK, withPython } from "../servers/python.ts";
import { file, folder, headwater } from "../support/command.ts";

const WHO = "did:plc:harbour0000000000000000";
const POST = `bluesky:at://${WHO}/app.bsky.feed.post/k1`;

const event = (n: number, text: string) =>
  JSON.stringify({
    did: WHO,
    time_us: Date.UTC(2026, 0, 1) * 1000 + n,
    kind: "commit",
    commit: {
      ...{ rev: "r", operation: "create", collection: "app.bsky.feed.post", rkey: `k${n}`, cid: "bafy" },
      record: { $type: "app.bsky.feed.post", text, createdAt: "2026-01-01T00:00:00.000Z" },
    },
  });
const WANTED = event(1, "The harbour is shut until Friday — « fermé »");

let server: WebSocketServer;
let config: string;
const data = folder();
const run = (...args: string[]) => headwater(["--config", config, ...args]);

beforeAll(async () => {
  server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  await new Promise((resolve) => server.once("listening", resolve));
  server.on("connection", (socket) => {
    for (const message of [WANTED, event(2, "Good morning")]) socket.send(message);
  });
  config = file(
    "headwater.yml",
    `data: ${data}
http:
  hosts: { "*.example": "127.0.0.1:${(server.address() as AddressInfo).port}" }
sources:
  - name: stream
    collector: bluesky
    jetstream: { url: "ws://stream.example", words: [harbour], seconds: 1 }
`,
  );
  const { code, err } = await run("crawl");
  expect([code, err]).toEqual([0, expect.stringMatching(/stream: 1 seen, 1 of them new/)]);
}, 60_000);
afterAll(() => {
  for (const client of server.clients) client.terminate();
  server.close();
});

describe("the evidence of a post from a stream", () => {
  it("is shown: its message, when it came, from where", async () => {
    const { code, out } = await run("evidence", "show", POST);
    expect(code).toBe(0);
    expect(out).toMatch(/Z {2}message {2}ws:\/\/stream\.example\/subscribe\n {2}the post was read from it/);
    expect(out).toContain(`SHA-256 ${sha256(Buffer.from(WANTED))}`);
  });

  it("fits all its hashes, and is of that message alone", async () => {
    const one = await run("evidence", "verify", POST);
    expect([one.code, one.out]).toEqual([0, ""]);
    const all = await run("evidence", "verify", "--all");
    expect(all.err).toMatch(/1 files, 1 answers, 0 timestamps; every hash fits/);
    expect(all.code).toBe(0);
  });

  it("is handed out with the message as it came", async () => {
    const out = path.join(folder(), "proof");
    expect((await run("evidence", "export", POST, "--out", out)).code).toBe(0);
    const [body, ...others] = readdirSync(path.join(out, "bodies"));
    expect(others).toEqual([]);
    expect(readFileSync(path.join(out, "bodies", body!), "utf8")).toBe(WANTED);
    const { versions } = JSON.parse(readFileSync(path.join(out, "post.json"), "utf8"));
    expect(versions[0].post.sha256).toBe(sha256(Buffer.from(WANTED)));
    expect(readFileSync(path.join(out, "README.md"), "utf8")).toContain("a message of a stream");
  });
});

await withPython((python) => {
  it("is a bundle that warcio finds right", async () => {
    const out = path.join(folder(), "proof");
    await run("evidence", "export", POST, "--out", out);
    const warcs = readdirSync(path.join(out, "warc")).map((name) => path.join(out, "warc", name));
    const told = await python(WARCIO_CHECK, ...warcs);
    expect(told.match(/digest pass/g)!.length).toBe(2);
    expect(told).not.toMatch(/digest failed/);
  });
});
