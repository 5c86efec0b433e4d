import { describe, expect, test } from "vitest";
import { decodeBody } from "../../text/charset.ts";

const SAMPLES: Readonly<Record<string, string>> = {
  gb18030: "关于移民政策的讨论在周末的选举辩论之后继续升温，多家媒体转载了这篇报道，读者留言很多。",
  big5: "關於移民政策的討論在週末的選舉辯論之後繼續升溫，多家媒體轉載了這篇報導，讀者留言很多。",
  shift_jis: "週末の討論会のあと、移民政策をめぐる議論が続いている。記事は多くのサイトに転載された。",
  "euc-jp": "週末の討論会のあと、移民政策をめぐる議論が続いている。記事は多くのサイトに転載された。",
  "euc-kr": "주말 토론회 이후 이민 정책을 둘러싼 논의가 이어지고 있으며 여러 매체가 기사를 옮겼다.",
  "windows-1251": "После дебатов в выходные продолжается обсуждение, и многие издания перепечатали статью.",
};

/** Encodes by turning the platform's decoder round: every one- and two-byte sequence is tried. */
function encoded(text: string, charset: string): Uint8Array {
  const decoder = new TextDecoder(charset);
  const table = new Map<string, readonly number[]>();
  for (let lead = 0xff; lead >= 0; lead--) {
    for (let trail = 0xff; lead > 0x7f && trail >= 0x40; trail--) {
      table.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
    }
    table.set(decoder.decode(Uint8Array.of(lead)), [lead]);
  }
  return Uint8Array.from([...text].flatMap((character) => table.get(character)!));
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const wide = (text: string, big: boolean, mark: boolean): Uint8Array => {
  const bytes = Buffer.from(`${mark ? "\ufeff" : ""}${text}`, "utf16le");
  return big ? bytes.swap16() : bytes;
};
const withHeader = (body: Uint8Array, type?: string) => ({
  body,
  headers: type ? { "content-type": type } : {},
});

describe.each(Object.entries(SAMPLES))("%s", (charset, text) => {
  const page = (meta: string) =>
    encoded(`<html><head>${meta}</head><body><p>${text}</p></body></html>`, charset);

  test("by the header", () => {
    const read = decodeBody(withHeader(page(""), `text/html; charset=${charset}`));
    expect(read).toMatchObject({ charset, basis: "header" });
    expect(read.text).toContain(text);
  });

  test("by what the page declares", () => {
    const read = decodeBody(withHeader(page(`<meta charset="${charset}">`), "text/html"), "html");
    expect(read).toMatchObject({ charset, basis: "declared" });
    expect(read.text).toContain(text);
  });

  test("by detection", () => {
    const read = decodeBody(withHeader(page("")));
    expect(read.basis).toBe("detected");
    expect(read.text).toContain(text);
  });

  test("against a header that says UTF-8", () => {
    const read = decodeBody(withHeader(page(`<meta charset=${charset}>`), "text/html; charset=utf-8"));
    expect(read).toMatchObject({ charset, basis: "declared" });
    expect(read.text).toContain(text);
  });

  test("UTF-8 that a header calls so", () => {
    const read = decodeBody(withHeader(utf8(text), `text/html; charset=${charset}`));
    expect(read).toEqual({ text, charset: "utf-8", basis: "detected" });
  });
});

test.each(["gb2312", "GBK", "x-gbk", "gb18030"])("%s is read as gb18030", (label) => {
  // U+9555 is in GBK, not in GB 2312.
  const body = encoded("镕基：关于讨论", "gb18030");
  expect(decodeBody(withHeader(body, `text/html; charset=${label}`))).toMatchObject({
    text: "镕基：关于讨论",
    charset: "gb18030",
  });
});

test("iso-8859-1 is read as windows-1252", () => {
  const body = Uint8Array.of(0x93, 0x63, 0x61, 0x66, 0xe9, 0x94);
  const read = decodeBody(withHeader(body, "text/html; charset=ISO-8859-1"));
  expect(read).toEqual({ text: "“café”", charset: "windows-1252", basis: "header" });
});

test("a byte order mark goes before everything", () => {
  const header = "text/xml; charset=iso-8859-1";
  expect(decodeBody(withHeader(utf8("\ufeff<a>é</a>"), header))).toEqual({
    text: "<a>é</a>",
    charset: "utf-8",
    basis: "bom",
  });
  expect(decodeBody(withHeader(wide("<a>é</a>", false, true), header))).toMatchObject({
    text: "<a>é</a>",
    charset: "utf-16le",
    basis: "bom",
  });
});

test.each([true, false])("UTF-16 without a mark is told by its zeros (big-endian: %s)", (big) => {
  const xml = '<?xml version="1.0" encoding="utf-16"?><a>讨论</a>';
  expect(decodeBody(withHeader(wide(xml, big, false)))).toMatchObject({ text: xml, basis: "detected" });
});

test("a document that calls itself UTF-16 in ASCII is not", () => {
  const xml = '<?xml version="1.0" encoding="utf-16"?><a>讨论</a>';
  expect(decodeBody(withHeader(utf8(xml)))).toMatchObject({ text: xml, charset: "utf-8" });
});

test.each(["bogus", "x-user-none", "us-ascii", "iso-2022-kr"])("the label %s says nothing", (label) => {
  const read = decodeBody(withHeader(utf8("élection"), `text/html; charset=${label}`));
  expect(read).toEqual({ text: "élection", charset: "utf-8", basis: "detected" });
});

test("the header goes before the declaration where both can be", () => {
  const xml = '<?xml version="1.0" encoding="windows-1251"?><a>Привет</a>';
  expect(decodeBody(withHeader(encoded(xml, "windows-1251"), "text/xml; charset=koi8-r"))).toMatchObject({
    charset: "koi8-r",
    basis: "header",
  });
});

test("one broken byte does not unseat UTF-8", () => {
  const body = Uint8Array.from([...utf8("讨论在继续升温，多家媒体转载"), 0xff, ...utf8("了这篇报道")]);
  const read = decodeBody(withHeader(body, "text/html; charset=utf-8"));
  expect(read).toMatchObject({ charset: "utf-8", basis: "header" });
  expect(read.text).toContain("\ufffd");
});

test("nothing is empty text", () => {
  expect(decodeBody(withHeader(new Uint8Array()))).toEqual({ text: "", charset: "utf-8", basis: "detected" });
});
