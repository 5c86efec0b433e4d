import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { httpSchema } from "../../../config/schema.ts";
import type { StreamMessage } from "../../../contracts/capture.ts";
import { RetryLater, SetAside } from "../../../contracts/errors.ts";
import type { Heard } from "../../../contracts/listener.ts";
import { sha256 } from "../../../evidence/digest.ts";
import { createListener } from "../../../http/listen.ts";

let server: WebSocketServer;
let address: string;
beforeEach(async () => {
  server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  await new Promise((resolve) => server.once("listening", resolve));
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  for (const client of server.clients) client.terminate();
  server.close();
});

const listener = (options: object = { hosts: { "*.example": address } }) =>
  createListener(httpSchema.parse(options), { now: () => new Date() });
const signal = new AbortController().signal;

async function messages(url = "ws://stream.example/", options = { signal }) {
  const answer = await listener()(url, options);
  if (!("messages" in answer)) throw new Error(`not let in: ${answer.status}`);
  return answer.messages;
}

async function all(heard: AsyncIterable<Heard>): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { text } of heard) found.push(text);
  return found;
}

test("texts come in order until the server ends; binary frames are passed over", async () => {
  server.on("connection", (socket) => {
    socket.send("one");
    socket.send(Buffer.from([1]));
    socket.send("two");
    socket.close();
  });
  expect(await all(await messages())).toEqual(["one", "two"]);
});

test("a message is handed over to be kept when its hash is asked for, as it came, without the query of the address", async () => {
  const kept: StreamMessage[] = [];
  const listen = createListener(httpSchema.parse({ hosts: { "*.example": address } }), {
    now: () => new Date("2026-01-01T00:00:00Z"),
    record: async (message) => {
      kept.push(message);
      return "a capture";
    },
  });
  const bytes = Buffer.from('\ufeff{ "text": "新闻" }');
  server.on("connection", (socket) => {
    socket.send("passed over");
    socket.send(bytes, { binary: false });
    socket.close();
  });
  const url = "ws://stream.example/subscribe?cursor=7&token=x";
  const answer = await listen(url, { signal, content_type: "application/json" });
  if (!("messages" in answer)) throw new Error("not let in");
  const hashes: string[] = [];
  for await (const { text, keep } of answer.messages) if (text.includes("新闻")) hashes.push(await keep());
  expect(hashes).toEqual([sha256(bytes)]);
  expect(kept).toEqual([
    {
      at: "2026-01-01T00:00:00.000Z",
      url: "ws://stream.example/subscribe",
      content_type: "application/json",
      payload: bytes,
      sha256: sha256(bytes),
    },
  ]);
});

test("while nobody reads, the server cannot send on, and all of it comes in the end", async () => {
  const text = "x".repeat(10_000);
  const many = 5_000;
  server.on("connection", (socket) => {
    for (let i = 0; i < many; i++) socket.send(`${i} ${text}`);
    socket.send("", () => socket.close());
  });
  const heard = await messages();
  const reader = heard[Symbol.asyncIterator]();
  await reader.next();
  const [socket] = server.clients;
  await new Promise((resolve) => setTimeout(resolve, 300));
  const held = socket!.bufferedAmount;
  expect(held).toBeGreaterThan((many * text.length) / 2);
  let count = 1;
  for (
    let next = await reader.next();
    next.done !== true && next.value.text !== "";
    next = await reader.next()
  ) {
    expect(next.value.text.startsWith(`${count} `)).toBe(true);
    count += 1;
  }
  expect(count).toBe(many);
});

test("a message of more than a megabyte ends the connection and is not kept", async () => {
  server.on("connection", (socket) => {
    socket.send("first");
    socket.send("x".repeat(1_100_000));
  });
  expect(await all(await messages())).toEqual(["first"]);
});

test("an abort ends the listening, and a reader that leaves closes the connection", async () => {
  const controller = new AbortController();
  server.on("connection", (socket) => socket.send("one"));
  for await (const { text } of await messages("ws://stream.example/", { signal: controller.signal })) {
    expect(text).toBe("one");
    controller.abort();
  }
  for await (const _ of await messages()) break;
  await expect.poll(() => server.clients.size).toBe(0);
});

describe("the guard", () => {
  test.each([
    "ws://127.0.0.1:PORT/",
    "ws://localhost:PORT/",
    "ws://[::1]:PORT/",
    "ws://0x7f000001:PORT/",
    "ws://169.254.169.254/",
  ])("%s is not reached", async (url) => {
    const port = address.split(":")[1]!;
    const listen = listener({});
    await expect(listen(url.replace("PORT", port), { signal })).rejects.toThrow("not a public address");
    expect(server.clients.size).toBe(0);
  });

  test("nor is what is no ws address, or carries a password", async () => {
    await expect(listener()("http://stream.example/", { signal })).rejects.toBeInstanceOf(SetAside);
    await expect(listener()("ws://a:b@stream.example/", { signal })).rejects.toThrow("without");
  });
});

test("who is not let in is told status and reason, and nobody at home may be tried later", async () => {
  server.close();
  const refusing = new WebSocketServer({
    host: "127.0.0.1",
    port: 0,
    verifyClient: (_info, done) => done(false, 400, '{"error":"CursorTooOld"}'),
  });
  await new Promise((resolve) => refusing.once("listening", resolve));
  const at = `127.0.0.1:${(refusing.address() as AddressInfo).port}`;
  const listen = listener({ hosts: { "*.example": at } });
  expect(await listen("ws://stream.example/", { signal })).toEqual({
    status: 400,
    body: '{"error":"CursorTooOld"}',
  });
  await new Promise((resolve) => refusing.close(resolve));
  await expect(listen("ws://stream.example/", { signal })).rejects.toBeInstanceOf(RetryLater);
});
