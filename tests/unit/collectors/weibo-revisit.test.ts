import { afterEach, expect, test } from "vitest";
import { weibo } from "../../../collectors/weibo/index.ts";
import { weiboOptions } from "../../../collectors/weibo/options.ts";
import { RetryLater } from "../../../contracts/errors.ts";
import type { Post } from "../../../contracts/post.ts";
import { failureOf, serve, type TestServer } from "../http/server.ts";

const SITE = "http://m.weibo.example";
const post = { id: "weibo:4804608494665009", url: "https://weibo.com/1223178001/M1a2B3c4D" } as Post;
const mblog = {
  id: "4804608494665009",
  bid: "M1a2B3c4D",
  created_at: "Sat Aug 20 18:29:52 +0800 2022",
  text: "浪很大，别出海。",
  user: { id: 1223178001, screen_name: "岸边人" },
};

let server: TestServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

const look = async (body: string, status = 200) => {
  await server?.close();
  server = await serve({
    "/detail/M1a2B3c4D": (response) =>
      response.writeHead(status, { "content-type": "text/html; charset=utf-8" }).end(body),
  });
  const { fetch } = server.client();
  const signal = new AbortController().signal;
  const io = { fetch, now: () => new Date(), signal, secrets: {}, warn: () => {} };
  const options = weiboOptions.parse({
    users: ["1223178001"],
    site: SITE,
    permission: "Its owner, 2026-01-01",
  });
  return weibo.revisit!(post, options, io);
};
const holding = (status: object | null) =>
  `<title>微博</title><script>var $render_data = [${JSON.stringify(status === null ? {} : { status })}][0] || {};</script>`;
const notice = (words: string) =>
  `<title>微博-出错了</title><div class="h5-4box"><p class="h5-4con">${words}</p></div>`;

const WORDS: readonly [string, string][] = [
  ["微博不存在或暂无查看权限!", "unknown"],
  ["该微博不存在", "unknown"],
  ["抱歉，此微博已被作者删除。查看帮助", "author"],
  ["该账号因被投诉违反法律法规和《微博社区公约》的相关规定，现已无法查看", "platform"],
  ["用户不存在", "account"],
];

test("a page that has the post shows it, and what it says is read anew", async () => {
  const found = await look(holding(mblog));
  expect(found).toMatchObject({ found: "seen", records: [{ raw: { mblog: { id: "4804608494665009" } } }] });
});

test.each(WORDS)("%s: gone, by %s", async (words, by) => {
  const reason = `the post is not shown; Weibo says: ${words}`;
  const gone = { found: "gone", by, reason, sha256: expect.stringMatching(/^\w{64}$/) };
  expect(await look(notice(words))).toEqual(gone);
  expect(await look(notice(words), 404)).toEqual(gone);
  expect(await look(JSON.stringify({ ok: 0, message: words, error_code: 20101 }))).toEqual(gone);
});

test("a post that is only a notice of its removal is gone", async () => {
  const text = "抱歉，此微博已被作者删除。";
  expect(await look(holding({ ...mblog, text, user: null }))).toMatchObject({ found: "gone", by: "author" });
  expect(await look(holding({ ...mblog, text: "", deleted: "1", user: null }))).toMatchObject({
    found: "gone",
    by: "unknown",
  });
});

test.each([
  [
    "a post that its author's settings hide",
    notice("抱歉，作者已设置仅展示半年内微博，此微博已不可见。"),
    200,
  ],
  ["a busy server", notice("系统繁忙，请稍后再试"), 200],
  ["words that nobody here knows", notice("页面在休息"), 200],
  ["a page without a post", holding(null), 200],
  ["a bare 404", "<title>404</title>", 404],
  ["a check for visitors", "<title>Sina Visitor System</title>", 200],
  ["a wall for visitors", "", 432],
  ["an answer cut short", '{"ok":0,"msg":"微博不', 200],
])("%s says nothing of the post", async (_, body, status) => {
  expect(await look(body, status)).toMatchObject({ found: "unreachable" });
});

test("who asks too fast is asked to wait", async () => {
  expect(await failureOf(look("", 418))).toBeInstanceOf(RetryLater);
});
