import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { excerpt } from "../../reports/excerpt.ts";
import { pad, plain, shorten, table, widthOf, wrap } from "../../reports/terminal.ts";
import { duration, lagText, listed, publishedText, sentence } from "../../reports/words.ts";

describe("durations", () => {
  it.each([
    [5, "5 s"],
    [59.9, "1 min"],
    [60 * 45, "45 min"],
    [3600, "1 h"],
    [34_800, "9 h 40 min"],
    [52_919.5, "14 h 42 min"],
    [3599.9, "1 h"],
    [172_799, "48 h"],
    [180_000, "2 d 2 h"],
    [10 * 86_400, "10 d"],
  ])("%d s is %s", (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});

describe("lags", () => {
  it.each([
    [[52_919, 52_921], "14 h 42 min"],
    [[10_800, 97_200], "3 h to 27 h"],
    [[-3600, 7200], "order not known"],
    [[-1, 1], "0 s"],
    [[-7200, -7140], "2 h before"],
    [[null, 3600], "up to 1 h"],
    [[3600, null], "more than 1 h"],
    [[null, null], "not known"],
    [null, "not known"],
  ] as const)("%j is %s", (lag, text) => {
    expect(lagText(lag)).toBe(text);
  });
});

describe("times", () => {
  const at = (earliest: string | null, latest: string) => ({
    published_at: null,
    published: { earliest, latest, basis: "page" as const },
  });

  it("are told with their zone and how they are known", () => {
    expect(publishedText(at("2021-09-08T01:12:00.000Z", "2021-09-08T01:12:59.999Z"), "America/Toronto")).toBe(
      "2021-09-07 21:12 EDT (time given on the page)",
    );
  });

  it("stay intervals where only a day is known", () => {
    expect(publishedText(at("2021-09-08T00:00:00Z", "2021-09-08T23:59:59Z"), "UTC")).toBe(
      "between 2021-09-08 00:00 UTC and 2021-09-08 23:59 UTC (time given on the page)",
    );
    expect(publishedText(at(null, "2021-09-08T00:00:00Z"), "UTC")).toMatch(/^by 2021-09-08 00:00 UTC/);
  });
});

describe("lines of a terminal", () => {
  it("count Chinese double and marks not at all", () => {
    expect(widthOf("ab")).toBe(2);
    expect(widthOf("断交")).toBe(4);
    expect(widthOf("e\u0301")).toBe(1);
    expect(pad("断", 4)).toBe("断  ");
    expect(shorten("断交断交", 5)).toBe("断交…");
  });

  it("never exceed the columns, and lose no word", () => {
    const word = fc.stringMatching(/^[a-z]{1,12}$|^[\u4e00-\u4e20]{1,30}$/);
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        const lines = wrap(words.join(" "), { columns: 40, first: "  - " });
        expect(lines.filter((line) => widthOf(line) > 40)).toEqual([]);
        expect(lines.join("").replace(/[\s-]/g, "")).toBe(words.join(""));
      }),
    );
  });

  it("keep closing marks with what they close", () => {
    expect(wrap("断交断交。", { columns: 8 })).toEqual(["断交断交。"]);
  });

  it("keep a URL whole", () => {
    expect(wrap("see http://a.example/a-long-address here", { columns: 12 })).toContain(
      "http://a.example/a-long-address",
    );
  });

  it("let nothing through that a terminal obeys", () => {
    expect(plain("a\u001b[31mb\u202ec\r\n d\u0007")).toBe("a [31mbc d");
  });

  it("line up in columns", () => {
    expect(
      table(
        [
          ["a", "断"],
          ["bb", "c"],
        ],
        [10, 10],
      ),
    ).toEqual(["a   断", "bb  c"]);
  });
});

describe("excerpts", () => {
  it("end between characters", () => {
    expect(excerpt("😀😀😀", [0, 6], 2)).toBe("“😀😀…”");
    expect(excerpt("short", [0, 5])).toBe("“short”");
  });
});

describe("sentences", () => {
  it("begin large and end with one mark", () => {
    expect(sentence("it is so")).toBe("It is so.");
    expect(sentence("Is it?")).toBe("Is it?");
    expect(listed(["a", "b", "c"])).toBe("a, b and c");
  });
});
