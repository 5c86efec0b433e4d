import { afterEach, expect, test } from "vitest";
import { douyin } from "../../../collectors/douyin/index.ts";
import { sharedPageOptions } from "../../../collectors/shared-pages.ts";
import { toutiao } from "../../../collectors/toutiao/index.ts";
import type { Post } from "../../../contracts/post.ts";
import { serve, type TestServer } from "../http/server.ts";

const ID = "7500000000000000002";

let server: TestServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

/** Looks at a post again whose page says so. */
const look = async (collector: typeof douyin, url: string, body: string, status = 200) => {
  server = await serve({
    [new URL(url).pathname]: (response) =>
      response.writeHead(status, { "content-type": "text/html; charset=utf-8" }).end(body),
  });
  const { fetch } = server.client({ hosts: { [new URL(url).host]: server.address } });
  const signal = new AbortController().signal;
  const io = { fetch, now: () => new Date(), signal, secrets: {}, warn: () => {} };
  const platform = collector.info.name;
  const post = { id: `${platform}:${ID}`, url: `http://own.example/${ID}/` } as Post;
  return collector.revisit!(post, sharedPageOptions.parse({ urls: [url] }), io);
};

const clip = { aweme_id: ID, create_time: 1754577401, desc: "轮渡回来了", author: { sec_uid: "MS4" } };
const shared = (info: object) =>
  `<script>window._ROUTER_DATA = ${JSON.stringify({ loaderData: { "video_(id)/page": { videoInfoRes: info } } })}</script>`;
const onDouyin = (info: object) => look(douyin, `http://share.example/share/video/${ID}/`, shared(info));
const hidden = (filter_reason: string, detail_msg: string, notice = "抱歉，作品不见了") =>
  onDouyin({ item_list: [], filter_list: [{ aweme_id: ID, filter_reason, detail_msg, notice }] });

test("a share page that has the post shows it", async () => {
  const found = await onDouyin({ item_list: [clip] });
  expect(found).toMatchObject({ found: "seen", records: [{ raw: { html: expect.stringContaining(ID) } }] });
});

test.each([
  ["status_self_see", "因作品权限或已被删除，无法观看", "unknown"],
  ["status_delete", "作者已删除", "author"],
  ["status_audit_self_see", "因违规无法观看", "platform"],
])("Douyin says %s, %s: gone by %s", async (code, words, by) => {
  expect(await hidden(code, words)).toEqual({
    found: "gone",
    by,
    reason: `the post is not shown; Douyin says: 抱歉，作品不见了 — ${words} — ${code}`,
    sha256: expect.stringMatching(/^\w{64}$/),
  });
});

test("a post that is marked as deleted is gone", async () => {
  const found = await onDouyin({ item_list: [{ ...clip, status: { is_delete: true } }] });
  expect(found).toMatchObject({ found: "gone", by: "unknown", reason: expect.stringContaining("is_delete") });
});

test("what may come back by itself, an empty list or a check says nothing of a post of Douyin", async () => {
  const found = [await hidden("status_reviewing", "作品审核中")];
  await server!.close();
  found.push(await onDouyin({ item_list: [], filter_list: [] }));
  await server!.close();
  found.push(await look(douyin, `http://share.example/share/video/${ID}/`, "<title>验证码中间页</title>"));
  expect(found.map((each) => each.found)).toEqual(["unreachable", "unreachable", "unreachable"]);
});

const onToutiao = (body: string) =>
  look(toutiao, `http://article.example/article/${ID}/`, `<title>今日头条</title><body>${body}</body>`);
const words = "港口的轮渡周一早上八点复航，码头的人说，船票和从前一样。".repeat(12);

test.each([
  ["抱歉，文章不存在", "unknown"],
  ["该内容已被作者删除", "author"],
  ["该文章因违规无法查看", "platform"],
])("Toutiao says %s: gone by %s", async (notice, by) => {
  expect(await onToutiao(`<p>${notice}</p><a href="/">返回首页</a>`)).toMatchObject({ found: "gone", by });
});

test("an article about deleted articles is seen, and a check says nothing", async () => {
  const article = `<article><h1>轮渡回来了</h1><p>该文章已被删除，他说。${words}</p></article>`;
  expect(await onToutiao(article)).toMatchObject({ found: "seen" });
  await server!.close();
  expect(await onToutiao("<p>请完成验证，页面不存在</p>")).toMatchObject({ found: "unreachable" });
});

test("a bare 404 is an absence on Toutiao, and says nothing on Douyin, which has words for each", async () => {
  expect(await look(toutiao, `http://article.example/article/${ID}/`, "", 404)).toMatchObject({
    found: "gone",
    by: "unknown",
  });
  await server!.close();
  expect(await look(douyin, `http://share.example/share/video/${ID}/`, "", 404)).toMatchObject({
    found: "unreachable",
  });
});
