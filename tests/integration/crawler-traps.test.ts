import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliCompressSync, constants, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { configSchema } from "../../config/schema.ts";
import type { Run } from "../../contracts/run.ts";
import type { StoredPost } from "../../contracts/store.ts";
import { openSqliteStore } from "../../stores/sqlite/index.ts";
import { runEmbedded } from "../../workers/embedded.ts";
import { allOf, SILENT } from "../support/exchanges.ts";
import { send, type Trap, type TrapServer, trapServer } from "../support/trap-server.ts";

const MEGABYTE = 1_000_000;
/** Of the client under test. */
const MOST_BYTES = 2 * MEGABYTE;
/** The protocol of sitemaps allows 50 MB. */
const SITEMAP_BOMB = gzipSync(Buffer.alloc(60 * MEGABYTE), { level: 1 });
const ZEROS = Buffer.alloc(50 * MEGABYTE);
const HTML = { "content-type": "text/html; charset=utf-8" };

const page = (title: string, body: string) =>
  `<!doctype html><html lang="en"><head><title>${title}</title><meta property="article:published_time" content="2026-03-02T09:00:00Z"></head><body><article><h1>${title}</h1>${body}</article></body></html>`;
const article = (title: string) =>
  page(title, `<p>${`${title}, says the council in a long sentence. `.repeat(12)}</p>`);
const links = (paths: readonly string[]) =>
  paths.map((to, i) => `<a href="${to}">Story number ${i}</a>`).join("\n");

interface Case {
  readonly trap: Trap;
  /** Options of the source; the page `/` of the trap's host when left out. */
  readonly source?: (url: string) => object;
  /** What a person reads of it. */
  readonly told: RegExp;
  /** Most requests that the host may see in the two crawls, robots.txt apart. */
  readonly most: number;
  /** How many posts come of it. */
  readonly posts?: number;
  /** It waits to be waited for: such are crawled apart, with little patience. */
  readonly waits?: true;
}

const bomb =
  (body: Buffer, coding: string): Trap =>
  ({ socket }) =>
    send(socket, "200 OK", body, { ...HTML, "content-encoding": coding });
const TOO_LARGE = /has a body of more than 2,000,000 bytes/;
const bombs = {
  gzip: gzipSync(ZEROS, { level: 1 }),
  deflate: deflateSync(ZEROS, { level: 1 }),
  zstd: zstdCompressSync(ZEROS),
};
const FAST_BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
const brotli = brotliCompressSync(ZEROS, FAST_BROTLI);

const drip: Trap = ({ socket }) => {
  socket.write("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\n");
  const timer = setInterval(() => socket.write("1\r\n.\r\n"), 100);
  socket.on("close", () => clearInterval(timer));
};
const redirect =
  (to: (visitor: { path: string; before: number }) => string): Trap =>
  (visitor) =>
    send(visitor.socket, "302 Found", "", { location: to(visitor) });
const raw =
  (text: string, then: (socket: { destroy(): unknown; end(): unknown }) => void = () => {}): Trap =>
  ({ socket }) => {
    socket.write(text, "latin1");
    then(socket);
  };

const CASES: Readonly<Record<string, Case>> = {
  "a calendar without an end": {
    trap: ({ path: at, socket, before }) => {
      const month = Number(/\d+$/.exec(at)?.[0] ?? before);
      const months = Array.from({ length: 2_000 }, (_, i) => `/calendar/${month + i + before * 2_000}`);
      send(socket, "200 OK", page(`Month ${month}`, links(months)), HTML);
    },
    source: (url) => ({ collector: "page", index: url, max_pages: 10 }),
    told: /2000 pages are to be read, and max_pages is 10; the other 1990 wait/,
    most: 22,
  },
  "session ids in every address": {
    trap: ({ path: at, socket, before }) => {
      const session = (before * 7_919 + 0xabcdef).toString(16).padStart(32, "0");
      const stories = [1, 2, 3].flatMap((n) => [
        `/story-${n}?PHPSESSID=${session}`,
        `/story-${n};jsessionid=${session}?x=1`,
      ]);
      send(
        socket,
        "200 OK",
        at === "/"
          ? page("All", links(stories))
          : article(`Story ${/\d+/.exec(at)![0]}${at.includes("x=1") ? " at length" : ""}`),
        HTML,
      );
    },
    source: (url) => ({ collector: "page", index: url }),
    told: /^$/,
    most: 8,
    posts: 6,
  },
  "a page that links to itself in every spelling": {
    trap: ({ socket }) =>
      send(
        socket,
        "200 OK",
        page("Home", links(["/", "/#a", "/?", "/?utm_source=x", "//loop.example/", "/index.html"])),
        HTML,
      ),
    source: (url) => ({ collector: "page", index: url }),
    told: /^$/,
    most: 10,
  },
  "redirects without an end": {
    trap: redirect(({ before }) => `/next-${before}`),
    told: /redirects more than 5 times/,
    most: 12,
  },
  "a loop of redirects": {
    trap: redirect(({ path: at }) => (at === "/a" ? "/b" : "/a")),
    told: /redirects in a loop/,
    most: 6,
  },
  "a redirect to a file": {
    trap: redirect(() => "file:///etc/passwd"),
    told: /only http and https/,
    most: 2,
  },
  "a redirect to an address of ten megabytes": {
    trap: redirect(() => `/${"x".repeat(10 * MEGABYTE)}`),
    told: /not HTTP|gave no complete answer/,
    most: 2,
  },
  "a gzip bomb": { trap: bomb(bombs.gzip, "gzip"), told: TOO_LARGE, most: 2 },
  "a brotli bomb": { trap: bomb(brotli, "br"), told: TOO_LARGE, most: 2 },
  "a zstd bomb": { trap: bomb(bombs.zstd, "zstd"), told: TOO_LARGE, most: 2 },
  "a deflate bomb": { trap: bomb(bombs.deflate, "deflate"), told: TOO_LARGE, most: 2 },
  "a bomb in a bomb": { trap: bomb(gzipSync(bombs.gzip), "gzip, gzip"), told: TOO_LARGE, most: 2 },
  "a sitemap that is a bomb": {
    trap: ({ socket }) => send(socket, "200 OK", SITEMAP_BOMB, { "content-type": "application/gzip" }),
    source: (url) => ({ collector: "sitemap", url: `${url}sitemap.xml.gz` }),
    told: /larger|more than|bytes/,
    most: 2,
  },
  "a sitemap that names itself": {
    trap: ({ socket }) =>
      send(
        socket,
        "200 OK",
        '<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>/sitemap.xml</loc></sitemap></sitemapindex>',
        { "content-type": "application/xml" },
      ),
    source: (url) => ({ collector: "sitemap", url: `${url}sitemap.xml` }),
    told: /names a page/,
    most: 6,
  },
  "a bomb as robots.txt": {
    trap: ({ path: at, socket }) =>
      at === "/robots.txt"
        ? send(socket, "200 OK", bombs.gzip, { "content-encoding": "gzip" })
        : send(socket, "200 OK", article("Behind it"), HTML),
    source: (url) => ({ collector: "page", urls: [url.replace("//", "//robots-")] }),
    told: /^$/,
    most: 4,
    posts: 1,
  },
  "a slow drip": { trap: drip, told: /took longer than 1.5 s/, most: 2, waits: true },
  "robots.txt as a slow drip": {
    trap: drip,
    source: (url) => ({ collector: "page", urls: [url.replace("//", "//robots-")] }),
    told: /robots.txt of .* cannot be read.*took longer than 1.5 s/,
    most: 2,
    waits: true,
  },
  "an answer that never begins": { trap: () => {}, told: /took longer than 1.5 s/, most: 2, waits: true },
  "a line of ten megabytes": {
    trap: ({ socket }) => send(socket, "200 OK", page("Long", `<p>${"x".repeat(10 * MEGABYTE)}</p>`), HTML),
    told: /has a body of 10,\d{3},\d{3} bytes; at most 2,000,000 are read/,
    most: 2,
  },
  "a line as long as is still read": {
    trap: ({ socket }) =>
      send(socket, "200 OK", page("Long", `<p>${"many words ".repeat(170_000)}</p>`), HTML),
    told: /^$/,
    most: 2,
    posts: 1,
  },
  "a feed in one line, without an end": {
    trap: ({ socket }) =>
      send(socket, "200 OK", `<rss version="2.0"><channel><title>T</title>${"<item>".repeat(300_000)}`, {
        "content-type": "application/rss+xml",
      }),
    source: (url) => ({ collector: "rss", url }),
    told: /stops in the middle|is no feed|holds no items/,
    most: 2,
  },
  "a header of a megabyte": {
    trap: ({ socket }) => send(socket, "200 OK", "x", { "x-long": "x".repeat(MEGABYTE) }),
    told: /not HTTP/,
    most: 2,
  },
  "headers without an end": {
    trap: ({ socket }) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      const timer = setInterval(() => socket.write(`x-more: ${"x".repeat(20)}\r\n`), 50);
      socket.on("close", () => clearInterval(timer));
    },
    told: /took longer than 1.5 s/,
    most: 2,
    waits: true,
  },
  "a length that promises more than comes": {
    trap: raw("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 5000\r\n\r\nshort", (socket) =>
      socket.end(),
    ),
    told: /gave no complete answer/,
    most: 2,
  },
  "a length that is less than comes": {
    trap: raw(
      `HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 10\r\nconnection: close\r\n\r\n${"<html>and more than that</html>"}`,
      (socket) => socket.end(),
    ),
    told: /./,
    most: 2,
  },
  "a length below nothing": {
    trap: raw("HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\nhello", (socket) => socket.end()),
    told: /not HTTP/,
    most: 2,
  },
  "two lengths": {
    trap: raw("HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello!", (socket) =>
      socket.end(),
    ),
    told: /not HTTP|does not match content-length/,
    most: 2,
  },
  "a length of 50 megabytes": {
    trap: raw("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 50000000\r\n\r\n<html>"),
    told: /has a body of 50,000,000 bytes; at most 2,000,000 are read/,
    most: 2,
  },
  "chunks of a size that cannot be": {
    trap: raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\nx", (socket) =>
      socket.end(),
    ),
    told: /not HTTP/,
    most: 2,
  },
  "something that is not HTTP": {
    trap: raw("SSH-2.0-OpenSSH_9.2\r\n", (socket) => socket.end()),
    told: /not HTTP/,
    most: 2,
  },
  "a connection that is cut at once": {
    trap: ({ socket }) => socket.destroy(),
    told: /gave no complete answer/,
    most: 2,
  },
};

/** As a page, and by a redirect: what anchors of others let through. None may lead to the server that stands there. */
const PROBES = [
  "127.0.0.1",
  "localhost",
  "2130706433",
  "0x7f000001",
  "0177.0.0.1",
  "127.1",
  "[::1]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[64:ff9b::7f00:1]",
  "0.0.0.0",
  "１２７.０.０.１",
];

let sites: TrapServer;
let inside: TrapServer;
let insideAsked = 0;
const runs = new Map<string, readonly Run[]>();
let posts: readonly StoredPost[] = [];
let grown = 0;

const hostOf = (name: string) => `${name.replace(/\W+/g, "-").toLowerCase()}.example`;

beforeAll(async () => {
  inside = await trapServer(new Map());
  const traps = new Map<string, Trap>();
  for (const [name, { trap }] of Object.entries(CASES)) {
    traps.set(hostOf(name), trap);
    traps.set(`robots-${hostOf(name)}`, trap);
  }
  const probes = PROBES.map((host) => `http://${host}:${inside.port}/`);
  traps.set("probes.example", ({ path: at, socket }) =>
    send(socket, "302 Found", "", { location: probes[Number(at.slice(1))]! }),
  );
  sites = await trapServer(traps);
  const sources: { readonly waits: boolean; readonly source: object }[] = Object.entries(CASES).map(
    ([name, { source, waits = false }]) => {
      const url = `http://${hostOf(name)}/`;
      return { waits, source: { name, ...(source?.(url) ?? { collector: "page", urls: [url] }) } };
    },
  );
  const redirected = probes.map((_, i) => `http://probes.example/${i}`);
  sources.push(
    { waits: false, source: { name: "probes", collector: "page", urls: probes } },
    { waits: false, source: { name: "redirected probes", collector: "page", urls: redirected } },
  );
  const data = mkdtempSync(path.join(tmpdir(), "headwater-traps-"));
  const before = process.memoryUsage().rss;
  // Sites and crawler share a processor here: what is only slow must not look as if it waited.
  for (const [waits, timeout_ms] of [
    [true, 1_500],
    [false, 30_000],
  ] as const) {
    const http = {
      delay_ms: 0,
      retries: 0,
      timeout_ms,
      max_bytes: MOST_BYTES,
      hosts: { "*.example": sites.address },
    };
    const chosen = sources.filter((each) => each.waits === waits).map(({ source }) => source);
    const config = configSchema.parse({ data, http, sources: chosen });
    for (let round = 0; round < 2; round++) {
      const { runs: ended } = await runEmbedded(config, {
        ...{ log: SILENT, once: true, signal: new AbortController().signal },
      });
      for (const run of ended) runs.set(run.source, [...(runs.get(run.source) ?? []), run]);
      grown = Math.max(grown, process.memoryUsage().rss - before);
    }
  }
  const store = await openSqliteStore(path.join(data, "headwater.db"), { readOnly: true });
  posts = await allOf(store.find("posts", { kind: "all" }));
  await store.close();
  insideAsked = inside.asked("127.0.0.1") + PROBES.reduce((sum, host) => sum + inside.asked(host), 0);
}, 120_000);
afterAll(async () => {
  await sites.close();
  await inside.close();
});

it.each(Object.keys(CASES))("%s ends, bounded, and is told in a sentence", (name) => {
  const { told, most, posts: expected = null } = CASES[name]!;
  const ended = runs.get(name)!;
  expect(ended).toHaveLength(2);
  for (const run of ended) {
    expect(["done", "failed"]).toContain(run.status);
    for (const problem of run.problems) expect(problem.length).toBeLessThan(2_000);
  }
  const [first, again] = ended.map(({ problems }) => problems.join("\n"));
  expect(first).toMatch(told);
  // What was read once and is settled need not be told again.
  if (again !== "") expect(again).toMatch(told);
  expect(sites.asked(hostOf(name)) + sites.asked(`robots-${hostOf(name)}`)).toBeLessThanOrEqual(most);
  if (expected !== null) expect(posts.filter(({ post }) => post.source === name)).toHaveLength(expected);
});

it("no spelling of an address inside leads there, by itself or by a redirect, and each is told of", () => {
  for (const name of ["probes", "redirected probes"]) {
    const [run] = runs.get(name)!;
    expect(run!.buckets).toMatchObject({ rejected: PROBES.length, added: 0 });
    for (const problem of run!.problems)
      expect(problem).toMatch(
        /is not a public address|no host of this name|is no URL|without saying where to go/,
      );
  }
  expect(insideAsked).toBe(0);
});

it("all of it together does not fill the memory", () => {
  // Each of the bombs is 50 MB, twice; a crawl of 30 sources with its parsers takes some 300.
  expect(grown).toBeLessThan(800 * MEGABYTE);
});
