import { describe, expect, it } from "vitest";
import { canonicalUrl, hostOf, registrableDomain, urlsIn } from "../../text/urls.ts";

describe("canonicalUrl", () => {
  it.each([
    ["http://www.news.example/a/?utm_source=x&b=2&a=1#top", "news.example/a?a=1&b=2"],
    ["https://m.news.example/a/index.html", "news.example/a"],
    ["https://News.Example:443/a", "news.example/a"],
    [
      "https://mp.weixin.qq.com/s?__biz=MzA&mid=1&idx=1&sn=ab&chksm=cc&scene=21",
      "mp.weixin.qq.com/s?__biz=MzA&idx=1&mid=1&sn=ab",
    ],
    ["http://news.example/", "news.example"],
    ["http://forum.example/t;jsessionid=A1B2?b=1&PHPSESSID=xyz&ASPSESSIONIDQQ=1", "forum.example/t?b=1"],
    ["http://forum.example/t?sid=0123456789abcdef0123456789ABCDEF&t=4", "forum.example/t?t=4"],
    ["http://news.example/read?sid=4711&s=weather", "news.example/read?s=weather&sid=4711"],
  ])("%s", (url, canonical) => expect(canonicalUrl(url)).toBe(canonical));

  it("is null for what is no web address", () => {
    expect(canonicalUrl("mailto:a@b.example")).toBeNull();
    expect(canonicalUrl("not a url")).toBeNull();
  });

  it("keeps parameters that elsewhere are tracking on WeChat", () => {
    expect(canonicalUrl("https://docs.example/api?version=2&key=a")).toBe("docs.example/api?key=a&version=2");
  });
});

describe("hosts and links in text", () => {
  it("tells the host and the registered domain", () => {
    expect(hostOf("https://www.news.co.uk/a")).toBe("news.co.uk");
    expect(registrableDomain("a.b.news.co.uk")).toBe("news.co.uk");
  });

  it("finds links glued to Chinese and inside brackets, without trailing marks", () => {
    expect(urlsIn("见http://a.example/b。又 (https://c.example/d), [x](https://e.example/f_(g))")).toEqual([
      "http://a.example/b",
      "https://c.example/d",
      "https://e.example/f_(g)",
    ]);
  });
});
