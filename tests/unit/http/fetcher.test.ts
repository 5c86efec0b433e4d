import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RetryLater, SetAside, UsageError } from "../../../contracts/errors.ts";
import { failureOf, serve, type TestServer } from "./server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await serve({
    "/page": (response) =>
      response.writeHead(200, { "content-type": "text/plain", etag: '"v1"' }).end("a page"),
    "/conditional": (response, request) => {
      const fresh =
        request.headers["if-none-match"] === '"v1"' || request.headers["if-modified-since"] !== undefined;
      if (fresh) response.writeHead(304, { etag: '"v1"' }).end();
      else response.writeHead(200, { etag: '"v1"' }).end("new");
    },
    "/cookies": (response) => response.writeHead(200, { "set-cookie": "id=secret", vary: "a, b" }).end("x"),
    "/moved": (response) => response.writeHead(301, { location: "/page" }).end(),
    "/moved-then-found": (response) => response.writeHead(308, { location: "/found" }).end(),
    "/found": (response) => response.writeHead(302, { location: "/page" }).end(),
    "/loop-a": (response) => response.writeHead(302, { location: "/loop-b" }).end(),
    "/loop-b": (response) => response.writeHead(302, { location: "/loop-a" }).end(),
    "/to-file": (response) => response.writeHead(302, { location: "file:///etc/passwd" }).end(),
    "/nowhere": (response) => response.writeHead(302).end(),
    "/401": (response) => response.writeHead(401).end("log in"),
    "/403": (response) => response.writeHead(403).end("no"),
    "/410": (response) => response.writeHead(410).end("gone"),
    "/418": (response) => response.writeHead(418).end("teapot"),
    ...Object.fromEntries(
      Array.from({ length: 9 }, (_, hop) => [
        `/hop-${hop}`,
        (response: ServerResponse) => response.writeHead(302, { location: `/hop-${hop + 1}` }).end(),
      ]),
    ),
  });
});
afterAll(() => server.close());

test("reads a page to its end, with its hash and when it was fetched", async () => {
  const page = await server.client().fetch("http://paper.example/page#part");
  expect(Buffer.from(page.body).toString()).toBe("a page");
  expect(page).toMatchObject({
    status: 200,
    not_modified: false,
    moved_to: null,
    url: "http://paper.example/page",
  });
  expect(page.sha256).toBe(createHash("sha256").update("a page").digest("hex"));
  expect(page.headers).toMatchObject({ "content-type": "text/plain", etag: '"v1"' });
  expect(Date.parse(page.fetched_at)).toBeGreaterThan(Date.now() - 5000);
});

test("says who we are and where to reach us, and keeps the host's own name", async () => {
  const { fetch } = server.client({ contact: "desk@monitor.example" });
  await fetch("http://paper.example/page");
  expect(server.seen.at(-1)!.headers).toMatchObject({
    "user-agent": "Headwater/0.1 (public-interest narrative monitoring; +desk@monitor.example)",
    host: "paper.example",
  });
});

test("asks with what the last answer carried and tells that nothing changed", async () => {
  const { fetch } = server.client();
  const first = await fetch("http://paper.example/conditional");
  const second = await fetch("http://paper.example/conditional", { etag: first.headers.etag! });
  expect(second).toMatchObject({ status: 304, not_modified: true });
  expect(second.body).toHaveLength(0);
  const third = await fetch("http://paper.example/conditional", {
    last_modified: "Wed, 08 Sep 2021 08:00:00 GMT",
  });
  expect(third.not_modified).toBe(true);
});

test("keeps no cookies", async () => {
  const { headers } = await server.client().fetch("http://paper.example/cookies");
  expect(headers).not.toHaveProperty("set-cookie");
  expect(headers.vary).toBe("a, b");
});

test("follows redirects and tells when the address has changed for good", async () => {
  const { fetch } = server.client();
  const moved = await fetch("http://paper.example/moved");
  expect(moved).toMatchObject({
    url: "http://paper.example/page",
    requested_url: "http://paper.example/moved",
    moved_to: "http://paper.example/page",
  });
  expect((await fetch("http://paper.example/found")).moved_to).toBeNull();
  expect((await fetch("http://paper.example/moved-then-found")).moved_to).toBe("http://paper.example/found");
});

test.each([
  ["/loop-a", /redirects in a loop: .*loop-a → .*loop-b → .*loop-a/],
  ["/hop-0", /redirects more than 5 times: .*hop-0 → .*hop-6/],
  ["/to-file", /only http and https are fetched, not file/],
  ["/nowhere", /without saying where to go/],
  ["/401", /answered 401 Unauthorized: it asks for a log-in/],
  ["/403", /answered 403 Forbidden/],
  ["/absent", /answered 404 Not Found: there is no such page/],
  ["/410", /answered 410 Gone/],
  ["/418", /answered 418/],
])("%s is set aside in a sentence with its URL", async (path, sentence) => {
  const failure = await failureOf(server.client().fetch(`http://paper.example${path}`));
  expect(failure).toBeInstanceOf(SetAside);
  expect(failure.message).toMatch(sentence);
  expect(failure.message).toContain("http://paper.example/");
});

test.each([
  ["ftp://paper.example/x", /only http and https/],
  ["not a url", /is no URL/],
  ["http://name:secret@paper.example/", /carries a user name or password/],
  ["https://paper.example/page", /fixed address/],
])("%s is not asked for", async (url, sentence) => {
  const failure = await failureOf(server.client().fetch(url));
  expect(failure).toBeInstanceOf(SetAside);
  expect(failure.message).toMatch(sentence);
  expect(failure.message).not.toContain("secret");
});

test("abort ends a request, and closing the client ends all", async () => {
  const hanging = await serve({ "/hang": () => {}, "/robots.txt": (response) => response.end("") });
  try {
    const client = hanging.client();
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    const started = performance.now();
    const failure = await failureOf(client.fetch("http://paper.example/hang", { signal: controller.signal }));
    expect(failure.name).toBe("AbortError");
    const second = failureOf(client.fetch("http://paper.example/hang"));
    setTimeout(() => client.close(), 50);
    expect((await second).message).toMatch(/closed/);
    expect(performance.now() - started).toBeLessThan(2000);
  } finally {
    await hanging.close();
  }
});

test("a host that refuses connections is a matter of time", async () => {
  const gone = await serve({});
  const { fetch } = gone.client();
  await new Promise<void>((resolve) => setTimeout(resolve, 10));
  const { port } = gone;
  await gone.close();
  const client = server.client({ hosts: { "*.example": `127.0.0.1:${port}` } });
  const failure = await failureOf(client.fetch("http://paper.example/page"));
  expect(failure).toBeInstanceOf(RetryLater);
  expect(failure.message).toMatch(/robots.txt of paper.example cannot be read/);
  expect(fetch).toBeTypeOf("function");
});

test.each([
  { allow_private: ["everything"] },
  { allow_private: ["10.0.0.0/99"] },
  { allow_private: ["127.0.0.1:99999"] },
  { hosts: { "paper.example": "localhost" } },
  { hosts: { "http://paper.example": "127.0.0.1:80" } },
])("an unreadable option is told with its place: %o", (http) => {
  expect(() => server.client(http)).toThrow(UsageError);
  expect(() => server.client(http)).toThrow(/http\.(allow_private\[0\]|hosts)/);
});
