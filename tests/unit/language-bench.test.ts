import { describe, expect, it } from "vitest";
import { lengthClass } from "../../bench/languages/accuracy.ts";
import { sameCode } from "../../bench/languages/codes.ts";
import { bcp47 } from "../../bench/languages/sets.ts";
import { contentlessKind } from "../../bench/languages/undetermined.ts";
import { section, withSection } from "../../bench/report.ts";

it("folds what detectors name differently", () => {
  expect(["eng", "en", "en-GB"].map(sameCode)).toEqual(["en", "en", "en"]);
  expect(["cmn", "zh-Hans", "zh-Hant", "yue", "wuu"].map(sameCode)).toEqual(["zh", "zh", "zh", "zh", "zh"]);
  expect(["nb", "nno", "hrv", "ind", "", "und"].map(sameCode)).toEqual([
    "no",
    "no",
    "sr",
    "ms",
    "und",
    "und",
  ]);
});

it("names the languages of the Tatoeba files", () => {
  expect(["cmn", "pes", "tgl", "zsm", "ukr", "yue"].map(bcp47)).toEqual([
    "zh",
    "fa",
    "tl",
    "ms",
    "uk",
    "yue",
  ]);
});

it("counts characters, not units", () => {
  expect(lengthClass("😀".repeat(20))).toBe("≤ 20");
  expect(lengthClass("a".repeat(21))).toBe("21–60");
  expect(lengthClass("a".repeat(141))).toBe("> 140");
});

describe("contentlessKind", () => {
  it.each([
    ["https://example.com/a", "addresses"],
    ["@someone @另一个人:", "mentions"],
    ["[微笑][微笑]", "[emoticons]"],
    ["😀 👍", "emoji"],
    ["2021, 10:30", "digits"],
    ["……！", "punctuation"],
    ["@someone [哭] !!", "several of these"],
  ])("%s: %s", (text, kind) => {
    expect(contentlessKind(text)).toBe(kind);
  });

  it.each(["@someone，谢谢你", "转发 https://example.com", "@a ok", "[这 不 是]"])("%s has words", (text) => {
    expect(contentlessKind(text)).toBeNull();
  });
});

describe("the results document", () => {
  const report = {
    name: "example",
    title: "Example",
    body: "### Part\n\nnew figures\n",
    command: "npm run bench -- example --data DIR",
    packages: ["franc"],
  };

  it("says when, where, with what and how", () => {
    const text = section(report);
    expect(text).toMatch(/\d{4}-\d\d-\d\d · .+ cores, \d+ GiB · .+ Node \d+/);
    expect(text).toMatch(/franc \d+\.\d+\.\d+/);
    expect(text).toContain("`npm run bench -- example --data DIR`");
    expect(text).toContain("## Example");
  });

  it("replaces its own section and leaves the others", () => {
    const before =
      "# Results\n\n<!-- bench example -->\nold\n<!-- /bench example -->\n\n<!-- bench other -->\nkept\n<!-- /bench other -->\n";
    const after = withSection(before, "example", "<!-- bench example -->\nnew\n<!-- /bench example -->");
    expect(after).toBe(before.replace("old", "new"));
    expect(withSection("# Results\n", "other", "<!-- bench other -->\nx\n<!-- /bench other -->")).toBe(
      "# Results\n\n<!-- bench other -->\nx\n<!-- /bench other -->\n",
    );
  });
});
