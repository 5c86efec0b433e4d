import { describe, expect, it } from "vitest";
import { sourcesCitedIn } from "../../../analyzers/links/cited.ts";

describe("the sources a text names", () => {
  it.each([
    ["来源：远帆日报。今天下雪", "远帆日报"],
    ["今天下雪。转自晨钟观察。", "晨钟观察"],
    ["今天下雪。（长风通讯社）。", "长风通讯社"],
    ["據環湖時報報道，今天下雪", "環湖時報"],
    ["据新岸社9月8日报道，今天下雪", "新岸社"],
    ["Source: Meridian Dispatch. It snowed.", "Meridian Dispatch"],
    ["It snowed.\nvia Signal Nine", "Signal Nine"],
    ["(Harbour Courier). It snowed.", "Harbour Courier"],
    ["It snowed, according to the Meridian News Agency, twice", "the Meridian News Agency"],
    ["Il neige, selon l’Agence du Nord, depuis hier", "l’Agence du Nord"],
    ["Снег, сообщает «Северный час», идёт", "Северный час"],
    ["Снег, со ссылкой на Интервал, идёт", "Интервал"],
  ])("%s", (text, name) => {
    const cited = sourcesCitedIn(text);
    expect(cited.map((source) => source.name)).toEqual([name]);
    expect(text.slice(...cited[0]!.range)).toContain(name);
  });

  it.each([
    ["people who are quoted", "It snowed, according to Ada Renwick, all night."],
    ["nobody in particular", "据媒体报道，今天下雪。据当地媒体报道，路滑。"],
    ["figures", "据消防队统计，三成居民没有伞。"],
    ["notes in brackets", "（节选）。（记者 甲）。（未完待续）。（图）。(photo). (see below)."],
    ["a sentence that begins like a credit", "Via the harbour road, past the mill, you reach the old town."],
  ])("are not %s", (_, text) => {
    expect(sourcesCitedIn(text)).toEqual([]);
  });

  it("are looked for in bounded time", () => {
    const hostile = "据".repeat(50_000) + "(".repeat(50_000) + "According to The ".repeat(5_000);
    expect(sourcesCitedIn(hostile).length).toBeLessThan(10);
  });
});
