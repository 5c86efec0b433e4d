import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NearTwins } from "../../../keys/near.ts";
import { HashSet } from "../../../text/hash-set.ts";
import { bandsOf, shinglesOf } from "../../../text/sketch.ts";

const units = (text: string) => Uint16Array.from(text, (character) => character.charCodeAt(0));

/** The Jaccard index by the definition. */
function jaccard(a: string, b: string): number {
  const [first, second] = [a, b].map(
    (text) => new Set(Array.from({ length: Math.max(1, text.length - 4) }, (_, i) => text.slice(i, i + 5))),
  ) as [Set<string>, Set<string>];
  const both = [...first].filter((shingle) => second.has(shingle)).length;
  return both / (first.size + second.size - both);
}

describe("near twins", () => {
  it("come back with their exact likeness, the likest and none below the least", () => {
    const near = new NearTwins(0.7);
    const text = "thequickbrownfoxjumpsoverthelazydogwhilethesleepycatlooksonfromthewindowsill";
    const edited = text.replace("sleepy", "drowsy");
    expect(near.addAndAsk(text)).toEqual([]);
    expect(near.addAndAsk("somethingelseentirelythathasnothingincommonwiththefirstsentenceofall")).toEqual(
      [],
    );
    expect(near.addAndAsk(edited)).toEqual([{ text: 0, jaccard: jaccard(text, edited) }]);
    expect(near.addAndAsk(text)).toEqual([
      { text: 0, jaccard: 1 },
      { text: 2, jaccard: jaccard(text, edited) },
    ]);
  });

  it("are exact: whatever is returned has the likeness it is said to have", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 24 }), { maxLength: 12 }),
        (texts) => {
          const near = new NearTwins(0.5);
          for (const [i, text] of texts.entries()) {
            for (const twin of near.addAndAsk(text)) {
              if (text === "" || texts[twin.text] === "") expect(twin).toBeUndefined();
              expect(twin.jaccard).toBeCloseTo(jaccard(text, texts[twin.text]!), 12);
              expect(twin.text).toBeLessThan(i);
            }
          }
        },
      ),
    );
  });

  it("find nearly all pairs of likeness 0.7 in their bands, and hardly any of 0.1", () => {
    // Sets of 100 numbers with a known share in common, in place of shingles.
    let seed = 1;
    const next = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0);
    const meeting = (common: number) => {
      let met = 0;
      for (let round = 0; round < 400; round++) {
        const both = Array.from({ length: common }, next);
        const [a, b] = [0, 1].map(() =>
          bandsOf(Uint32Array.from([...both, ...Array.from({ length: 100 - common }, next)])).slice(),
        ) as [Uint32Array, Uint32Array];
        if (a.some((band, i) => band === b[i])) met++;
      }
      return met / 400;
    };
    expect(meeting(83)).toBeGreaterThan(0.97);
    expect(meeting(18)).toBeLessThan(0.01);
  });

  it("know a text shorter than a shingle, and none without letters", () => {
    expect(shinglesOf(units("abc"), new HashSet())).toHaveLength(1);
    expect(bandsOf(shinglesOf(units(""), new HashSet()))).toHaveLength(0);
    const near = new NearTwins(0.7);
    near.addAndAsk("");
    near.addAndAsk("abc");
    expect(near.addAndAsk("")).toEqual([]);
    expect(near.addAndAsk("abc")).toEqual([{ text: 1, jaccard: 1 }]);
  });
});
