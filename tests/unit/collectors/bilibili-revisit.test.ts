import { afterEach, expect, test } from "vitest";
import { bilibili } from "../../../collectors/bilibili/index.ts";
import { bilibiliOptions } from "../../../collectors/bilibili/options.ts";
import { RetryLater } from "../../../contracts/errors.ts";
import type { Post } from "../../../contracts/post.ts";
import { type Answering, failureOf, serve, type TestServer } from "../http/server.ts";

const ID = "BV1xx411c7mD";
const post = { id: `bilibili:${ID}`, url: `https://www.bilibili.com/video/${ID}` } as Post;
const video = { bvid: ID, title: "渡轮回来了", pubdate: 1754577401, owner: { mid: 7, name: "港口" } };

let server: TestServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

const state = (value: object) =>
  `<title>哔哩哔哩</title><script>window.__INITIAL_STATE__=${JSON.stringify(value)};</script>`;

const look = async (path: string, answer: Answering, more: object = {}) => {
  server = await serve({ [path]: answer });
  const { fetch } = server.client();
  const io = {
    fetch,
    now: () => new Date(),
    signal: new AbortController().signal,
    secrets: {},
    warn: () => {},
  };
  const options = bilibiliOptions.parse({
    videos: [ID],
    site: "http://site.example",
    api: "http://api.example",
    ...more,
  });
  return bilibili.revisit!(post, options, io);
};
const page = (html: string, status = 200) =>
  look(`/video/${ID}`, (response) => response.writeHead(status, { "content-type": "text/html" }).end(html));
const view = (body: object) =>
  look(`/x/web-interface/view?bvid=${ID}`, (response) => response.end(JSON.stringify(body)), {
    permission: "Letter of the platform, 2026-02-03",
  });

test("a page that has the video shows it, and what it says is read anew", async () => {
  expect(await page(state({ videoData: video }))).toMatchObject({
    found: "seen",
    records: [{ where: `http://site.example/video/${ID}`, raw: { code: "0", data: { bvid: ID } } }],
  });
});

test.each([
  [-404, "啥都木有", "unknown"],
  [62002, "稿件不可见", "unknown"],
  [62012, "仅UP主自己可见", "author"],
])("the code %i is gone, on the page and of the interface, by %s: %s", async (code, message, by) => {
  const gone = {
    found: "gone",
    by,
    reason: expect.stringContaining(message),
    sha256: expect.stringMatching(/^\w{64}$/),
  };
  expect(await page(state({ error: { code: 404, trueCode: code, message }, videoData: {} }))).toEqual(gone);
  await server!.close();
  expect(await view({ code, message })).toEqual(gone);
});

test.each([
  [62004, "稿件审核中"],
  [62003, "稿件已审核通过"],
  [-403, "访问权限不足"],
  [-500, "服务器错误"],
  [-101, "账号未登录"],
])("the code %i (%s) says nothing of the video for sure", async (code, message) => {
  expect(await view({ code, message })).toMatchObject({
    found: "unreachable",
    reason: expect.stringContaining(message),
  });
});

test("a bare 404, a check, and another page are unreachable, and a block asks to wait", async () => {
  expect(await page("<title>404</title>", 404)).toMatchObject({ found: "unreachable" });
  await server!.close();
  expect(await page("<title>验证码</title>")).toMatchObject({ found: "unreachable" });
  await server!.close();
  expect(await failureOf(view({ code: -412, message: "请求被拦截" }))).toBeInstanceOf(RetryLater);
});
