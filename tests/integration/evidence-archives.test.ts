import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sha256 } from "../../evidence/digest.ts";
import { file, folder, headwater } from "../support/command.ts";
import { type Answering, serve, type TestServer } from "../unit/http/server.ts";

const FIXTURE = "tests/fixtures/commoncrawl/prefix";
const part = readFileSync(`${FIXTURE}/part.warc.gz`);
const index = readFileSync(`${FIXTURE}/source.jsonl`, "utf8");
const notice = `<html lang="en"><title>Notice</title><body><article><p>${"The notice as it hung on the door. ".repeat(12)}</p></article></body></html>`;

/** Hashes of what each archive sent for a record or a page, once unpacked. */
const sent = { commoncrawl: new Set<string>(), wayback: new Set<string>() };
const answer = (path: string): Answering | undefined => {
  if (path === "/robots.txt") return undefined;
  if (path.startsWith("/cdx/"))
    return (response) =>
      response.end("example,site)/n 20210901120000 http://site.example/n text/html 200 D1 9\n");
  if (path.includes("showNumPages")) return (response) => response.end('{"pages":1}');
  if (path.includes("-index?")) return (response) => response.end(index);
  if (path.startsWith("/web/"))
    return (response) => {
      sent.wayback.add(sha256(Buffer.from(notice)));
      response
        .writeHead(200, { "content-type": "text/html", "content-encoding": "gzip" })
        .end(gzipSync(notice));
    };
  return (response, { headers }) => {
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? "") ?? [];
    const bytes = part.subarray(Number(first), Number(last) + 1);
    sent.commoncrawl.add(sha256(bytes));
    response.writeHead(206).end(bytes);
  };
};

let server: TestServer;
let config: string;
const run = (...args: string[]) => headwater(["--config", config, ...args]);

beforeAll(async () => {
  server = await serve(
    new Proxy({} as Record<string, Answering>, { get: (_, path: string) => answer(path) }),
  );
  config = file(
    "headwater.yml",
    `data: ${folder()}
http:
  delay_ms: 0
  hosts: { "*.example": "${server.address}" }
sources:
  - { name: commoncrawl, collector: commoncrawl, url: fog.example/, match: prefix, crawls: [CC-MAIN-2023-14], index: "http://index.example", data: "http://data.example" }
  - { name: wayback, collector: wayback, url: site.example/n, archive: "http://archive.example" }
`,
  );
  const { code, err } = await run("crawl");
  expect(code, err).toBe(0);
}, 60_000);
afterAll(() => server.close());

it.each(["commoncrawl", "wayback"] as const)(
  "a post read from %s finds the bytes that it was read from",
  async (name) => {
    const { out } = await run("search", `source:${name}`, "--json");
    const posts = out.split("\n").filter((line) => line.startsWith("{"));
    const found = new Set<string>();
    for (const line of posts) {
      const post = JSON.parse(line) as { readonly id: string; readonly sha256: string };
      const shown = JSON.parse((await run("evidence", "show", post.id, "--json")).out);
      expect(shown.without_capture).toEqual([]);
      expect(shown.captures).toMatchObject([{ sha256: post.sha256, problems: [] }]);
      expect(sent[name]).toContain(post.sha256);
      found.add(post.sha256);
    }
    expect(found.size).toBe(name === "commoncrawl" ? 2 : 1);
  },
);
