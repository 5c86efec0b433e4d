import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { readIndex } from "../../../collectors/commoncrawl/cdx.ts";
import { commoncrawl } from "../../../collectors/commoncrawl/index.ts";
import { commoncrawlOptions } from "../../../collectors/commoncrawl/options.ts";
import { readRecord } from "../../../collectors/commoncrawl/record.ts";
import { SetAside } from "../../../contracts/errors.ts";
import { crawl } from "../../contracts/collector.crawl.ts";
import { collectorSuite } from "../../contracts/collector.suite.ts";
import { type Answering, serve } from "../http/server.ts";

const FOLDER = "tests/fixtures/commoncrawl";

collectorSuite({
  damage: true,
  collector: commoncrawl,
  fixtures: FOLDER,
  options: ({ url, extra }) => ({ index: new URL(url).origin, data: new URL(url).origin, ...extra }),
});

test("a record is fetched by its range of bytes, and nothing is read twice", async () => {
  const file = readFileSync(`${FOLDER}/prefix/part.warc.gz`);
  const index = readFileSync(`${FOLDER}/prefix/source.jsonl`, "utf8");
  const ranges: string[] = [];
  const server = await serve(
    new Proxy({} as Record<string, Answering>, {
      get: (_, path: string) => (response: Parameters<Answering>[0], request: Parameters<Answering>[1]) => {
        if (path.includes("showNumPages")) return response.end('{"pages":1}');
        if (path.includes("-index?")) return response.end(index);
        if (path === "/robots.txt") return response.writeHead(404).end();
        const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
        ranges.push(`${first}-${last}`);
        return response.writeHead(206).end(file.subarray(Number(first), Number(last) + 1));
      },
    }),
  );
  try {
    const { fetch } = server.client();
    const io = { fetch, now: () => new Date(), signal: new AbortController().signal, secrets: {} };
    const options = commoncrawlOptions.parse({
      url: "fog.example/",
      match: "prefix",
      crawls: ["CC-MAIN-2023-14", "CC-MAIN-2023-23"],
      index: "http://index.example",
      data: "http://data.example",
    });
    const { drafts, cursor } = await crawl(commoncrawl, options, null, io);
    expect(drafts.map(({ observed_at }) => observed_at)).toEqual([
      "2023-03-22T03:54:57Z",
      "2023-03-23T03:54:57Z",
    ]);
    const count = ranges.length;
    expect(count).toBe(4);
    await crawl(commoncrawl, options, cursor, io);
    expect(ranges).toHaveLength(count);
  } finally {
    await server.close();
  }
});

test("a record that was cut short is read as far as it goes", () => {
  const html = "<p>one</p>".repeat(2000);
  const record = gzipSync(
    `WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <http://a.example/>\r\nContent-Length: 99999\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n${html}`,
    { level: 0 },
  );
  const read = readRecord(record.subarray(0, 5000), "x");
  expect(read).toMatchObject({ url: "http://a.example/", status: 200 });
  expect(read.body.length).toBeGreaterThan(3000);
});

test.each([
  ["nothing", new Uint8Array()],
  ["a page", Buffer.from("<html></html>\r\n\r\n")],
  ["a gzip file that is none", Buffer.from([0x1f, 0x8b, 1, 2, 3])],
  ["a request", Buffer.from("WARC/1.0\r\nWARC-Type: request\r\n\r\nGET / HTTP/1.1\r\n\r\n")],
  ["a bomb", gzipSync(Buffer.alloc(60_000_000))],
])("%s is no record", (_what, bytes) => {
  expect(() => readRecord(bytes, "part.warc.gz")).toThrow(SetAside);
});

test("an index may not lead out of the archive's files", () => {
  const line = (filename: string) =>
    JSON.stringify({
      urlkey: "a",
      timestamp: "20230322035457",
      url: "http://a.example/",
      digest: "d",
      filename,
      offset: "0",
      length: "9",
    });
  expect(
    readIndex(`${line("crawl-data/x.gz")}\n${line("../x.gz")}\n${line("//evil.example/x")}`, "q"),
  ).toHaveLength(2);
  expect(() => readIndex("<html>", "q")).toThrow(/changed shape or is blocking us/);
});
