import { expect, test } from "vitest";
import { readConstant } from "../../../collectors/wechat-article/constant.ts";
import { map } from "../../../collectors/wechat-article/map.ts";

const constantOf = (source: string) => {
  const read = readConstant(source, 0);
  return read?.complete ? JSON.parse(JSON.stringify(read.value)) : null;
};

test.each<readonly [string, unknown]>([
  ["'12' * 1", 12],
  ["'' * 1", 0],
  ["'A_NAME' * 1", null],
  ["{} * 1", null],
  ['"" || "" || "x"', "x"],
  ["JsDecode('\\x3cp\\x3e\\u4f60 \\'\\n\\\n')", "<p>你 '\n"],
  ["JsDecode('\\x5cx3c')", "\\x3c"],
  ['htmlDecode("a&amp;lt;&nbsp;b")', "a&lt; b"],
  ["'&quot;a&quot;'.html(false)", '"a"'],
  ["[1, -2.5, 3e2,]", [1, -2.5, 300]],
  [
    "{ a: true, 'b': null, \"c\": [ { d: false } ], // e\n /* f */ }",
    { a: true, b: null, c: [{ d: false }] },
  ],
])("reads %s", (source, value) => {
  expect(constantOf(source)).toEqual(value);
});

test.each([
  "alert(1)",
  "(function() { return 1 })()",
  "window.x",
  "`a`",
  "'open",
  "'line\nbreak'",
  "JsDecode('a'",
  "'\\xZZ'",
  "",
])("runs nothing and reads nothing: %s", (source) => {
  expect(readConstant(source, 0)).toBeNull();
});

test("an object that cannot be read to its end gives what stands before", () => {
  const read = readConstant("{ a: 1, b: 'x' + y, c: 2 }", 0);
  expect(read).toMatchObject({ complete: false, value: { a: 1, b: "x" } });
});

test("keys of a page are data only", () => {
  const read = readConstant("{ __proto__: { polluted: 1 }, constructor: 2 }", 0);
  expect(Object.keys(read?.value ?? {})).toEqual(["__proto__", "constructor"]);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

/** Each would take minutes, or the stack, in a reader whose work grows faster than its input. */
test.each([
  ["nested elements", `<div id="js_content">${"<div>".repeat(50_000)}x`],
  ["nested arrays", `<script>window.cgiDataNew = {a: ${"[".repeat(500_000)}</script>`],
  ["one long string", `<script>window.cgiDataNew = {title: '${"y".repeat(2_000_000)}'};</script>`],
  ["escapes", `<script>window.cgiDataNew = {title: '${"\\x3c".repeat(100_000)}'};</script>`],
  ["white space", `<script>window.cgiDataNew = {title: ${" ".repeat(2_000_000)}'x'};</script>`],
  ["comments", `<script>window.cgiDataNew = {${"/*".repeat(1_000_000)}</script>`],
  ["many openings", `<script>${"window.cgiDataNew = {a: '".repeat(100_000)}</script>`],
  ["many statements", `<div id="js_content">x</div><script>${"var ct = ".repeat(200_000)}</script>`],
])("%s are read in time that grows with the page only", (_what, html) => {
  const started = performance.now();
  map({ url: "http://mp.weixin.example/s/x", sha256: "0", html });
  expect(performance.now() - started).toBeLessThan(4_000);
});
