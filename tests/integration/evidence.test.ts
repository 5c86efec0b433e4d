import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../evidence/digest.ts";
import { WARCIO_CHECK, withPython } from "../servers/python.ts";
import { file, folder, headwater } from "../support/command.ts";
import { type TimestampService, timestampService } from "../support/timestamp-service.ts";
import { serve, type TestServer } from "../unit/http/server.ts";

const article = (
  text: string,
) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bridge closed</title>
<meta property="article:published_time" content="2026-03-02T09:00:00Z"></head>
<body><article><h1>Bridge closed</h1><p>${text.repeat(6)}</p></article></body></html>`;
const FIRST = article("The old bridge is closed until Friday for repairs, says the council. ");
const SECOND = article("The old bridge is closed until Sunday for repairs, says the council. ");

let server: TestServer;
let service: TimestampService;
let text = FIRST;
const data = folder();
let config: string;
const POST = "http://paper.example/bridge";

beforeAll(async () => {
  service = await timestampService();
  server = await serve({
    "/": (response) =>
      response
        .writeHead(200, { "content-type": "text/html" })
        .end('<a href="/old">Bridge closed for days</a>'),
    "/old": (response) => response.writeHead(301, { location: "/bridge" }).end(),
    "/bridge": (response) =>
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(text),
  });
  config = file(
    "headwater.yml",
    `data: ${data}
http:
  delay_ms: 0
  hosts: { "*.example": "${server.address}" }
  allow_private: ["${service.address}"]
evidence:
  timestamp_url: ${service.url}
  timestamp_ca: ${service.authority}
sources:
  - { name: paper, collector: page, urls: ["http://paper.example/old"] }
  - { name: lines, collector: file, path: ${file("lines.jsonl", '{"platform":"web","id":"l1","text":"a line that was imported","published_at":"2026-03-02T09:00:00Z"}\n')} }
`,
  );
  for (text of [FIRST, SECOND]) {
    const { code, err } = await run("crawl");
    expect(err).not.toMatch(/error/i);
    expect(code).toBe(0);
  }
}, 60_000);
afterAll(async () => {
  await server.close();
  await service.close();
});

const run = (...args: string[]) => headwater(["--config", config, ...args]);
const files = () =>
  readdirSync(data, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".warc.gz"))
    .map((name) => path.join(data, name));

describe("evidence", () => {
  it("is shown: each wording with its bytes, the redirect, the timestamp", async () => {
    const { code, out } = await run("evidence", "show", POST, "--json");
    expect(code).toBe(0);
    const { captures, without_capture } = JSON.parse(out);
    expect(without_capture).toEqual([]);
    const bodies = captures.filter(({ status }: { status: number }) => status === 200);
    expect(bodies.map((each: { sha256: string }) => each.sha256)).toEqual(
      [FIRST, SECOND].map((page) => sha256(Buffer.from(page))),
    );
    expect(captures.filter(({ status }: { status: number }) => status === 301)).toHaveLength(2);
    for (const each of captures)
      expect(each).toMatchObject({
        state: "closed",
        stamp: { by: "Test timestamps", trusted: true },
        problems: [],
      });
    const told = await run("evidence", "show", POST);
    expect(told.out).toMatch(
      /the post was read from it.+its manifest was there at 20.*says Test timestamps/s,
    );
  });

  it("fits all its hashes", async () => {
    const one = await run("evidence", "verify", POST);
    expect([one.code, one.out]).toEqual([0, ""]);
    expect(one.err).toMatch(/4 answers of .*: every hash fits/);
    const all = await run("evidence", "verify", "--all");
    expect(all.err).toMatch(/2 files, 4 answers, 2 timestamps; every hash fits/);
    expect(all.code).toBe(0);
  });

  it("is not held of what was imported, which is said", async () => {
    const shown = await run("evidence", "show", "web:l1");
    expect(shown.out).toMatch(/nothing is held/);
    expect((await run("evidence", "verify", "web:l1")).code).toBe(1);
    const exported = await run("evidence", "export", "web:l1", "--out", path.join(folder(), "x"));
    expect([exported.code, exported.err]).toEqual([66, expect.stringMatching(/nothing is held of web:l1/)]);
    expect((await run("evidence", "verify")).code).toBe(64);
    expect((await run("evidence", "show", "web:none")).code).toBe(66);
  });

  it("is handed out as a bundle that the commands of its README find right, in both languages", async () => {
    const out = path.join(folder(), "proof");
    const { code } = await run("evidence", "export", POST, "--out", out);
    expect(code).toBe(0);
    writeFileSync(path.join(out, "tsa.pem"), readFileSync(service.authority));
    const readme = readFileSync(path.join(out, "README.md"), "utf8");
    const blocks = [...readme.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block!);
    expect(blocks).toHaveLength(10);
    for (const block of blocks.filter((each) => !each.includes("warcio"))) {
      const told = execFileSync("bash", ["-euo", "pipefail", "-c", block], {
        cwd: out,
        encoding: "utf8",
        stdio: "pipe",
      });
      expect(told).not.toBe("");
    }
    const post = JSON.parse(readFileSync(path.join(out, "post.json"), "utf8"));
    const hashes = readdirSync(path.join(out, "bodies")).map((name) =>
      sha256(readFileSync(path.join(out, "bodies", name))),
    );
    for (const { post: version } of post.versions) expect(hashes).toContain(version.sha256);
    expect((await run("evidence", "export", POST, "--out", out)).code).toBe(73);
  });

  it("is handed out as one file, too", async () => {
    const out = path.join(folder(), "proof.zip");
    expect((await run("evidence", "export", POST, "--out", out)).code).toBe(0);
    const entries = unzipSync(readFileSync(out));
    const sums = Buffer.from(entries["proof/SHA256SUMS"]!).toString().trim().split("\n");
    expect(sums.length).toBe(Object.keys(entries).length - 1);
    for (const line of sums) expect(sha256(entries[`proof/${line.slice(66)}`]!)).toBe(line.slice(0, 64));
  });
});

await withPython((python) => {
  it("is a bundle that warcio finds right", async () => {
    const out = path.join(folder(), "proof");
    await run("evidence", "export", POST, "--out", out);
    const warcs = readdirSync(path.join(out, "warc")).map((name) => path.join(out, "warc", name));
    const told = await python(WARCIO_CHECK, ...warcs);
    expect(told.match(/digest pass/g)!.length).toBe(4 * 2 + 2);
  });
});

it("names what was tampered with", async () => {
  const [name] = files().sort() as [string];
  const bytes = readFileSync(name);
  bytes[bytes.length - 30]! ^= 1;
  writeFileSync(name, bytes);
  for (const what of ["--all", POST]) {
    const { code, out } = await run("evidence", "verify", what);
    expect(out).toMatch(/damaged at byte|cannot be read/);
    expect(code).toBe(1);
  }
});
