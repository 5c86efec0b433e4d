import { describe, expect, it } from "vitest";
import { searchable, searchPhrase } from "../../text/searchable.ts";

describe("searchable", () => {
  it.each([
    ["Plain ASCII, as it is: a_b!", "Plain ASCII, as it is: a_b!"],
    ["新华社 reports", "新华 华社 社 reports"],
    ["渥太华iPhone发布会。", "渥太 太华 华 iphone 发布 布会 会"],
    ["外國代理人", "外国 国代 代理 理人 人"],
    ["外国。代理", "外国 国 代理 理"],
    ["字", "字"],
    ["𠮷野家", "𠮷野 野家 家"],
    ["vérité L’École", "verite l ecole"],
    ["ve\u0301rite\u0301", "verite"],
    ["РИА Новости: ёлка", "риа новости елка"],
    ["Ελλάδα", "ελλαδα"],
    ["ＦＵＬＬ　１２３", "full 123"],
    ["微博\u200b视频", "微博 博视 视频 频"],
    ["ニュース速報", "ニュ ュー ース ス速 速報 報".replaceAll("報", "报")],
    ["한국어", "한국 국어 어"],
    ["ไทย", "ไท ทย ย"],
    ["foo💥bar", "foo bar"],
    ["", ""],
  ])("%s", (text, words) => {
    expect(searchable(text).trim()).toBe(words);
  });

  it("grows with the text, whatever it holds", () => {
    const text = "𠮷ﷺ字".repeat(20_000);
    expect(searchable(text).length).toBeGreaterThan(text.length);
  });
});

describe("searchPhrase", () => {
  it.each([
    ["新华社", "新华 华社", false],
    ["华", "华", true],
    ["iPhone发", "iphone 发", true],
    ["社 reports", "社 reports", false],
    ["新华社。", "新华 华社", false],
    ["Vérité", "verite", false],
  ])("%s", (value, words, prefix) => {
    const phrase = searchPhrase(value)!;
    expect({ ...phrase, words: phrase.words.trim() }).toEqual({ words, prefix });
  });

  it.each(["", "!!!", "💥", "。", "_"])("has nothing to search for in %j", (value) => {
    expect(searchPhrase(value)).toBeNull();
  });
});
