import { afterAll, expect, test } from "vitest";
import { failureOf, serve } from "./server.ts";

interface Asked {
  readonly host: string;
  readonly method: string;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

const asked: Asked[] = [];
const site = await serve({
  "/robots.txt": (response) => response.end("User-agent: *\nDisallow: /api/"),
  "/api/ask": (response, request) => {
    let body = "";
    request.on("data", (part: Buffer) => {
      body += part.toString();
    });
    request.on("end", () => {
      asked.push({
        host: request.headers.host ?? "",
        method: request.method ?? "",
        headers: request.headers,
        body,
      });
      response.end("{}");
    });
  },
  "/api/elsewhere": (response) =>
    void response.writeHead(307, { location: "http://other.example/api/ask" }).end(),
  "/gone": (response) =>
    void response.writeHead(410, { "content-type": "application/json" }).end('{"why":"author"}'),
  "/busy": (response) => void response.writeHead(429, { "x-rate-limit-reset": "1" }).end("{}"),
});
afterAll(() => site.close());

const { fetch } = site.client();
const last = () => asked.at(-1)!;

test("an interface is asked by POST, with headers of its own, where robots.txt keeps crawlers of pages out", async () => {
  const url = "http://paper.example/api/ask";
  expect((await failureOf(fetch(url))).message).toMatch(/robots.txt of paper.example forbids/);
  await fetch(url, {
    api: true,
    method: "POST",
    body: "grant_type=client_credentials",
    content_type: "application/x-www-form-urlencoded",
    headers: { "X-Version": "2", "User-Agent": "somebody else" },
  });
  expect(last()).toMatchObject({ method: "POST", body: "grant_type=client_credentials" });
  expect(last().headers).toMatchObject({
    "content-type": "application/x-www-form-urlencoded",
    "x-version": "2",
    "user-agent": expect.stringMatching(/^Headwater/),
  });
});

test("a secret goes to the origin that was asked and to no other", async () => {
  const secret_headers = { Authorization: "Bearer 5ecret" };
  await fetch("http://paper.example/api/ask", { api: true, secret_headers });
  expect(last().headers.authorization).toBe("Bearer 5ecret");
  const how = { api: true, secret_headers, method: "POST", body: "also=secret" } as const;
  await fetch("http://paper.example/api/elsewhere", how);
  expect(last()).toMatchObject({ host: "other.example", method: "GET", body: "" });
  expect(last().headers).not.toHaveProperty("authorization");
});

test("a status that was asked for is an answer with its body, not a failure and not tried again", async () => {
  const gone = await fetch("http://paper.example/gone", { statuses: [404, 410] });
  expect([gone.status, new TextDecoder().decode(gone.body)]).toEqual([410, '{"why":"author"}']);
  const busy = await fetch("http://paper.example/busy", { statuses: [429] });
  expect(busy.headers["x-rate-limit-reset"]).toBe("1");
  expect((await failureOf(fetch("http://paper.example/gone"))).message).toMatch(/410 Gone/);
});
