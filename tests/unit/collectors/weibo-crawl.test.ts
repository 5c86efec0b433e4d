import { afterEach, expect, test } from "vitest";
import { weibo } from "../../../collectors/weibo/index.ts";
import { weiboOptions } from "../../../collectors/weibo/options.ts";
import { writtenLately } from "../../../collectors/weibo/time.ts";
import { RetryLater, SetAside } from "../../../contracts/errors.ts";
import { crawl } from "../../contracts/collector.crawl.ts";
import { type Answering, serve, type TestServer } from "../http/server.ts";

const SITE = "http://m.weibo.example";
const LIST = "/api/container/getIndex?type=uid&value=1223178001&containerid=1076031223178001";
const card = (id: number) => ({
  card_type: 9,
  mblog: {
    id: String(id),
    bid: `B${id}`,
    created_at: "Sat Aug 20 18:29:52 +0800 2022",
    text: `第${id}条`,
    user: { id: 1223178001, screen_name: "岸边人" },
  },
});
const json =
  (body: unknown, status = 200): Answering =>
  (response) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
const list = (since: number | null, ...ids: readonly number[]) =>
  json({ ok: 1, data: { cardlistInfo: since === null ? {} : { since_id: since }, cards: ids.map(card) } });

let server: TestServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

const start = async (routes: Readonly<Record<string, Answering>>) => {
  const site = await serve(routes);
  server = site;
  const { fetch } = site.client();
  const io = {
    fetch,
    now: () => new Date("2026-01-01T00:00:00Z"),
    signal: new AbortController().signal,
    secrets: {},
  };
  const options = weiboOptions.parse({
    users: ["1223178001"],
    site: SITE,
    permission: "Its owner, 2026-01-01",
  });
  return {
    run: (from: never | null = null) => crawl(weibo, options, from, io),
    asked: () => site.seen.map((request) => request.path).filter((name) => name !== "/robots.txt"),
  };
};

test("a list is walked back page by page, and the next crawl stops where this one began", async () => {
  const { run, asked } = await start({
    [LIST]: list(30, 50, 40),
    [`${LIST}&since_id=30`]: list(null, 20, 10),
  });
  const first = await run();
  expect(first.drafts.map(({ id }) => id)).toEqual(["50", "40", "20", "10"]);
  const second = await run(JSON.parse(JSON.stringify(first.cursor)));
  expect(second.drafts.map(({ id }) => id)).toEqual(["50", "40"]);
  expect(asked()).toHaveLength(3);
});

test.each([
  ["418, which is asking too fast", 418, RetryLater, /asked too fast \(418\)/],
  [
    "432, which is for visitors without a cookie",
    432,
    SetAside,
    /visitors with a cookie \(432\), so this is blocked/,
  ],
] as const)("%s is told", async (_, status, kind, sentence) => {
  const { run } = await start({ [LIST]: json({}, status) });
  const { failure, drafts } = await run();
  expect(failure).toBeInstanceOf(kind);
  expect(failure?.message).toMatch(sentence);
  expect(drafts).toEqual([]);
});

test("a redirect to the log-in page is told as blocked", async () => {
  const { run } = await start({
    [LIST]: (response) => response.writeHead(302, { location: `${SITE}/signin/welcome?entry=mweibo` }).end(),
    "/signin/welcome?entry=mweibo": (response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<html>登录</html>"),
  });
  const { failure } = await run();
  expect(failure).toBeInstanceOf(SetAside);
  expect(failure?.message).toContain("leads to the log-in page m.weibo.example, so this is blocked");
});

test.each([
  ["刚刚", "2026-01-01 08:30 +0800"],
  ["5分钟前", "2026-01-01 08:25 +0800"],
  ["3小时前", "2026-01-01+08:00"],
  ["8小时前", null],
  ["今天 08:20", "2026-01-01 08:20 +0800"],
  ["昨天 23:59", "2025-12-31 23:59 +0800"],
  ["08-20", "2025-08-20+08:00"],
  ["01-01 07:00", "2026-01-01 07:00 +0800"],
  ["Sat Aug 20 18:29:52 +0800 2022", null],
])("%s is read from the moment at which the page came", (written, date) => {
  expect(writtenLately(written, "2026-01-01T00:30:00.000Z")).toBe(date);
  expect(writtenLately(written, null)).toBeNull();
});

test("nobody starts it without naming who allowed it", () => {
  expect(weiboOptions.safeParse({ users: ["1223178001"] }).success).toBe(false);
});
