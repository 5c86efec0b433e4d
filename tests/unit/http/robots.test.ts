import { afterEach, expect, test } from "vitest";
import { RetryLater, SetAside } from "../../../contracts/errors.ts";
import { type Answering, failureOf, serve, type TestServer } from "./server.ts";

let server: TestServer | null = null;

const start = async (robots: Answering): Promise<TestServer> => {
  const page: Answering = (response) => response.end("a page");
  server = await serve({ "/robots.txt": robots, "/open": page, "/closed/a": page, "/新闻": page });
  return server;
};
const text =
  (body: string): Answering =>
  (response) =>
    response.writeHead(200, { "content-type": "text/plain" }).end(body);

afterEach(async () => {
  await server?.close();
  server = null;
});

test("a forbidden page is set aside and never asked for", async () => {
  const { seen, client } = await start(text("User-agent: *\nDisallow: /closed/\n"));
  const { fetch } = client();
  const failure = await failureOf(fetch("http://paper.example/closed/a"));
  expect(failure).toBeInstanceOf(SetAside);
  expect(failure.message).toBe("robots.txt of paper.example forbids http://paper.example/closed/a.");
  await fetch("http://paper.example/open");
  expect(seen.map(({ path }) => path)).toEqual(["/robots.txt", "/open"]);
});

test("rules for our own name go before those for all", async () => {
  const { client } = await start(
    text("User-agent: *\nDisallow: /\n\nUser-agent: headwater\nDisallow: /closed/\n"),
  );
  const { fetch } = client();
  expect((await fetch("http://paper.example/open")).status).toBe(200);
  expect((await failureOf(fetch("http://paper.example/closed/a"))).message).toMatch(/forbids/);
});

test("a path in Chinese is compared as it is encoded", async () => {
  const { client } = await start(text("User-agent: *\nDisallow: /新闻\n"));
  expect((await failureOf(client().fetch("http://paper.example/新闻"))).message).toMatch(/forbids/);
});

test.each([401, 403, 404, 410])("a robots.txt that answers %d forbids nothing", async (status) => {
  const { client } = await start((response) => response.writeHead(status).end());
  expect((await client().fetch("http://paper.example/closed/a")).status).toBe(200);
});

test.each([429, 500, 503])("while robots.txt answers %d nothing is fetched", async (status) => {
  const { client, seen } = await start((response) =>
    response.writeHead(status, { "retry-after": "120" }).end(),
  );
  const { fetch } = client();
  const failure = await failureOf(fetch("http://paper.example/open"));
  expect(failure).toBeInstanceOf(RetryLater);
  expect((failure as RetryLater).after).toBe(120_000);
  expect(failure.message).toMatch(/^robots.txt of paper.example cannot be read/);
  // The second page does not ask again: the answer is known for as long as it said.
  expect(await failureOf(fetch("http://paper.example/closed/a"))).toBeInstanceOf(RetryLater);
  expect(seen.map(({ path }) => path)).toEqual(["/robots.txt"]);
});

test("it is fetched once for many pages, also when they are wanted at once", async () => {
  const { client, seen } = await start(text("User-agent: *\nAllow: /\n"));
  const { fetch } = client();
  await Promise.all(
    Array.from({ length: 20 }, (_, n) => fetch(`http://paper.example/open`, { accept: `n/${n}` })),
  );
  expect(seen.filter(({ path }) => path === "/robots.txt")).toHaveLength(1);
});

test("rules past 500 KiB are not read, and reading them does not take long", async () => {
  const filler = "# filler line of a robots.txt that has no end\n".repeat(200_000);
  const { client } = await start(text(`User-agent: *\nDisallow: /closed/\n${filler}Disallow: /open\n`));
  const { fetch } = client();
  const started = performance.now();
  expect((await fetch("http://paper.example/open")).status).toBe(200);
  expect(performance.now() - started).toBeLessThan(1000);
  expect((await failureOf(fetch("http://paper.example/closed/a"))).message).toMatch(/forbids/);
});

test("a robots.txt that redirects in a loop counts as absent", async () => {
  const { client } = await start((response) => response.writeHead(302, { location: "/robots.txt" }).end());
  expect((await client().fetch("http://paper.example/open")).status).toBe(200);
});

test("each hop of a redirect is asked of its own host's rules", async () => {
  const site = await serve({
    "/robots.txt": (response, request) =>
      response.end(request.headers.host === "closed.example" ? "User-agent: *\nDisallow: /" : ""),
    "/go": (response) => response.writeHead(302, { location: "http://closed.example/page" }).end(),
  });
  server = site;
  const failure = await failureOf(site.client().fetch("http://paper.example/go"));
  expect(failure.message).toMatch(/paper.example\/go redirects: .* robots.txt of closed.example forbids/);
  expect(site.seen.some(({ path }) => path === "/page")).toBe(false);
});

test("abort ends the wait for a robots.txt that never comes", async () => {
  const { client } = await start(() => {});
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 50);
  const started = performance.now();
  const failure = await failureOf(client().fetch("http://paper.example/open", { signal: controller.signal }));
  expect(failure.name).toBe("AbortError");
  expect(performance.now() - started).toBeLessThan(1000);
});
