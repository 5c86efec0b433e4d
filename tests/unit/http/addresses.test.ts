import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { httpSchema } from "../../../config/schema.ts";
import { SetAside } from "../../../contracts/errors.ts";
import { isAllowed, isPublic, readAddressRules } from "../../../http/addresses.ts";
import { readFixedHosts } from "../../../http/hosts.ts";
import { createFetcher } from "../../../http/index.ts";
import { failureOf, serve } from "./server.ts";

/** The server that must not be reached. It listens on every address of this machine. */
let secret: Server;
let port: number;
let reached = 0;

beforeAll(async () => {
  secret = createServer((_request, response) => {
    reached++;
    response.end("secret");
  });
  secret.on("connection", () => reached++);
  await new Promise<void>((resolve) => secret.listen(0, "::", resolve));
  port = (secret.address() as AddressInfo).port;
});
afterAll(() => new Promise((resolve) => secret.close(resolve)));

/** Spellings of this machine and of networks that are not public. */
const SPELLINGS: readonly string[] = [
  "127.0.0.1",
  "127.0.0.1.",
  "127.1",
  "127.0.1",
  "127.255.255.254",
  "2130706433",
  "0x7f000001",
  "0x7f.0.0.1",
  "0x7f.1",
  "017700000001",
  "0177.0.0.1",
  "0177.0x0.0.01",
  "0.0.0.0",
  "0",
  "localhost",
  "LOCALHOST",
  "localhost.",
  "①②⑦.⓪.⓪.①",
  "１２７.０.０.１",
  "127。0。0。1",
  "%31%32%37.0.0.1",
  "[::1]",
  "[::]",
  "[0:0:0:0:0:0:0:1]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[0:0:0:0:0:ffff:127.0.0.1]",
  "[::127.0.0.1]",
  "[::ffff:0:127.0.0.1]",
  "[64:ff9b::127.0.0.1]",
  "[64:ff9b::7f00:1]",
  "[64:ff9b:1::7f00:1]",
  "[2002:7f00:1::]",
  "[2001:0:7f00:1::]",
  "[fe80::1]",
  "[fec0::1]",
  "[fd00::1]",
  "[ff02::1]",
  "[2001:db8::1]",
  "10.0.0.1",
  "172.16.0.1",
  "192.168.0.1",
  "100.64.0.1",
  "169.254.169.254",
  "2852039166",
  "0xA9FEA9FE",
  "192.0.0.8",
  "198.18.0.1",
  "203.0.113.1",
  "224.0.0.1",
  "255.255.255.255",
];

describe("no spelling of a private address leads anywhere", () => {
  const client = () =>
    createFetcher(httpSchema.parse({ delay_ms: 0, retries: 0, timeout_ms: 2000 }), { now: () => new Date() });

  test.each(SPELLINGS)("%s", async (host) => {
    const guarded = client();
    const failure = await failureOf(guarded.fetch(`http://${host}:${port}/`));
    await guarded.close();
    expect(failure).toBeInstanceOf(SetAside);
    expect(failure.message).toMatch(
      /is not a public address; list it under http.allow_private|is no URL|no host of this name/,
    );
    expect(reached).toBe(0);
  });

  test("nor any redirect to one, at any hop", async () => {
    const targets = SPELLINGS.map((host) => `http://${host}:${port}/`);
    const site = await serve({
      ...Object.fromEntries(
        targets.map((location, index) => [
          `/${index}`,
          (response: ServerResponse) => response.writeHead(302, { location: encodeURI(location) }).end(),
        ]),
      ),
      "/far": (response) => response.writeHead(302, { location: "/0" }).end(),
    });
    const { fetch } = site.client();
    for (const index of targets.keys()) {
      expect(await failureOf(fetch(`http://paper.example/${index}`))).toBeInstanceOf(SetAside);
    }
    const failure = await failureOf(fetch("http://paper.example/far"));
    expect(failure.message).toMatch(
      /paper.example\/far redirects: .*\/far → .*\/0 → .*127.0.0.1.*is not a public address/,
    );
    await site.close();
    expect(reached).toBe(0);
  });

  test("nor a name that DNS leads there", async () => {
    const guarded = client();
    const failure = await failureOf(guarded.fetch(`http://localhost:${port}/robots.txt`));
    await guarded.close();
    expect(failure.message).toMatch(
      /localhost:\d+\/robots.txt leads to (127.0.0.1|::1), which is not a public address/,
    );
    expect(reached).toBe(0);
  });
});

describe("what the config allows", () => {
  test("a listed address with its port is reached, with another port it is not", async () => {
    const site = await serve({ "/page": (response) => response.end("inside") });
    const allowed = site.client({ allow_private: [`127.0.0.1:${site.port}`], hosts: {} });
    expect((await allowed.fetch(`http://${site.address}/page`)).status).toBe(200);
    expect((await allowed.fetch(`http://localhost:${site.port}/page`)).status).toBe(200);
    expect(await failureOf(allowed.fetch(`http://127.0.0.1:${port}/`))).toBeInstanceOf(SetAside);
    await site.close();
    expect(reached).toBe(0);
  });

  test("a fixed host reaches its address, and the address by itself stays closed", async () => {
    const site = await serve({ "/page": (response) => response.end("inside") });
    const { fetch } = site.client();
    expect((await fetch("http://paper.example/page")).status).toBe(200);
    expect((await fetch("http://paper.example:8443/page")).status).toBe(200);
    expect(await failureOf(fetch(`http://${site.address}/page`))).toBeInstanceOf(SetAside);
    expect(await failureOf(fetch(`http://localhost:${site.port}/page`))).toBeInstanceOf(SetAside);
    await site.close();
  });
});

test.each([
  ["8.8.8.8", true],
  ["2606:4700::1111", true],
  ["::ffff:8.8.8.8", true],
  ["192.175.48.1", false],
  ["3fff::1", false],
  ["5f00::1", false],
  ["nonsense", false],
])("isPublic(%s) is %s", (address, expected) => {
  expect(isPublic(address)).toBe(expected);
});

test("ranges are read with and without a port, in both families", () => {
  const rules = readAddressRules(["10.1.0.0/16", "[fd00::/8]:8080", "::1", "192.168.1.5:80"]);
  expect(isAllowed("10.1.2.3", 1234, rules)).toBe(true);
  expect(isAllowed("::ffff:10.1.2.3", 80, rules)).toBe(true);
  expect(isAllowed("10.2.0.1", 80, rules)).toBe(false);
  expect(isAllowed("fd12::1", 8080, rules)).toBe(true);
  expect(isAllowed("fd12::1", 80, rules)).toBe(false);
  expect(isAllowed("::1", 9, rules)).toBe(true);
  expect(isAllowed("192.168.1.5", 81, rules)).toBe(false);
});

test("the exact name goes before a pattern, and the longer pattern before the shorter", () => {
  const fixed = readFixedHosts({
    "*.example": "127.0.0.1:1",
    "*.news.example": "127.0.0.1:2",
    "a.news.example": "[::1]:3",
  });
  expect(fixed("b.example")?.port).toBe(1);
  expect(fixed("B.News.Example.")?.port).toBe(2);
  expect(fixed("a.news.example")).toEqual({ address: "::1", port: 3 });
  expect(fixed("example")).toBeNull();
  expect(fixed("notexample")).toBeNull();
});
