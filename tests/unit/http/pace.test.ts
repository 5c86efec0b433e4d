import { afterEach, expect, test } from "vitest";
import { RetryLater } from "../../../contracts/errors.ts";
import { type Answering, failureOf, serve, type TestServer } from "./server.ts";

let server: TestServer | null = null;

const start = async (routes: Readonly<Record<string, Answering>>): Promise<TestServer> => {
  server = await serve(routes);
  return server;
};
const page: Answering = (response) => response.end("a page");

/** Answers with the statuses in turn, then with 200. */
const statuses = (headers: Record<string, string>, ...codes: readonly number[]): Answering => {
  let turn = 0;
  return (response) => {
    const code = codes[turn++];
    if (code === undefined) response.end("at last");
    else response.writeHead(code, headers).end();
  };
};

const gaps = (times: readonly number[]): readonly number[] =>
  times.slice(1).map((at, index) => at - times[index]!);

afterEach(async () => {
  await server?.close();
  server = null;
});

test("between two requests to one host lies the pause, robots.txt included; other hosts do not wait", async () => {
  const { client, seen } = await start({ "/a": page, "/b": page, "/c": page });
  const { fetch } = client({ delay_ms: 120 });
  const started = performance.now();
  const hosts = ["one", "two", "three", "four"];
  await Promise.all(
    hosts.flatMap((host) => ["/a", "/b", "/c"].map((path) => fetch(`http://${host}.example${path}`))),
  );
  const took = performance.now() - started;
  for (const host of hosts) {
    const times = seen.filter(({ headers }) => headers.host === `${host}.example`).map(({ at }) => at);
    expect(times).toHaveLength(4);
    for (const gap of gaps(times)) expect(gap).toBeGreaterThanOrEqual(120);
  }
  // Three pauses of 120 ms a host, at the same time; one after the other they would be twelve.
  expect(took).toBeLessThan(12 * 120);
});

test("never two requests to one host at once", async () => {
  let open = 0;
  let most = 0;
  const slow: Answering = (response) => {
    most = Math.max(most, ++open);
    setTimeout(() => {
      open--;
      response.end("slow");
    }, 10);
  };
  const { client } = await start({ "/slow": slow });
  const { fetch } = client();
  await Promise.all(Array.from({ length: 30 }, () => fetch("http://paper.example/slow")));
  expect(most).toBe(1);
});

test("a longer Crawl-delay of the site is kept", async () => {
  const { client, seen } = await start({
    "/robots.txt": (response) => response.end("User-agent: *\nCrawl-delay: 0.4\n"),
    "/a": page,
    "/b": page,
  });
  const { fetch } = client({ delay_ms: 50 });
  await Promise.all([fetch("http://paper.example/a"), fetch("http://paper.example/b")]);
  const [robots, first, second] = seen.map(({ at }) => at);
  expect(first! - robots!).toBeLessThan(350);
  expect(second! - first!).toBeGreaterThanOrEqual(400);
});

test("a Crawl-delay of an hour gives the job back instead of holding it", async () => {
  const { client } = await start({
    "/robots.txt": (response) => response.end("User-agent: *\nCrawl-delay: 3600\n"),
    "/a": page,
  });
  const { fetch } = client();
  await fetch("http://paper.example/a");
  const failure = await failureOf(fetch("http://paper.example/a"));
  expect(failure).toBeInstanceOf(RetryLater);
  expect((failure as RetryLater).after).toBeGreaterThan(3_500_000);
});

test.each([429, 502, 503, 504])("%d is tried again after a pause", async (status) => {
  const { client, seen } = await start({ "/page": statuses({}, status) });
  const { body } = await client({ retries: 1 }).fetch("http://paper.example/page");
  expect(Buffer.from(body).toString()).toBe("at last");
  const times = seen.filter(({ path }) => path === "/page").map(({ at }) => at);
  expect(gaps(times)[0]).toBeGreaterThanOrEqual(500);
});

test("the time the site asks for is kept", async () => {
  const { client, seen } = await start({ "/page": statuses({ "retry-after": "1" }, 429) });
  await client({ retries: 3 }).fetch("http://paper.example/page");
  const times = seen.filter(({ path }) => path === "/page").map(({ at }) => at);
  expect(gaps(times)[0]).toBeGreaterThanOrEqual(1000);
});

test("a long Retry-After gives the job back, and the whole host is left alone", async () => {
  const until = new Date(Date.now() + 600_000).toUTCString();
  const { client, seen } = await start({ "/page": statuses({ "retry-after": until }, 429), "/other": page });
  const { fetch } = client({ retries: 3 });
  const failure = await failureOf(fetch("http://paper.example/page"));
  expect(failure).toBeInstanceOf(RetryLater);
  expect((failure as RetryLater).after).toBeGreaterThan(590_000);
  expect(failure.message).toMatch(/answered 429 Too Many Requests; it can be tried again in \d+ s/);
  expect(await failureOf(fetch("http://paper.example/other"))).toBeInstanceOf(RetryLater);
  expect(seen.filter(({ path }) => path !== "/robots.txt")).toHaveLength(1);
});

test("after the last attempt the job is given back with all that happened", async () => {
  const { client } = await start({ "/page": statuses({}, 503, 503, 503) });
  const failure = await failureOf(client({ retries: 1 }).fetch("http://paper.example/page"));
  expect(failure).toBeInstanceOf(RetryLater);
  expect(failure.message).toMatch(/answered 503 Service Unavailable 2 times; it can be tried again in 300 s/);
});

test("500 is not tried again at once: it is seldom gone within seconds", async () => {
  const { client, seen } = await start({ "/page": statuses({}, 500) });
  expect(await failureOf(client({ retries: 3 }).fetch("http://paper.example/page"))).toBeInstanceOf(
    RetryLater,
  );
  expect(seen.filter(({ path }) => path === "/page")).toHaveLength(1);
});

test("a connection cut in the middle is tried again from the start", async () => {
  let turn = 0;
  const { client } = await start({
    "/page": (response) => {
      if (turn++ > 0) return void response.end("whole");
      response.writeHead(200, { "content-length": 100 }).write("half");
      setTimeout(() => response.destroy(), 10);
    },
  });
  const { body } = await client({ retries: 1 }).fetch("http://paper.example/page");
  expect(Buffer.from(body).toString()).toBe("whole");
});
