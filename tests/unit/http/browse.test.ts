import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SetAside } from "../../../contracts/errors.ts";
import type { Browser } from "../../../contracts/fetcher.ts";
import { createBrowser, createEngine } from "../../../http/browse.ts";
import { type Answering, failureOf, serve, type TestServer } from "./server.ts";

let server: TestServer;
let browse: Browser;
const chromium = createEngine(null);
/** What the server answers with, by path, in the test that runs; each has a host of its own. */
let routes: Readonly<Record<string, Answering>> = {};
let hosts = 0;

/** A server that no page may reach; every connection to it is counted. */
let reached = 0;
const secret = createServer((_, response) => response.end("secret"));
secret.on("connection", () => reached++);
let secretPort = 0;

beforeAll(async () => {
  await new Promise<void>((resolve) => secret.listen(0, "127.0.0.1", resolve));
  secretPort = (secret.address() as AddressInfo).port;
  server = await serve(new Proxy({}, { get: (_, path: string) => routes[path] }));
  const http = { max_bytes: 100_000, user_agent: "Headwater/test" };
  browse = createBrowser(server.client(), { chromium, http, hung_after_ms: 5000 });
});
afterAll(async () => {
  await chromium.close();
  await server.close();
  await new Promise<void>((resolve) => secret.close(() => resolve()));
});

const html =
  (body: string): Answering =>
  (response) =>
    response
      .writeHead(200, { "content-type": "text/html" })
      .end(`<!doctype html><title>T</title><body>${body}</body>`);

function open(answers: Readonly<Record<string, Answering>>) {
  routes = answers;
  server.seen.length = 0;
  const host = `site-${++hosts}.example`;
  const show = (path: string, more = {}) =>
    browse(`http://${host}${path}`, {
      patience_ms: 1000,
      signal: new AbortController().signal,
      ...more,
    });
  return { show, host };
}

const textOf = (body: Uint8Array) => new TextDecoder().decode(body);

test("what scripts fetch is shown, by our name and without cookies", async () => {
  const { show } = open({
    "/": html(
      '<p id="a"></p><script>document.cookie="a=b";fetch("/data").then((r)=>r.text()).then((t)=>{a.textContent=t})</script>',
    ),
    "/data": (response) => response.writeHead(200, { "set-cookie": "c=d" }).end("from the server"),
  });
  const { body, refused } = await show("/");
  expect(textOf(body)).toContain('<p id="a">from the server</p>');
  expect(refused).toEqual([]);
  const data = server.seen.find(({ path }) => path === "/data")!;
  expect(data.headers["user-agent"]).toContain("Headwater");
  expect(data.headers.cookie).toBeUndefined();
});

test("a page reaches no private address, by whatever way it asks", async () => {
  const at = `127.0.0.1:${secretPort}`;
  const ways = [
    `fetch("http://${at}/")`,
    `fetch("http://0x7f000001:${secretPort}/")`,
    `fetch("http://[::ffff:127.0.0.1]:${secretPort}/")`,
    `fetch("http://localhost:${secretPort}/")`,
    `fetch("/to-secret")`,
    `new WebSocket("ws://${at}/")`,
    `new EventSource("http://${at}/")`,
    `navigator.sendBeacon("http://${at}/", "x")`,
    `new Image().src="http://${at}/"`,
    `document.body.append(Object.assign(document.createElement("iframe"),{src:"http://${at}/"}))`,
    `document.head.append(Object.assign(document.createElement("link"),{rel:"preconnect",href:"http://${at}/"}))`,
    `document.head.append(Object.assign(document.createElement("link"),{rel:"prefetch",href:"http://${at}/"}))`,
    `document.head.append(Object.assign(document.createElement("script"),{src:"http://${at}/"}))`,
    `window.open("http://${at}/")`,
    `new Worker(URL.createObjectURL(new Blob(["fetch('http://${at}/')"])))`,
    `new RTCPeerConnection({iceServers:[{urls:"stun:${at}"}]}).createDataChannel("x")`,
    `import("http://${at}/x.js")`,
  ];
  const script = ways.map((way) => `try { ${way} } catch {}`).join("\n");
  const { show } = open({
    "/": html(
      `<p>shown</p><form id="f" method="post" action="http://${at}/"></form><script>${script}</script>`,
    ),
    "/to-secret": (response) => response.writeHead(302, { location: `http://${at}/` }).end(),
  });
  const { body, refused } = await show("/");
  expect(textOf(body)).toContain("shown");
  expect(reached).toBe(0);
  expect(refused.join("\n")).toMatch(/127\.0\.0\.1.*not a public address/);
}, 30_000);

test("robots.txt holds for what a page asks for, and pictures are not asked for", async () => {
  const { show } = open({
    "/robots.txt": (response) => response.end("User-agent: *\nDisallow: /private"),
    "/": html('<img src="/a.png"><script src="/private/x.js"></script><p>shown</p>'),
  });
  const { refused } = await show("/");
  expect(refused).toEqual([expect.stringContaining("robots.txt of ")]);
  expect(server.seen.map(({ path }) => path)).toEqual(["/robots.txt", "/"]);
});

test("a redirect is followed before the page is shown, and its address is the last", async () => {
  const { show, host } = open({
    "/": (response) => response.writeHead(301, { location: "/new/" }).end(),
    "/new/": html(
      '<p id="a"></p><script>fetch("data").then((r)=>r.text()).then((t)=>{a.textContent=t})</script>',
    ),
    "/new/data": (response) => response.end("relative"),
  });
  const { url, moved_to, body } = await show("/");
  expect([url, moved_to]).toEqual([`http://${host}/new/`, `http://${host}/new/`]);
  expect(textOf(body)).toContain("relative");
});

test("what is no page is given as it came, without a browser", async () => {
  const { show } = open({
    "/": (response) => response.writeHead(200, { "content-type": "application/pdf" }).end("%PDF"),
  });
  expect(textOf((await show("/")).body)).toBe("%PDF");
});

test("a page whose scripts do not end is given up, and the next is shown", async () => {
  const { show } = open({ "/": html("<p>x</p><script>for(;;){}</script>"), "/next": html("<p>next</p>") });
  const failure = await failureOf(show("/", { patience_ms: 500 }));
  expect(failure).toBeInstanceOf(SetAside);
  expect(failure.message).toMatch(/come to no end|could not be shown/);
  expect(textOf((await show("/next")).body)).toContain("next");
}, 60_000);

test("a page that grows without end is refused", async () => {
  const { show } = open({ "/": html('<script>document.body.append("x ".repeat(1e5))</script>') });
  expect((await failureOf(show("/"))).message).toContain("when it is shown");
});

test("a page that asks for ever is bounded", async () => {
  let count = 0;
  const { show } = open({
    "/": html('<script>let i=0;const go=()=>fetch("/x").finally(go);for(let n=0;n<20;n++)go()</script>'),
    "/x": (response) => {
      count++;
      response.end("x");
    },
  });
  const { refused } = await show("/");
  expect(count).toBeLessThanOrEqual(150);
  expect(refused.length).toBeLessThanOrEqual(150);
}, 30_000);

test("abort ends it", async () => {
  const controller = new AbortController();
  const { show } = open({ "/": html('<script>setInterval(()=>fetch("/x"),50)</script>') });
  setTimeout(() => controller.abort(new Error("enough")), 1000);
  const failure = await failureOf(show("/", { patience_ms: 30_000, signal: controller.signal }));
  expect(failure.message).toBe("enough");
}, 30_000);
