import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { reddit } from "../../../collectors/reddit/index.ts";
import { RetryLater } from "../../../contracts/errors.ts";
import type { Post } from "../../../contracts/post.ts";
import { type Answering, type AnsweringServer, type Asked, answering } from "../../support/answering.ts";

const listing = JSON.parse(readFileSync("tests/fixtures/reddit/listing/source.json", "utf8"));
const thing = (name: string) =>
  listing.data.children.find((one: { data: { name?: string } }) => one.data.name === name);
const SERVERS = { site: "http://www.example", oauth: "http://oauth.example" };
const SECRETS = { client_id: "an-id", client_secret: "a-secret" };
const TOKEN: Answering = { body: { access_token: "a-token", expires_in: 86_400 } };

let server: AnsweringServer;
afterEach(() => server.close());

const serve = async (answer: (asked: Asked) => Answering) => {
  server = await answering((asked) => (asked.path.includes("access_token") ? TOKEN : answer(asked)));
};

test("an application logs in by itself, and its pages stop where the last crawl began", async () => {
  await serve(({ path }) => ({
    body: path.includes("after=") ? { kind: "Listing", data: { children: [], after: null } } : listing,
  }));
  const first = await server.run(reddit, { ...SERVERS, subreddit: "harbour" }, null, SECRETS);
  const [login, page] = server.asked;
  expect(login).toMatchObject({
    method: "POST",
    path: "/api/v1/access_token",
    body: "grant_type=client_credentials",
  });
  expect(login?.headers.authorization).toBe(`Basic ${btoa("an-id:a-secret")}`);
  expect(page?.headers.authorization).toBe("Bearer a-token");
  expect(first.cursor).toMatchObject({ floor: "1abc100" });
  await server.run(reddit, { ...SERVERS, subreddit: "harbour" }, first.cursor, SECRETS);
  expect(server.asked.filter(({ path }) => path.includes("after="))).toHaveLength(1);
});

test("a search asks for posts, in a subreddit where one is named", async () => {
  await serve(() => ({ body: listing }));
  await server.run(reddit, { ...SERVERS, search: "pier", subreddit: "harbour", pages: 1 }, null, SECRETS);
  const { pathname, searchParams } = new URL(server.asked[1]!.path, "http://x");
  expect(pathname).toBe("/r/harbour/search");
  expect(Object.fromEntries(searchParams)).toMatchObject({
    q: "pier",
    restrict_sr: "true",
    type: "link",
    sort: "new",
  });
  expect((await server.run(reddit, { ...SERVERS, search: "pier" })).failure?.message).toContain(
    "client_id_env",
  );
});

test("a count that is used up ends the crawl until Reddit begins anew", async () => {
  const headers = { "x-ratelimit-remaining": "0.0", "x-ratelimit-used": "600", "x-ratelimit-reset": "258" };
  await serve(() => ({ body: listing, headers }));
  const { failure, drafts } = await server.run(reddit, { ...SERVERS, subreddit: "harbour" }, null, SECRETS);
  expect(drafts.length).toBeGreaterThan(0);
  expect(failure).toBeInstanceOf(RetryLater);
  expect((failure as RetryLater).after).toBe(258_000);
});

test("a feed that leads to the log-in is not passed", async () => {
  await serve(({ path }) =>
    path.startsWith("/r/")
      ? { status: 302, headers: { location: "/login/?reason=lor2" } }
      : { headers: { "content-type": "text/html" }, body: "<html><title>Log in</title></html>" },
  );
  const { failure } = await server.run(reddit, { ...SERVERS, subreddit: "harbour" });
  expect(failure?.message).toContain("asks for a log-in");
});

test("looked at again, a post is there, or gone with who removed it", async () => {
  await serve(({ path }) => {
    const found = thing(/id=(t3_\w+)/.exec(path)![1]!);
    return { body: { kind: "Listing", data: { children: found === undefined ? [] : [found], after: null } } };
  });
  const options = reddit.info.options.parse({ ...SERVERS, subreddit: "harbour" });
  const look = (name: string, secrets: Record<string, string> = SECRETS) =>
    reddit.revisit!({ id: `reddit:${name}`, url: null } as Post, options, {
      ...server.io(secrets),
      warn: () => {},
    });
  expect(await look("t3_1abc100")).toMatchObject({ found: "seen", records: [{}] });
  expect(await look("t3_1abc063")).toMatchObject({ found: "gone", by: "author" });
  expect(await look("t3_1abc064")).toMatchObject({ found: "gone", by: "platform" });
  expect(await look("t3_1abc999")).toMatchObject({ found: "gone", by: "unknown" });
  expect(await look("t3_1abc100", {})).toMatchObject({ found: "unreachable" });
});
