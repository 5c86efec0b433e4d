import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chineseTable } from "../../scripts/chinese-table.ts";
import { chineseVariant, japaneseForms, toSimplified } from "../../text/chinese.ts";
import * as table from "../../text/chinese-table.ts";

describe("toSimplified", () => {
  it.each([
    ["這個消息還沒有證實", "这个消息还没有证实"],
    ["臺灣與香港的媒體", "台湾与香港的媒体"],
    ["憂鬱的烏龜後來看著裏面", "忧郁的乌龟后来看着里面"],
    ["什么时候开始", "什么时候开始"],
    ["a mixed 標題 with English", "a mixed 标题 with English"],
    ["", ""],
  ])("folds %s", (from, to) => {
    expect(toSimplified(from)).toBe(to);
  });

  it("folds regional forms to the same as the common one", () => {
    expect(toSimplified("啟裡着衞")).toBe(toSimplified("啓裏著衛"));
  });

  it("leaves a text without traditional characters as it is", () => {
    const text = "只有简体字的一句话，and nothing else。";
    expect(toSimplified(text)).toBe(text);
  });

  it("keeps halves of pairs together over the edges of its chunks", () => {
    // 4,096 units are folded at a time: the pair lies across the first edge.
    const text = `${"國".repeat(4095)}𠮷${"國".repeat(10)}`;
    expect(toSimplified(text)).toBe(`${"国".repeat(4095)}𠮷${"国".repeat(10)}`);
  });

  const characters = [...table.FOLDED_PAIRS.replaceAll("\n", "")];
  const anyText = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.constantFrom(...characters, "\ud842", "\udfb7", "x", "。")).map((all) => all.join("")),
  );

  it("keeps the length and is settled after one time", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const folded = toSimplified(text);
        expect(folded.length).toBe(text.length);
        expect(toSimplified(folded)).toBe(folded);
      }),
    );
  });

  it("folds each character for itself", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...characters)), (all) => {
        expect(toSimplified(all.join(""))).toBe(all.map(toSimplified).join(""));
      }),
    );
  });
});

describe("chineseVariant", () => {
  it.each([
    ["会议将于下周在北京举行。", "zh-Hans"],
    ["我们还没有收到他们的回复", "zh-Hans"],
    ["會議將於下週在臺北舉行。", "zh-Hant"],
    ["他們說這個問題很難回答", "zh-Hant"],
    ["我不知道。", "zh"],
    ["好。", "zh"],
    ["他回答：「不知道。」", "zh-Hant"],
    ["佢哋今日冇返嚟", "yue"],
    ["我唔知點解佢咁講", "yue"],
    ["呢間舖頭幾點閂門呀？", "yue"],
    ["边个话我知佢喺边度", "yue"],
    ["我係香港人", "yue"],
    ["這種關係很重要", "zh-Hant"],
    ["他在微博上说“唔该”是广东话里谢谢的意思，这是他们那里的说法", "zh-Hans"],
  ])("%s is %s", (text, variant) => {
    expect(chineseVariant(text)).toBe(variant);
  });
});

it("knows the forms that only Japan writes", () => {
  expect(japaneseForms("駅前の込み合う図書館で働く")).toBe(4);
  expect(japaneseForms("车站前的图书馆；車站前的圖書館")).toBe(0);
});

it("has the table that its script makes", async () => {
  const made = await chineseTable();
  for (const text of Object.values(table)) expect(made).toContain(text);
});
