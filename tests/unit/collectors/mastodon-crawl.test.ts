import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { mastodon } from "../../../collectors/mastodon/index.ts";
import { RetryLater } from "../../../contracts/errors.ts";
import type { Post } from "../../../contracts/post.ts";
import { type Answering, type AnsweringServer, answering } from "../../support/answering.ts";

const statuses = JSON.parse(readFileSync("tests/fixtures/mastodon/hashtag/source.json", "utf8"));
const SERVER = "http://social.example";

let server: AnsweringServer;
afterEach(() => server.close());

test("an account is looked up once a crawl, and its pages are followed to where the last crawl began", async () => {
  server = await answering(({ path }): Answering => {
    if (path.includes("/lookup"))
      return { body: { id: "109", acct: "harbour", moved: { acct: "harbour@new.example" } } };
    if (path.includes("max_id=")) return { body: [] };
    const link = `<${SERVER}/api/v1/accounts/109/statuses?max_id=115000000000000054>; rel="next"`;
    return { body: statuses, headers: { link } };
  });
  const options = { server: SERVER, account: "@harbour", replies: false };
  const first = await server.run(mastodon, options, null, { token: "secret-token" });
  expect(server.asked.map(({ path }) => path)).toEqual([
    "/api/v1/accounts/lookup?acct=harbour",
    "/api/v1/accounts/109/statuses?limit=40&exclude_replies=true",
    "/api/v1/accounts/109/statuses?limit=40&exclude_replies=true&max_id=115000000000000054",
  ]);
  expect(server.asked[0]?.headers.authorization).toBe("Bearer secret-token");
  expect(first.warnings.join()).toContain("@harbour@new.example");
  await server.run(mastodon, options, first.cursor);
  expect(server.asked).toHaveLength(5);
});

test("an account that is not there, or suspended, is told; a used-up count is kept to", async () => {
  const answers: Answering[] = [
    { status: 404, body: { error: "Record not found" } },
    { body: { id: "109", suspended: true } },
    {
      body: { id: "109" },
      headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "2026-01-01T00:05:00.000Z" },
    },
  ];
  server = await answering(() => answers.shift()!);
  const run = () => server.run(mastodon, { server: SERVER, account: "harbour" });
  expect((await run()).failure?.message).toContain("Record not found");
  expect((await run()).failure?.message).toContain("suspended");
  const limited = await run();
  expect(limited.failure).toBeInstanceOf(RetryLater);
  expect((limited.failure as RetryLater).after).toBe(300_000);
  expect(limited.cursor).toMatchObject({ rest_until: "2026-01-01T00:05:00.000Z" });
});

test("looked at again: there, deleted, hidden, or not to be told", async () => {
  const answers: Record<string, Answering> = {
    "/api/v1/statuses/115000000000000100": { body: statuses[0] },
    "/api/v1/statuses/2": { status: 404, body: { error: "Record not found" } },
    "/users/lighthouse/statuses/77": { body: { type: "Note" } },
    "/users/lighthouse/statuses/78": { status: 410, body: "" },
    "/users/lighthouse/statuses/79": { status: 401, body: { error: "Request not signed" } },
  };
  server = await answering(({ path }) => answers[path]!);
  const options = mastodon.info.options.parse({ server: SERVER, tag: "pier" });
  const look = (id: string, url: string | null = null) =>
    mastodon.revisit!({ id: `mastodon:${id}`, url } as Post, options, { ...server.io(), warn: () => {} });
  const own = (n: string) => look(`${SERVER}/users/harbour/statuses/${n}`, `${SERVER}/@harbour/${n}`);
  expect(await own("115000000000000100")).toMatchObject({ found: "seen", records: [{}] });
  expect(await own("2")).toMatchObject({ found: "gone", by: "unknown", reason: "Record not found" });
  const other = (n: number) => look(`http://light.example/users/lighthouse/statuses/${n}`);
  expect(await other(77)).toEqual({ found: "seen", records: [] });
  expect(await other(78)).toMatchObject({ found: "gone", by: "author" });
  expect(await other(79)).toMatchObject({ found: "unreachable" });
  expect(server.asked.find(({ path }) => path.endsWith("77"))?.headers.accept).toBe(
    "application/activity+json",
  );
});
