import { expect, test } from "vitest";
import { htmlToText } from "../../text/html.ts";

const text = (html: string) => htmlToText(html).text;

test("blocks and <br> give lines, inline elements do not, white space folds", () => {
  expect(text("<div>a <b>b</b>c<p>d\n  e<br>f</p>g</div>")).toBe("a bc\nd e\nf\ng");
  expect(text("<ul><li>one<li>two</ul><table><tr><td>1<td>2<tr><td>3</table>")).toBe("one\ntwo\n1 2\n3");
  expect(text("a&nbsp;\u00a0 b")).toBe("a b");
  expect(text("<p>　　开头空两格</p>")).toBe("开头空两格");
  expect(text("<pre>a  b\nc</pre>")).toBe("a b\nc");
});

test("entities are decoded once", () => {
  expect(text("&lt;b&gt; &amp;amp; &#20013;&#x6587; &eacute;")).toBe("<b> &amp; 中文 é");
});

test("what is not for readers is dropped", () => {
  const html =
    "<title>t</title><script>1<2</script><style>x</style><noscript>n<img src=http://a.example/n></noscript>" +
    "<template><p>t<template>u</template></p></template><svg><title>i</title></svg>kept";
  expect(htmlToText(html)).toEqual({ text: "kept", links: [], images: [] });
});

test("links and images are absolute, http(s) only, each once", () => {
  const html =
    '<a href="/a?x=1&amp;y=2">1</a><a href="/a?x=1&amp;y=2">2</a><a href="#top">3</a><a href="javascript:x()">4</a>' +
    '<a href="mailto:x@y.example">5</a><a href="//other.example/b">6</a><a>7</a>' +
    '<img src="data:image/gif;base64,AA" data-src="i.png"><img srcset="s.png 1x, t.png 2x"><img>';
  const { links, images } = htmlToText(html, "https://site.example/dir/page");
  expect(links).toEqual(["https://site.example/a?x=1&y=2", "https://other.example/b"]);
  expect(images).toEqual(["https://site.example/dir/i.png", "https://site.example/dir/s.png"]);
  expect(htmlToText(html).links).toEqual([]);
});

test("<base href> is kept to, the first one only", () => {
  const html = '<base href="/base/"><base href="http://evil.example/"><a href="x">x</a>';
  expect(htmlToText(html, "http://site.example/a/b").links).toEqual(["http://site.example/base/x"]);
});

// Each of these took seconds to minutes in some way of doing it; a bound of ten seconds tells linear from quadratic
// on any machine.
test.each([
  ["20,000 levels", "<div>".repeat(20_000)],
  ["200,000 levels and as many foreign end tags", "<div>".repeat(200_000) + "</span>".repeat(200_000)],
  ["entities in one paragraph", "&amp;".repeat(500_000)],
  ["2 MB of text", "<p>word 文字</p>".repeat(110_000)],
  ["unclosed comments", "<!--".repeat(500_000)],
  ["attributes without end", `<a ${"x ".repeat(1_000_000)}`],
  ["a script that never ends", `<script>${"</scrip".repeat(300_000)}`],
  ["spaces", `${" \u3000".repeat(1_000_000)}x`],
])("stays fast on %s", { timeout: 10_000 }, (_, html) => {
  expect(() => htmlToText(html, "http://a.example/")).not.toThrow();
});
