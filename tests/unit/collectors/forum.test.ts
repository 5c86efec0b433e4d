import { expect, test } from "vitest";
import { forum } from "../../../collectors/forum/index.ts";
import { forumOptions } from "../../../collectors/forum/options.ts";
import { loginIn } from "../../../collectors/forum/wall.ts";
import { withDay } from "../../../collectors/forum/when.ts";
import { crawl } from "../../contracts/collector.crawl.ts";
import { collectorSuite } from "../../contracts/collector.suite.ts";
import { serve } from "../http/server.ts";

collectorSuite({
  damage: true,
  collector: forum,
  fixtures: "tests/fixtures/forum",
  options: ({ url, extra }) => ({ ["thread_link" in extra ? "index" : "threads"]: [url], ...extra }),
});

const item = (n: number) => `<li id="p${n}"><p>Post ${n}</p></li>`;

test("a thread is gone on with at the last page that was seen, and an unchanged one costs one short answer", async () => {
  let second = [item(3)];
  const server = await serve({
    "/t/1": (response) =>
      response.end(`<h1>T</h1><ul>${item(1)}${item(2)}</ul><a rel="next" href="/t/1?page=2">2</a>`),
    "/t/1?page=2": (response, request) => {
      const etag = `"${second.length}"`;
      if (request.headers["if-none-match"] === etag) return response.writeHead(304).end();
      return response.writeHead(200, { etag }).end(`<h1>T</h1><ul>${second.join("")}</ul>`);
    },
  });
  try {
    const { fetch } = server.client();
    const io = { fetch, now: () => new Date(), signal: new AbortController().signal, secrets: {} };
    const options = forumOptions.parse({
      threads: ["http://board.example/t/1"],
      item: "li",
      id: "@id",
      text: "p",
      next: "a[rel=next]@href",
    });
    const first = await crawl(forum, options, null, io);
    expect(first.drafts.map(({ id }) => id)).toEqual([
      "board.example/1",
      "board.example/2",
      "board.example/3",
    ]);
    expect(first.drafts.map(({ url }) => url)).toEqual(["http://board.example/t/1", null, null]);
    expect(first.drafts[1]!.references).toEqual([{ kind: "reply", url: "http://board.example/t/1" }]);
    const same = await crawl(forum, options, first.cursor, io);
    expect(same.drafts).toEqual([]);
    second = [item(3), item(4)];
    const third = await crawl(forum, options, same.cursor, io);
    expect(third.drafts.map(({ id }) => id)).toEqual(["board.example/3", "board.example/4"]);
    expect(server.seen.filter(({ path }) => path === "/t/1")).toHaveLength(1);
  } finally {
    await server.close();
  }
});

test.each([
  ["Yesterday at 10:15", "2025-12-30 10:15"],
  ["Aujourd’hui à 10:15", "2025-12-31 10:15"],
  ["сегодня, 10:15", "2025-12-31 10:15"],
  ["昨天 10:15", "2025-12-30 10:15"],
  ["2025-12-30 10:15", "2025-12-30 10:15"],
  ["todayish", "todayish"],
])("%s is counted from when the page was read", (written, date) => {
  expect(withDay(written, "2025-12-31T12:00:00Z", "America/Halifax")).toBe(date);
});

test("yesterday is the forum's, not ours", () => {
  expect(withDay("today", "2025-12-31T20:00:00Z", "Asia/Shanghai")).toBe("2026-01-01");
});

test.each([
  "You must be logged in to view this forum.",
  "您没有权限访问该版块，请先登录。",
  "Для просмотра необходимо войти на форум.",
  "Vous devez être connecté pour lire ce sujet.",
])("a wall is told: %s", (said) => {
  expect(loginIn(`<p>${said}</p>`, said, undefined)).toContain("it says");
});

test("a page that says nothing of a log-in is no wall", () => {
  expect(loginIn("<p>There is nothing here.</p>", "There is nothing here.", undefined)).toBeNull();
});

test("options name the place that is none", () => {
  const wrong = (more: object) =>
    forumOptions
      .safeParse({ threads: ["http://a.example/1"], item: "li", id: "@id", text: "p", ...more })
      .error?.issues.map(({ message }) => message)
      .join("; ");
  expect(wrong({})).toBeUndefined();
  expect(wrong({ id: "a[[@href" })).toContain("names no place");
  expect(wrong({ id_pattern: "(" })).toContain("no regular expression");
  expect(wrong({ id_pattern: "\\d+" })).toContain("no regular expression");
  expect(wrong({ zone: "Mars" })).toContain("no time zone");
  expect(wrong({ threads: [] })).toContain("give `index`");
});
