import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { x } from "../../../collectors/x/index.ts";
import { RetryLater } from "../../../contracts/errors.ts";
import type { Post } from "../../../contracts/post.ts";
import { type Answering, type AnsweringServer, answering } from "../../support/answering.ts";

const timeline = JSON.parse(readFileSync("tests/fixtures/x/timeline/source.json", "utf8"));
const cap = JSON.parse(readFileSync("tests/fixtures/x/cap-used-up/source.json", "utf8"));
const API = { api: "http://api.example" };
const SECRETS = { bearer_token: "a-token" };
const query = (path: string) => new URL(path, "http://x").searchParams;

let server: AnsweringServer;
afterEach(() => server.close());

test("an account is looked up, and later crawls ask only for what came after", async () => {
  server = await answering(({ path }): Answering => {
    if (path.includes("/by/username/")) return { body: { data: { id: "100", username: "harbour_news" } } };
    return { body: query(path).has("since_id") ? { meta: { result_count: 0 } } : timeline };
  });
  const options = { ...API, user: "@Harbour_News", replies: false, retweets: false };
  const first = await server.run(x, options, null, SECRETS);
  expect(server.asked[0]).toMatchObject({ path: "/2/users/by/username/Harbour_News" });
  expect(server.asked[0]?.headers.authorization).toBe("Bearer a-token");
  expect(query(server.asked[1]!.path).get("exclude")).toBe("replies,retweets");
  expect(first.cursor).toMatchObject({ floor: "1998000000000000100", open: null });
  expect(first.warnings.join()).toContain("not given out");
  const second = await server.run(x, options, first.cursor, SECRETS);
  expect(query(server.asked[3]!.path).get("since_id")).toBe("1998000000000000100");
  expect(second.drafts).toEqual([]);
});

test("a recent search does not begin from a post older than it goes back", async () => {
  server = await answering(() => ({ body: timeline }));
  const from = { of: "pier", floor: "1500000000000000000", open: null };
  const old = await server.run(x, { ...API, search: "pier" }, from, SECRETS);
  expect(query(server.asked[0]!.path).has("since_id")).toBe(false);
  expect(query(server.asked[0]!.path).get("query")).toBe("pier");
  server.now = new Date("2025-12-10T10:00:00Z");
  await server.run(x, { ...API, search: "pier" }, old.cursor, SECRETS);
  expect(query(server.asked[1]!.path).has("since_id")).toBe(true);
});

test.each([
  ["Monthly", "2026-02-01T00:00:00.000Z"],
  ["Daily", "2026-01-16T00:00:00.000Z"],
])("a cap of the period %s is kept to until %s, by later crawls too", async (period, until) => {
  server = await answering(() => ({
    status: 429,
    body: { ...cap, period },
    headers: { "x-rate-limit-remaining": "99" },
  }));
  server.now = new Date("2026-01-15T12:00:00Z");
  const first = await server.run(x, { ...API, user_id: "100" }, null, SECRETS);
  expect(first.failure).toBeInstanceOf(RetryLater);
  expect((first.failure as RetryLater).after).toBe(Date.parse(until) - server.now.getTime());
  expect(first.cursor).toMatchObject({ rest_until: until });
  const second = await server.run(x, { ...API, user_id: "100" }, first.cursor, SECRETS);
  expect(second.failure).toBeInstanceOf(RetryLater);
  expect(server.asked).toHaveLength(1);
});

test("a limit of a quarter of an hour waits until X begins anew", async () => {
  const reset = `${Date.UTC(2026, 0, 1, 0, 9) / 1000}`;
  server = await answering(() => ({
    status: 429,
    body: { title: "Too Many Requests" },
    headers: { "x-rate-limit-reset": reset },
  }));
  const { failure } = await server.run(x, { ...API, user_id: "100" }, null, SECRETS);
  expect((failure as RetryLater).after).toBe(540_000);
});

test("looked at again: there in its last version, not found, suspended, or not to be told", async () => {
  const edited = timeline.data.find(({ id }: { id: string }) => id === "1998000000000000066");
  const older = { ...edited, id: "1998000000000000065", text: "The eastern pier is closed." };
  const answers: Record<string, Answering> = {
    "1998000000000000065": { body: { data: older, includes: timeline.includes } },
    "1998000000000000066": { body: { data: edited, includes: timeline.includes } },
    "2": {
      body: { errors: [{ detail: "Could not find tweet with id: [2].", type: "…/resource-not-found" }] },
    },
    "3": { body: { errors: [{ detail: "User has been suspended: [3].", type: "…/resource-not-found" }] } },
    "4": {
      body: {
        errors: [{ detail: "Sorry, you are not authorized to see the Tweet", type: "…/not-authorized" }],
      },
    },
    "5": { status: 429, body: cap },
  };
  server = await answering(({ path }) => answers[/tweets\/(\d+)/.exec(path)![1]!]!);
  const options = x.info.options.parse({ ...API, user_id: "100" });
  const look = (id: string) =>
    x.revisit!({ id: `x:${id}` } as Post, options, { ...server.io(SECRETS), warn: () => {} });
  const seen = await look("1998000000000000065");
  if (seen.found !== "seen") throw new Error(seen.reason);
  expect(x.map(seen.records[0]!.raw, options)).toMatchObject({
    draft: { id: "1998000000000000065", text: "The western pier is closed, not the eastern." },
  });
  expect(await look("2")).toMatchObject({ found: "gone", by: "unknown" });
  expect(await look("3")).toMatchObject({ found: "gone", by: "platform" });
  expect(await look("4")).toMatchObject({ found: "unreachable" });
  await expect(look("5")).rejects.toBeInstanceOf(RetryLater);
});
