import { describe, expect, it } from "vitest";
import { LETTERS_READ, scriptsOf, wordsIn, wordsOf } from "../../text/script.ts";

describe("wordsOf", () => {
  it.each([
    ["Read this: https://example.com/a?b=c#d now", "Read this now"],
    ["看这里https://example.com/a看完转发", "看这里 看完转发"],
    ["[Читать](https://example.com/x)дальше", "Читать дальше"],
    ["see example.org, or t.me/channel/12", "see or"],
    ["It ended.Then it began", "It ended Then it began"],
    ["write to someone@example.com please", "write to please"],
    ["RT @some_one: so it is", "so it is"],
    ["//@某人-:转发 @另一个人 谢谢", "转发 谢谢"],
    ["今天真好[微笑][doge]", "今天真好"],
    ["done :thumbs_up: :-D xD T_T", "done"],
    ["#FreeSpeech and #snow_day", "Free Speech and snow day"],
    ["👨‍👩‍👧‍👦 family 1️⃣ 🇨🇦🏴󠁧󠁢󠁥󠁮󠁧󠁿", "family"],
    ["call 555-0199 before 12:30, room B12", "call before room"],
    ["𝐁𝐨𝐥𝐝 and ｗｉｄｅ", "Bold and wide"],
    ["it's l’été 'quoted'", "it's l’été quoted"],
    ["Вiн i вона", "Він i вона"],
    ["&amp; &#39;so&#39; &lt;b&gt;", "so b"],
    ["run ```let x = 1``` twice", "run twice"],
    ["می‌خواهم بروم", "می‌خواهم بروم"],
    ["मैं घर में हूँ।", "मैं घर में हूँ।"],
  ])("%s", (text, words) => {
    expect(wordsOf(text).replace(/\s+/g, " ")).toBe(words);
  });

  it("reads no further than its bound, and no half characters", () => {
    const long = `${"a".repeat(LETTERS_READ - 1)}𠮷${"b".repeat(10)}`;
    expect(wordsOf(long)).toBe("a".repeat(LETTERS_READ - 1));
  });
});

describe("scriptsOf", () => {
  it("counts letters by script, most first", () => {
    expect(scriptsOf("seven привет 你好你好 かなか カナ")).toEqual([
      ["Cyrl", 6],
      ["Latn", 5],
      ["Hani", 4],
      ["Hira", 3],
      ["Kana", 2],
    ]);
  });

  it("counts no letter that stands alone, but a character that is a word", () => {
    expect(scriptsOf("D ノ ಠ ω")).toEqual([]);
    expect(scriptsOf("好 吗 네")).toEqual([
      ["Hani", 2],
      ["Hang", 1],
    ]);
  });

  it("knows the rare characters beyond the basic plane", () => {
    expect(scriptsOf("𠮷野")).toEqual([["Hani", 2]]);
    expect(scriptsOf("𐎠𐎡")).toEqual([["Zzzz", 2]]);
  });
});

it("wordsIn keeps the words of some scripts", () => {
  expect(wordsIn("大家看 Kenny Chiu 提出的法案", new Set(["Hani"]))).toBe("大家看 提出的法案");
  expect(wordsIn("大家看 Kenny Chiu 提出的法案", new Set(["Latn"]))).toBe("Kenny Chiu");
  expect(wordsIn("l'été ici", new Set(["Latn"]))).toBe("l'été ici");
  expect(wordsIn("что", new Set(["Latn"]))).toBe("");
});
