import { describe, expect, it } from "vitest";
import hashes from "../../analyzers/language/ngram-hashes.json" with { type: "json" };
import scores from "../../analyzers/language/ngram-scores.json" with { type: "json" };
import { LAST, ngramHash, ngramScorer } from "../../analyzers/language/ngrams.ts";

const encode = (text: string) => new TextEncoder().encode(text);

/** Packs a small table by hand: each n-gram with its languages and scores. */
function packed(ngrams: Readonly<Record<string, readonly (readonly [number, number])[]>>) {
  const seed = 1;
  const rows = Object.entries(ngrams)
    .map(([text, votes]) => ({ hash: ngramHash(encode(text), 0, encode(text).length, seed), votes }))
    .sort((a, b) => a.hash - b.hash);
  const bytes: number[] = [];
  let last = 0;
  for (const { hash } of rows) {
    let rest = hash - last;
    last = hash;
    for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push(rest % 128);
    bytes.push(rest | 0x80);
  }
  const entries = rows.flatMap(({ votes }) =>
    votes.flatMap(([lang, score], at) => [lang | (at === votes.length - 1 ? LAST : 0), score]),
  );
  return {
    languages: ["aa", "bb"],
    seed,
    count: rows.length,
    hashes: Buffer.from(bytes).toString("base64"),
    entries: Buffer.from(entries).toString("base64"),
  };
}

describe("ngramScorer", () => {
  // A word of six letters has the 4-grams " wint" and "nter ", one of three letters only itself between spaces.
  const scorer = ngramScorer(
    packed({
      " wint": [
        [0, 10],
        [1, 20],
      ],
      "nter ": [[1, 7]],
      " sea ": [[0, 47]],
    }),
  );

  it("gives the mean score over the distinct n-grams", () => {
    expect([...scorer.scores("winter")]).toEqual([(10 + 53) / 2, (20 + 53 + 7 + 53) / 2]);
    expect([...scorer.scores("winter winter")]).toEqual([...scorer.scores("winter")]);
    expect([...scorer.scores("sea")]).toEqual([100, 0]);
    expect([...scorer.scores("winter sea")]).toEqual([(63 + 100) / 3, (73 + 60) / 3]);
  });

  it("gives nothing to words it does not know", () => {
    expect([...scorer.scores("unknown")]).toEqual([0, 0]);
    expect([...scorer.scores("")]).toEqual([0, 0]);
  });

  it("bounds a word and a text", () => {
    expect([...scorer.scores("é".repeat(5000))]).toEqual([0, 0]);
    // After 350 bytes it reads on to the end of the word and no further.
    expect([...scorer.scores(`${"x".repeat(400)} sea`)]).toEqual([0, 0]);
  });
});

it("unpacks the whole table", () => {
  const table = { ...hashes, ...scores };
  const scorer = ngramScorer(table);
  const best = (words: string) => {
    const found = scorer.scores(words);
    return table.languages[found.indexOf(Math.max(...found))];
  };
  expect(best("the committee will meet again after the election")).toBe("en");
  expect(best("комітет збереться знову після виборів")).toBe("uk");
  expect(table.count).toBeGreaterThan(150_000);
});
