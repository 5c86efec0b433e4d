import {
  brotliCompressSync,
  constants,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RetryLater, SetAside } from "../../../contracts/errors.ts";
import { type Answering, failureOf, serve, type TestServer } from "./server.ts";

const MEGABYTE = 1_000_000;
const ZEROS = Buffer.alloc(200 * MEGABYTE);
const TEXT = "A page about the debate. ".repeat(400);

const encoded =
  (body: Buffer, encoding: string): Answering =>
  (response) =>
    response.writeHead(200, { "content-encoding": encoding }).end(body);

/** Ten times the speed; zeros shrink well at any quality. */
const FAST_BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };

const CODINGS = {
  gzip: gzipSync,
  br: brotliCompressSync,
  deflate: deflateSync,
  zstd: zstdCompressSync,
} as const;

let server: TestServer;

beforeAll(async () => {
  const bomb = gzipSync(ZEROS, { level: 6 });
  const routes: Record<string, Answering> = {
    "/bomb-gzip": encoded(bomb, "gzip"),
    "/bomb-br": encoded(brotliCompressSync(ZEROS, FAST_BROTLI), "br"),
    "/bomb-deflate": encoded(deflateSync(ZEROS, { level: 1 }), "deflate"),
    "/bomb-zstd": encoded(zstdCompressSync(ZEROS), "zstd"),
    "/bomb-twice": encoded(gzipSync(bomb), "gzip, gzip"),
    "/bomb-mixed": encoded(brotliCompressSync(bomb), "gzip, br"),
    "/bomb-chunked": (response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      for (let at = 0; at < bomb.length; at += 8192) response.write(bomb.subarray(at, at + 8192));
      response.end();
    },
    "/raw-deflate": encoded(deflateRawSync(TEXT), "deflate"),
    "/nested": encoded(zstdCompressSync(gzipSync(TEXT)), "gzip, zstd"),
    "/empty-gzip": encoded(Buffer.alloc(0), "gzip"),
    "/not-gzip": encoded(Buffer.from(TEXT), "gzip"),
    "/lzw": encoded(Buffer.from(TEXT), "compress"),
    "/many": encoded(Buffer.from(TEXT), "gzip, gzip, gzip, gzip"),
    "/cut-gzip": encoded(gzipSync(TEXT).subarray(0, 60), "gzip"),
    "/50-megabytes": (response) => response.writeHead(200).end(ZEROS.subarray(0, 50 * MEGABYTE)),
    "/says-50-megabytes": (response) =>
      response.writeHead(200, { "content-length": 50 * MEGABYTE }).write("x"),
    "/too-short": (response) => {
      response.writeHead(200, { "content-length": 1000 }).write("short");
      setTimeout(() => response.destroy(), 20);
    },
    "/cut-chunked": (response) => {
      response.writeHead(200).write("first part");
      setTimeout(() => response.destroy(), 20);
    },
    "/drip": (response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write("."), 300);
      response.on("close", () => clearInterval(timer));
    },
    "/never": () => {},
    "/no-http": (response) => void response.socket!.end("SSH-2.0-OpenSSH_9.2\r\n"),
    "/long-headers": (response) => response.writeHead(200, { "x-long": "x".repeat(100_000) }).end("x"),
  };
  for (const [coding, compress] of Object.entries(CODINGS)) {
    routes[`/${coding}`] = encoded(compress(Buffer.from(TEXT)), coding);
  }
  server = await serve(routes);
});
afterAll(() => server.close());

test.each(["/gzip", "/br", "/deflate", "/zstd", "/raw-deflate", "/nested"])("%s is decoded", async (path) => {
  const { body } = await server.client().fetch(`http://paper.example${path}`);
  expect(Buffer.from(body).toString()).toBe(TEXT);
});

test("an empty compressed body is empty", async () => {
  expect((await server.client().fetch("http://paper.example/empty-gzip")).body).toHaveLength(0);
});

test.each(["gzip", "br", "deflate", "zstd", "twice", "mixed", "chunked"])(
  "a %s bomb of 200 MB ends at the limit without growing memory",
  async (kind) => {
    const client = server.client({ max_bytes: 5 * MEGABYTE });
    const before = process.memoryUsage().rss;
    const failure = await failureOf(client.fetch(`http://paper.example/bomb-${kind}`));
    expect(failure).toBeInstanceOf(SetAside);
    expect(failure.message).toMatch(/has a body of more than 5,000,000 bytes/);
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * MEGABYTE);
  },
);

test.each([
  ["/50-megabytes", /has a body of (more than 20,000,000|50,000,000) bytes/],
  ["/says-50-megabytes", /has a body of 50,000,000 bytes; at most 20,000,000 are read/],
  ["/not-gzip", /says its body is gzip, but it cannot be decoded so/],
  ["/lzw", /content encoding "compress"/],
  ["/many", /4 content encodings/],
  ["/no-http", /not HTTP/],
  ["/long-headers", /not HTTP/],
])("%s is set aside", async (path, sentence) => {
  const failure = await failureOf(server.client().fetch(`http://paper.example${path}`));
  expect(failure.message).toMatch(sentence);
  expect(failure).toBeInstanceOf(SetAside);
  expect(failure.message).toContain(`http://paper.example${path}`);
});

test.each(["/too-short", "/cut-chunked", "/cut-gzip"])("%s was cut on the way: later", async (path) => {
  const failure = await failureOf(server.client().fetch(`http://paper.example${path}`));
  expect(failure).toBeInstanceOf(RetryLater);
  expect(failure.message).toMatch(/gave no complete answer/);
});

test.each(["/drip", "/never"])("%s is ended at the deadline", async (path) => {
  const started = performance.now();
  const failure = await failureOf(server.client({ timeout_ms: 1000 }).fetch(`http://paper.example${path}`));
  expect(failure).toBeInstanceOf(RetryLater);
  expect(failure.message).toMatch(/took longer than 1 s/);
  expect(performance.now() - started).toBeGreaterThan(900);
  expect(performance.now() - started).toBeLessThan(1500);
});
