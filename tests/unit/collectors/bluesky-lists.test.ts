import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { bluesky } from "../../../collectors/bluesky/index.ts";
import { SetAside } from "../../../contracts/errors.ts";
import type { Post } from "../../../contracts/post.ts";
import { type Answering, type AnsweringServer, answering } from "../../support/answering.ts";

const { feed } = JSON.parse(readFileSync("tests/fixtures/bluesky/feed/source.json", "utf8"));
const SECRETS = { identifier: "analyst.example", app_password: "abcd-efgh" };
const SEARCH = { search: "harbour domain:harbour.example", login: "http://pds.example" };

let server: AnsweringServer;
afterEach(() => server.close());

test("a search logs in, asks as that account, and follows its pages", async () => {
  server = await answering(({ path }): Answering => {
    if (path.endsWith("createSession")) return { body: { accessJwt: "a.jwt", refreshJwt: "r" } };
    if (path.includes("cursor=")) return { body: { posts: [] } };
    return { body: { posts: [feed[0].post], cursor: "100", hitsTotal: 1 } };
  });
  const outcome = await server.run(bluesky, SEARCH, null, SECRETS);
  expect(outcome.failure).toBeNull();
  expect(outcome.drafts).toHaveLength(1);
  const [login, first, second] = server.asked;
  expect(login).toMatchObject({
    method: "POST",
    body: '{"identifier":"analyst.example","password":"abcd-efgh"}',
  });
  expect(first?.headers.authorization).toBe("Bearer a.jwt");
  expect(new URL(first!.path, "http://x").searchParams.get("sort")).toBe("latest");
  expect(second?.path).toContain("cursor=100");
});

test("a search without an account, or with a wrong password, is told", async () => {
  server = await answering(() => ({
    status: 401,
    body: { error: "AuthenticationRequired", message: "Invalid identifier or password" },
  }));
  const without = await server.run(bluesky, SEARCH);
  expect(without.failure?.message).toContain("app_password_env");
  const wrong = await server.run(bluesky, SEARCH, null, SECRETS);
  expect(wrong.failure).toBeInstanceOf(SetAside);
  expect(wrong.failure?.message).toContain("Invalid identifier or password");
  expect(wrong.failure?.message).not.toContain("abcd");
});

test("looked at again, a post is there, gone alone, or gone with its account", async () => {
  const profile: { answer: Answering } = { answer: { body: { did: "did:plc:x" } } };
  server = await answering(({ path }) => {
    if (path.includes("getProfile")) return profile.answer;
    return { body: { posts: path.includes("0000010") ? [feed[0].post] : [] } };
  });
  const options = bluesky.info.options.parse({ actor: "harbour.example", appview: "http://appview.example" });
  const look = (rkey: string) => {
    const id = `bluesky:at://did:plc:harbour0000000000000000/app.bsky.feed.post/${rkey}`;
    return bluesky.revisit!({ id } as Post, options, { ...server.io(), warn: () => {} });
  };
  expect(await look("3aaa0000010")).toMatchObject({ found: "seen", records: [{ raw: { form: "view" } }] });
  expect(await look("3aaa0000011")).toMatchObject({ found: "gone", by: "unknown" });
  profile.answer = { status: 400, body: { error: "AccountTakedown", message: "Account has been suspended" } };
  expect(await look("3aaa0000011")).toMatchObject({ found: "gone", by: "platform" });
  profile.answer = { status: 400, body: { error: "AccountDeactivated", message: "Account is deactivated" } };
  expect(await look("3aaa0000011")).toMatchObject({ found: "gone", by: "account" });
});
