import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changesBetween, editedPair } from "../../../analyzers/edits/index.ts";
import { samplePost } from "../../contracts/store.samples.ts";

const said = (text: string, over = {}) => samplePost("web:1", { text, ...over });
const changed = (a: string, b: string) => {
  const { left_out, added } = changesBetween(said(a), said(b));
  return [left_out.map((range) => a.slice(...range)), added.map((range) => b.slice(...range))];
};

describe("what was changed between two wordings", () => {
  it("is told word by word, and by characters where there are no words", () => {
    expect(changed("until the ice has gone", "until the snow has gone")).toEqual([["ice"], ["snow"]]);
    expect(changed("新华社渥太华电：报道", "本报渥太华电：报道")).toEqual([["新华社"], ["本报"]]);
    expect(changed("the same", "the same")).toEqual([[], []]);
    expect(changesBetween(said("a", { title: "One" }), said("a", { title: "Two" })).title).toBe(true);
  });

  it("is one stretch when the texts have little in common", () => {
    const [a, b] = [1, 2].map((n) => Array.from({ length: 3_000 }, (_, i) => `w${n * 10_000 + i}`).join(" "));
    expect(changed(`same ${a} end`, `same ${b} end`)).toEqual([[expect.any(String)], [expect.any(String)]]);
  });

  it("leaves the same text on both sides when it is taken out", () => {
    const words = fc
      .array(fc.constantFrom("ice", "snow", " ", "渡轮", ". ", "💥"), { maxLength: 12 })
      .map((w) => w.join(""));
    fc.assert(
      fc.property(words, words, (a, b) => {
        const { left_out, added } = changesBetween(said(a), said(b));
        const without = (text: string, ranges: readonly (readonly [number, number])[]) =>
          ranges.toReversed().reduce((rest, [from, to]) => rest.slice(0, from) + rest.slice(to), text);
        expect(without(a, left_out)).toBe(without(b, added));
      }),
    );
  });

  it("is between two wordings of one source", () => {
    const version = (text: string, day: number, source: string) => ({
      post: said(text, { source }),
      first_seen: `2021-09-1${day}T00:00:00.000Z`,
      last_seen: `2021-09-1${day}T00:00:00.000Z`,
      current: day === 3,
    });
    const versions = [version("one", 1, "pages"), version("summary", 2, "feed"), version("two", 3, "pages")];
    const edit = { after: versions[0]!.last_seen, by: versions[2]!.first_seen };
    const pair = editedPair(versions, edit)!;
    expect([pair.before.text, pair.after.text]).toEqual(["one", "two"]);
  });
});
