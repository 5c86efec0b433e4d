import { describe, expect, it } from "vitest";
import { comment, cut, shuffleClauses } from "../../bench/copies/edits/changes.ts";
import { EDITS, FIRST_EDITS } from "../../bench/copies/edits/kit.ts";
import { replaceWords, vocabularyOf } from "../../bench/copies/edits/synonyms.ts";
import { Groups } from "../../bench/copies/groups.ts";
import { joinExactly } from "../../bench/copies/join.ts";
import { containment, jaccard, shingleSets } from "../../bench/copies/shingles.ts";
import { count, median, ratio, share, table } from "../../bench/copies/tables.ts";
import { randomFrom } from "../../bench/simulator/random.ts";
import { wordingOf, wordingText } from "../../text/wording.ts";

const WORDS = "harbour ferry council grain winter bridge teacher market river lantern orchard ticket".split(
  " ",
);
const OTHERS = [
  "the council met again on a cold evening by the river",
  "nobody in the market had a ticket left to sell",
];

function someTexts(number: number): readonly string[] {
  const random = randomFrom("texts");
  const texts: string[] = [];
  for (let i = 0; i < number; i++) {
    const earlier = texts.length > 0 && random.chance(0.5) ? random.pick(texts).split(" ") : null;
    const words = earlier ?? Array.from({ length: 12 }, () => random.pick(WORDS));
    words.splice(random.between(0, words.length), random.between(0, 1), random.pick(WORDS));
    texts.push(words.join(" "));
  }
  return texts;
}

describe("the exact join", () => {
  it("finds what comparing every pair finds", () => {
    const sets = shingleSets(someTexts(150), () => 5);
    const expected: string[] = [];
    for (let a = 0; a < sets.count; a++) {
      for (let b = 0; b < a; b++) if (jaccard(sets, a, b) >= 0.7) expected.push(`${a} ${b}`);
    }
    const found = joinExactly(sets, 0.7).map(([a, b]) => `${a} ${b}`);
    expect(expected.length).toBeGreaterThan(20);
    expect(found.sort()).toEqual(expected.sort());
  });

  it("tells shingles apart exactly", () => {
    const sets = shingleSets(["abcdef", "abcdeg", "abcdef"], () => 5);
    expect(jaccard(sets, 0, 2)).toBe(1);
    expect(jaccard(sets, 0, 1)).toBeCloseTo(1 / 3);
    expect(containment(sets, 0, 1)).toBe(0.5);
  });
});

describe("the edit kit", () => {
  it("has the first fifteen edits and those of the bars, each name once", () => {
    expect(FIRST_EDITS).toHaveLength(15);
    expect(new Set(EDITS.map(({ name }) => name)).size).toBe(EDITS.length);
  });

  it("makes the same edit from the same seed, and changes something", () => {
    const base =
      "The grain terminal will be sold before winter, the council said, and nobody asked the town.";
    const material = { language: "en" as const, others: OTHERS, vocabulary: vocabularyOf(OTHERS, "en") };
    for (const edit of EDITS) {
      const make = () => edit.make(base, material, randomFrom(edit.name), "Grain terminal sold");
      expect(make()).toBe(make());
      if (edit.indexed === undefined) expect(make(), edit.name).not.toBe(base);
    }
  });

  it("keeps the wording where only marks, script or spaces change", () => {
    const bases = {
      zh: "渡轮票价下月上调，议员们昨晚就此争论了三个小时，仍无结果。",
      en: "The ferry fare rises next month, and the council argued for three hours.",
    };
    for (const language of ["zh", "en"] as const) {
      const material = { language, others: OTHERS, vocabulary: vocabularyOf(OTHERS, language) };
      for (const name of ["punctuation and emoji", "spaces and zero-width strewn in"]) {
        const edit = EDITS.find((each) => each.name === name)!;
        const edited = edit.make(bases[language], material, randomFrom("x"), "");
        expect(wordingText(wordingOf(edited)), name).toBe(wordingText(wordingOf(bases[language])));
      }
    }
  });

  it("cuts, comments and shuffles as asked", () => {
    expect(cut("0123456789", 0, 0.3)).toBe("012");
    expect(comment(20, OTHERS, randomFrom("c")).length).toBeLessThanOrEqual(20);
    const shuffled = shuffleClauses("one, two, three, four.", randomFrom("s"));
    expect([...shuffled].sort().join("")).toBe([..."one, two, three, four."].sort().join(""));
  });

  it("replaces the asked share of the words", () => {
    const text = "People say the police found the stolen car near the old school on Monday";
    const words = text.split(" ");
    const replaced = replaceWords(text, 0.3, "en", vocabularyOf(OTHERS, "en"), randomFrom("r"));
    const kept = words.filter((word) => replaced.split(" ").includes(word)).length;
    expect(kept).toBeGreaterThanOrEqual(9);
    expect(kept).toBeLessThan(words.length);
  });
});

describe("groups and tables", () => {
  it("joins what belongs together", () => {
    const groups = new Groups(4);
    groups.join(0, 1);
    groups.join(1, 2);
    expect(groups.of(0)).toBe(groups.of(2));
    expect(groups.of(3)).not.toBe(groups.of(0));
  });

  it("never rounds a share to all or nothing", () => {
    expect([share(1, 1), share(0, 3), share(99_999, 100_000), share(1, 3), share(0, 0)]).toEqual([
      "100 %",
      "0 %",
      "99.99 %",
      "33.3 %",
      "–",
    ]);
    expect([count(1234567), ratio(3, 2), ratio(3, null), median([3, 1, 2])]).toEqual([
      "1 234 567",
      "1.50",
      "–",
      2,
    ]);
    expect(table(["a", "b"], [["x", "1"]])).toBe("| a | b |\n| --- | ---: |\n| x | 1 |");
  });
});
