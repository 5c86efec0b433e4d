import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { httpSchema } from "../../../config/schema.ts";
import type { Exchange } from "../../../contracts/capture.ts";
import type { FetchOptions } from "../../../contracts/fetcher.ts";
import { sha256 } from "../../../evidence/digest.ts";
import { createFetcher } from "../../../http/index.ts";
import { serve, type TestServer } from "./server.ts";

let server: TestServer;
const kept: Exchange[] = [];

beforeAll(async () => {
  server = await serve({
    "/page": (response, request) =>
      response
        .writeHead(200, { "Content-Type": "text/html", "Content-Encoding": "gzip", "Set-Cookie": "id=1" })
        .end(gzipSync(`a page for ${request.headers.authorization === undefined ? "all" : "us"}`)),
    "/moved": (response) => response.writeHead(302, { location: "/again" }).end("over there"),
    "/again": (response) => response.writeHead(307, { location: "/page" }).end(),
    "/gone": (response) =>
      response.writeHead(410, { "content-type": "text/plain" }).end("deleted by its author"),
    "/same": (response) => response.writeHead(304).end(),
    "/echo?key=tops%2Fecret": (response) => response.writeHead(200, { "X-Key": "tops/ecret" }).end("fine"),
    "/tells": (response) => response.writeHead(200).end('{"was":"tops/ecret"}'),
  });
});
afterAll(() => server.close());

async function fetched(route: string, wishes: FetchOptions = {}): Promise<readonly Exchange[]> {
  kept.length = 0;
  const client = createFetcher(
    httpSchema.parse({ delay_ms: 0, retries: 0, hosts: { "*.example": server.address } }),
    {
      now: () => new Date(),
      record: async (exchange) => {
        kept.push(exchange);
        return `capture-${kept.length}`;
      },
    },
  );
  try {
    await client.fetch(`http://paper.example${route}`, wishes);
  } catch {
    // What is refused is kept too.
  } finally {
    await client.close();
  }
  return [...kept];
}

describe("the client hands over", () => {
  it("each answer as it came, without cookies, robots.txt left out", async () => {
    const [exchange, ...others] = await fetched("/page#part");
    expect(others).toEqual([]);
    expect(exchange).toMatchObject({
      method: "GET",
      url: "http://paper.example/page",
      requested_url: "http://paper.example/page",
      status: 200,
      truncated: false,
      sha256: sha256(Buffer.from("a page for all")),
      hops: [],
    });
    expect(exchange!.payload).toEqual(gzipSync("a page for all"));
    expect(exchange!.response_headers.map(([name]) => name)).toEqual(
      expect.arrayContaining(["Content-Type", "Content-Encoding"]),
    );
    expect(JSON.stringify(exchange!.response_headers)).not.toContain("id=1");
    expect(exchange!.request_headers).toContainEqual(["accept-encoding", "gzip, deflate"]);
  });

  it("every redirect on the way, in order", async () => {
    const [first, second, last] = await fetched("/moved");
    expect([first, second, last].map((each) => [each!.status, each!.hops])).toEqual([
      [302, []],
      [307, ["capture-1"]],
      [200, ["capture-1", "capture-2"]],
    ]);
    expect(first!.payload.toString()).toBe("over there");
    expect(last!.requested_url).toBe("http://paper.example/moved");
  });

  it("the page of a refusal, which may say why", async () => {
    const [exchange] = await fetched("/gone");
    expect(exchange).toMatchObject({ status: 410, payload: Buffer.from("deleted by its author") });
  });

  it("nothing of a 304, and nothing that is confidential", async () => {
    expect(await fetched("/same")).toEqual([]);
    expect(await fetched("/page", { confidential: true })).toEqual([]);
  });

  it("no secret: none of a header, an address, a body, an answer", async () => {
    const secrets = ["tops/ecret"];
    const secret_headers = { Authorization: "Bearer tops/ecret" };
    const all = [
      ...(await fetched("/page", { secret_headers })),
      ...(await fetched("/echo?key=tops%2Fecret", { secrets })),
      ...(await fetched("/page", { secrets, method: "POST", body: "token=tops%2Fecret&x=1" })),
    ];
    expect(all).toHaveLength(3);
    expect(all[0]!.payload).toEqual(gzipSync("a page for us"));
    expect(all[1]!.url).toBe("http://paper.example/echo?key=SECRET");
    expect(all[2]!.request_body!.toString()).toBe("token=SECRET&x=1");
    for (const each of all) {
      const told = JSON.stringify({
        ...each,
        payload: String(each.payload),
        request_body: String(each.request_body),
      });
      expect(told).not.toMatch(/ecret/);
    }
    expect(await fetched("/tells", { secrets })).toEqual([]);
  });
});
