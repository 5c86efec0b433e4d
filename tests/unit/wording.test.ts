import { describe, expect, it } from "vitest";
import { fingerprints, union } from "../../text/fingerprints.ts";
import { spanEnd, weightBetween, wordingOf, wordingText } from "../../text/wording.ts";

const printsOf = (text: string) => fingerprints(wordingOf(text));
const folded = (text: string) => wordingText(wordingOf(text));

describe("wordingOf", () => {
  it.each([
    ["case, width and accents", "Élections ＡＢＣ café", "electionsabccafe"],
    ["traditional to simplified", "漢語與選舉", "汉语与选举"],
    ["punctuation, space and emoji", "票 ， 投！👍🏽 了", "票投了"],
    ["URLs, also glued to Chinese", "见https://a.example/b?c=1后文", "见后文"],
    ["mentions and reposts by hand", "RT @user_1: votez", "votez"],
    ["Weibo chains and emoticons", "//@某人:说得好[微笑]", "说得好"],
    ["ligatures and mathematical letters", "ﬁn 𝐀𝐁", "finab"],
    ["zero-width characters", "选\u200b举\ufeff", "选举"],
    ["Arabic marks", "مُحَمَّد", "محمد"],
    ["laughter to a short laugh", "哈哈哈哈哈哈哈哈哈哈好 hahahahahaha yes", "哈哈哈哈哈哈好hahahayes"],
    ["no digits away", "1,000,000,000 2020202020", "10000000002020202020"],
    ["nothing but marks", "!!! … 🙂", ""],
  ])("folds %s", (_, text, expected) => expect(folded(text)).toBe(expected));

  it("keeps Hangul and voiced kana whole", () => expect(folded("한국어 が")).toBe("한국어が"));

  it("knows where each unit stood in the original", () => {
    const text = "A 𝐁, 漢字!";
    const wording = wordingOf(text);
    expect([...wording.offsets]).toEqual([0, 2, 6, 7]);
    expect(text.slice(wording.offsets[1]!, spanEnd(wording, 4, text))).toBe("𝐁, 漢字");
  });

  it("counts a Han character as two letters", () => {
    const wording = wordingOf("选举ab");
    expect(weightBetween(wording, 0, 4)).toBe(6);
  });
});

describe("fingerprints", () => {
  it("are shared by two texts with a passage in common, whatever surrounds it", () => {
    const passage = "几乎要与中国断绝外交关系";
    const a = printsOf(`前言若干字在此。${passage}`);
    const b = printsOf(`${passage}，完全不同的后文出现了`);
    expect(a.filter((fingerprint) => b.includes(fingerprint)).length).toBeGreaterThan(0);
  });

  it("are none for a text shorter than one gram", () => {
    expect(printsOf("选举")).toHaveLength(0);
  });

  it("are sorted and distinct, and so is their union", () => {
    const a = printsOf("abcabcabcabcabcabcabcabcabc");
    expect([...a]).toEqual([...new Set(a)].sort((x, y) => x - y));
    expect([...union(a, a)]).toEqual([...a]);
  });
});
