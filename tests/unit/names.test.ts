import { describe, expect, it } from "vitest";
import { foldName, isWeightyName, placeOfName, sentencesNaming } from "../../text/names.ts";

describe("names in texts", () => {
  it.each([
    ["据环球纪闻报道", "环球纪闻", 1],
    ["據環球紀聞報道", "环球纪闻", 1],
    ["as RBC wrote", "rbc", 3],
    ["the narwhals", "Arwh", -1],
    ["看BBC中文网", "BBC", 1],
  ])("%s: %s stands at %i", (text, name, place) => {
    expect(placeOfName(foldName(text), foldName(name))).toBe(place);
  });

  it("are searched only when they say something", () => {
    expect(["环球", "Post", "AP", "人", "a b"].map(isWeightyName)).toEqual([true, true, false, false, false]);
  });

  it("keep their places where lower case is longer", () => {
    const text = "İİİ Meridian";
    expect(foldName(text)).toHaveLength(text.length);
  });

  it("are told by the sentences that hold them", () => {
    const text = "Rain came. This is Meridian Daily, good night. 关注子午日报，明天见。雪";
    const told = sentencesNaming(text, ["Meridian Daily", "子午日报"]);
    expect(told.map(([from, to]) => text.slice(from, to).trim())).toEqual([
      "This is Meridian Daily, good night.",
      "关注子午日报，明天见。",
    ]);
    expect(sentencesNaming(text, ["Elsewhere"])).toEqual([]);
  });
});
