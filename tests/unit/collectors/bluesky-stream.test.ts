import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { bluesky } from "../../../collectors/bluesky/index.ts";
import type { BlueskyCursor } from "../../../collectors/bluesky/options.ts";
import { httpSchema } from "../../../config/schema.ts";
import type { MessageRecorder } from "../../../contracts/capture.ts";
import { SetAside } from "../../../contracts/errors.ts";
import { readHeld } from "../../../evidence/held.ts";
import { createListener } from "../../../http/listen.ts";
import { crawl } from "../../contracts/collector.crawl.ts";
import { allOf, keep } from "../../support/exchanges.ts";

const WHO = "did:plc:harbour0000000000000000";
const OTHER = "did:plc:someone00000000000000000";
const START = Date.UTC(2026, 0, 1);

const post = (text: string) => ({ $type: "app.bsky.feed.post", text, createdAt: "2026-01-01T00:00:00.000Z" });

/** The `n`th event, a second after the one before, in the words of either version. */
function event(version: 1 | 2, n: number, record: object | null, over: object = {}): string {
  const commit = {
    rev: "r",
    operation: record === null ? "delete" : "create",
    collection: "app.bsky.feed.post",
    rkey: `k${n}`,
    ...(record === null ? {} : { cid: "bafy", record }),
    ...over,
  };
  const at = START + n * 1000;
  const did = (over as { did?: string }).did ?? WHO;
  if (version === 1) {
    const { did: _, ...inside } = commit as { did?: string };
    return JSON.stringify({ did, time_us: at * 1000, cursor: n, kind: "commit", commit: inside });
  }
  const $type = "network.bsky.jetstream.subscribeEvents#commit";
  const time = new Date(at).toISOString();
  return JSON.stringify({
    $type: "message",
    payload: { $type, seq: n, did, time, witnessedAt: time, ...commit },
  });
}

let close: () => void;
afterEach(() => close());

async function stream(
  serve: (socket: WebSocket, end: () => void, connection: number) => void,
  letIn: (asked: URL) => [number, string] | null = () => null,
) {
  const asked: URL[] = [];
  const clock = { at: START + 60_000 };
  const urlOf = ({ url }: IncomingMessage) => new URL(url!, "ws://stream.example");
  const server = new WebSocketServer({
    host: "127.0.0.1",
    port: 0,
    verifyClient: ({ req }, done) => {
      asked.push(urlOf(req));
      const refusal = letIn(urlOf(req));
      if (refusal === null) done(true);
      else done(false, ...refusal);
    },
  });
  await new Promise((resolve) => server.once("listening", resolve));
  let connections = 0;
  // The time of the crawl is over, and the connection with it.
  const end = (socket: WebSocket) => () => {
    clock.at += 3_600_000;
    socket.close();
  };
  server.on("connection", (socket) => serve(socket, end(socket), connections++));
  close = () => {
    for (const client of server.clients) client.terminate();
    server.close();
  };
  const hosts = { "*.example": `127.0.0.1:${(server.address() as AddressInfo).port}` };
  const run = (options: object, from: BlueskyCursor | null = null, record?: MessageRecorder) =>
    crawl(
      bluesky,
      bluesky.info.options.parse({ jetstream: { url: "ws://stream.example", seconds: 30, ...options } }),
      from,
      {
        fetch: () => Promise.reject(new Error("nothing is fetched")),
        listen: createListener(httpSchema.parse({ hosts }), {
          now: () => new Date(clock.at),
          ...(record === undefined ? {} : { record }),
        }),
        now: () => new Date(clock.at),
        secrets: {},
        signal: new AbortController().signal,
      },
    );
  return { asked, run };
}

test.each([1, 2] as const)(
  "version %d: a cut is gone on with from the last event, and nothing is missed",
  async (version) => {
    const { asked, run } = await stream((socket, end, connection) => {
      if (connection === 0) {
        for (const n of [1, 2]) socket.send(event(version, n, post(`notice ${n}`)));
        socket.close();
      } else {
        for (const n of [2, 3]) socket.send(event(version, n, post(`notice ${n}`)));
        end();
      }
    });
    const outcome = await run({ version, dids: [WHO] });
    expect(outcome.failure).toBeNull();
    expect([...new Set(outcome.drafts.map(({ text }) => text))]).toEqual([
      "notice 1",
      "notice 2",
      "notice 3",
    ]);
    expect(outcome.unknown_fields).toEqual({});
    expect(asked.map(({ searchParams }) => searchParams.get("cursor"))).toEqual([
      null,
      version === 1 ? `${(START + 2000) * 1000}` : "2",
    ]);
    expect(outcome.cursor).toMatchObject({ cursor: version === 1 ? `${(START + 3000) * 1000}` : "3" });
    expect(outcome.drafts[0]).toMatchObject({
      id: `at://${WHO}/app.bsky.feed.post/k1`,
      url: `https://bsky.app/profile/${WHO}/post/k1`,
      published_at: "2026-01-01T00:00:00.000Z",
    });
  },
);

test("each version is asked in its own words", async () => {
  const { asked, run } = await stream((_, end) => end());
  await run({ version: 1, dids: [WHO] });
  await run({ version: 2, dids: [WHO] });
  await run({ version: 2, words: ["harbour"] });
  const [first] = asked.filter(({ pathname }) => pathname === "/subscribe");
  expect([...first!.searchParams.keys()]).toEqual(["wantedCollections", "wantedCollections", "wantedDids"]);
  const second = asked.filter(({ pathname }) => pathname === "/xrpc/network.bsky.jetstream.subscribeEvents");
  expect(second[0]!.searchParams.getAll("kinds")).toEqual(["commit", "account"]);
  expect(second[0]!.searchParams.getAll("dids")).toEqual([WHO]);
  expect(second.at(-1)!.searchParams.has("dids")).toBe(false);
});

test("of everybody's posts those with a word are kept, and no deletions of strangers", async () => {
  const { run } = await stream((socket, end) => {
    socket.send(event(1, 1, post("The ＨＡＲＢＯＵＲ is shut"), { did: OTHER }));
    socket.send(event(1, 2, post("Good morning"), { did: OTHER }));
    socket.send(event(1, 3, null, { did: OTHER }));
    socket.send(event(1, 4, null));
    const subject = { uri: `at://${OTHER}/app.bsky.feed.post/k1`, cid: "c" };
    const record = { $type: "app.bsky.feed.repost", subject, createdAt: "2026-01-01T00:00:00Z" };
    socket.send(event(1, 5, record, { collection: "app.bsky.feed.repost" }));
    const account = { active: false, did: WHO, status: "takendown" };
    socket.send(JSON.stringify({ did: WHO, time_us: (START + 6000) * 1000, kind: "account", account }));
    end();
  });
  const { drafts, rejected, warnings, cursor } = await run({ words: ["harbour"], dids: [WHO] });
  expect(drafts.map(({ id }) => id)).toEqual([
    `at://${OTHER}/app.bsky.feed.post/k1`,
    `at://${WHO}/app.bsky.feed.repost/k5`,
  ]);
  expect(drafts[1]!.references).toMatchObject([
    { kind: "repost", id: `at://${OTHER}/app.bsky.feed.post/k1` },
  ]);
  expect(rejected.join()).toContain("k4 was deleted by its author");
  expect(rejected).toHaveLength(1);
  expect(warnings.join()).toContain("no longer active: takendown");
  expect(cursor).toMatchObject({ cursor: `${(START + 6000) * 1000}` });
});

test.each([1, 2] as const)(
  "version %d: the message of every record is in the evidence by the post's sha256, once, and no other message",
  async (version) => {
    const { folder, store, evidence, captures } = await keep();
    const used = [event(version, 1, post("The harbour is shut")), event(version, 3, null)];
    const passedOver = event(version, 2, post("Good morning"), { did: OTHER });
    const { run } = await stream((socket, end, connection) => {
      socket.send(used[0]!);
      if (connection === 0) return socket.close();
      for (const message of [passedOver, used[1]!]) socket.send(message);
      end();
    });
    const outcome = await run({ version, dids: [WHO], words: ["harbour"] }, null, evidence.recordMessage);
    await evidence.close();
    expect(outcome.failure).toBeNull();
    expect(outcome.drafts.map(({ text }) => text)).toEqual(["The harbour is shut", "The harbour is shut"]);
    const hash = outcome.drafts[0]!.sha256!;
    const [capture, ...others] = await allOf(
      store.find("captures", { kind: "text", field: "sha256", value: hash, prefix: false }),
    );
    expect(others).toEqual([]);
    expect(capture).toMatchObject({
      at: new Date(START + 60_000).toISOString(),
      url: `ws://stream.example/${version === 1 ? "subscribe" : "xrpc/network.bsky.jetstream.subscribeEvents"}`,
      status: 101,
      bytes: used[0]!.length,
    });
    const held = await Promise.all(
      (await captures()).map((each) => readHeld(folder, each, { authorities: null })),
    );
    expect(held.flatMap(({ problems }) => problems)).toEqual([]);
    expect(held.map(({ body }) => String(body)).sort()).toEqual(used.toSorted());
  },
);

test("version 2: a cursor that is too old goes on from what is still held, and the gap is told", async () => {
  const { asked, run } = await stream(
    (socket, end) => {
      const info = {
        $type: "network.bsky.jetstream.subscribeEvents#info",
        name: "OutdatedCursor",
        message: "from 900",
      };
      socket.send(JSON.stringify({ $type: "message", payload: info }));
      socket.send(event(2, 900, post("Still here")));
      end();
    },
    ({ searchParams }) =>
      searchParams.get("cursor") === "7" ? [400, '{"error":"CursorTooOld","message":"floor 900"}'] : null,
  );
  const from = { of: "ws://stream.example v2", cursor: "7", time: "2025-12-01T00:00:00.000Z" };
  const { drafts, warnings, cursor } = await run({ version: 2, dids: [WHO] }, from);
  expect(drafts.map(({ text }) => text)).toEqual(["Still here"]);
  expect(Number(asked[1]!.searchParams.get("cursor"))).toBeGreaterThan(1e15);
  expect(warnings.join("\n")).toMatch(/no longer holds.*\n.*OutdatedCursor/s);
  expect(cursor).toMatchObject({ cursor: "900" });
});

test("version 1: a gap of more than 36 hours is told, for the server says nothing of it", async () => {
  const { run } = await stream((socket, end) => {
    socket.send(event(1, 1, post("x")));
    end();
  });
  const from = { of: "ws://stream.example v1", cursor: "1", time: "2025-12-01T00:00:00.000Z" };
  const { warnings } = await run({ dids: [WHO] }, from);
  expect(warnings.join()).toContain("was missed");
});

test("a server that will not have us, or speaks otherwise, is told in a sentence", async () => {
  const refusing = await stream(
    () => {},
    () => [400, '{"error":"InvalidRequest","message":"wantedDids is named dids"}'],
  );
  const refused = await refusing.run({ dids: [WHO] });
  expect(refused.failure).toBeInstanceOf(SetAside);
  expect(refused.failure?.message).toContain("wantedDids is named dids");
  close();
  const babbling = await stream((socket) => socket.send("<html>"));
  const { failure } = await babbling.run({ dids: [WHO] });
  expect(failure?.message).toContain("changed shape");
});

test("a stream of the whole network without a wish is refused in the config", () => {
  expect(bluesky.info.options.safeParse({ jetstream: {} }).success).toBe(false);
  expect(bluesky.info.options.safeParse({ jetstream: { dids: [WHO] }, actor: "a.example" }).success).toBe(
    false,
  );
});
