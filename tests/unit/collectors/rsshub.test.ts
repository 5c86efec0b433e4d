import { expect, test } from "vitest";
import type { XmlItem } from "../../../collectors/rss/record.ts";
import { rsshub } from "../../../collectors/rsshub/index.ts";
import { rsshubOptions } from "../../../collectors/rsshub/options.ts";
import { nativeId, readRoute } from "../../../collectors/rsshub/route.ts";
import { PLATFORMS } from "../../../text/platforms.ts";
import { collectorSuite } from "../../contracts/collector.suite.ts";

collectorSuite({
  collector: rsshub,
  fixtures: "tests/fixtures/rsshub",
  options: ({ url, extra }) => ({ instance: new URL(url).origin, ...extra }),
  surprise: (raw) => {
    const item = raw as XmlItem;
    return { ...item, fields: { ...item.fields, surprise: [{ text: "?" }] } };
  },
});

test.each([
  ["/weibo/user/1234567890/readable=1", "weibo", "1234567890"],
  ["/weibo/search/hot", "weibo", null],
  ["/telegram/channel/deltatimes/showLinkPreview=0", "telegram", "deltatimes"],
  ["/twitter/user/deltatimes", "x", "deltatimes"],
  ["/bsky/profile/delta.example", "bluesky", "delta.example"],
  ["/bilibili/user/video/2267573", "bilibili", "2267573"],
  ["/youtube/user/@deltatimes", "youtube", "@deltatimes"],
  ["/delta/county/news", "web", null],
])("%s leads to %s, account %s", (route, platform, account) => {
  expect(readRoute(route)).toEqual({ platform, account });
  expect(PLATFORMS.has(platform)).toBe(true);
});

test("a platform's own id is told by the address", () => {
  expect(nativeId("x", "https://twitter.com/delta/status/1874000000000000001?s=20")).toBe(
    "1874000000000000001",
  );
  expect(nativeId("youtube", "https://www.youtube.com/watch?t=1&v=abcdefghijk")).toBe("abcdefghijk");
  expect(nativeId("bilibili", "https://www.bilibili.com/video/BV1xx411c7mD/")).toBe("BV1xx411c7mD");
  expect(nativeId("weibo", "https://weibo.com/1/Q")).toBeNull();
});

test("a route is written as RSSHub's documents do", () => {
  const wrong = rsshubOptions.safeParse({ instance: "http://hub.example", route: "telegram/channel/x" });
  expect(wrong.error?.issues[0]?.message).toContain("/telegram/channel/name");
});
