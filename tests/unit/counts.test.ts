import fc from "fast-check";
import { expect, test } from "vitest";
import { engagementFrom, readCount } from "../../text/counts.ts";

test.each([
  [1234, 1234],
  ["1234", 1234],
  ["1,234", 1234],
  ["1.234", 1234],
  ["1 234 567", 1234567],
  ["１２３", 123],
  ["0", 0],
])("%s is exact", (raw, value) => {
  expect(readCount(raw)).toEqual({ value });
});

test.each([
  ["7164.8万", 71_648_000, 71_647_500, 71_648_999],
  ["3.12K", 3120, 3115, 3129],
  ["12k", 12_000, 11_500, 12_999],
  ["1.2M", 1_200_000, 1_150_000, 1_299_999],
  ["1.5亿", 150_000_000, 145_000_000, 159_999_999],
  ["3,4 тыс.", 3400, 3350, 3499],
  ["1,2 млн", 1_200_000, 1_150_000, 1_299_999],
  ["100万+", 1_000_000, 1_000_000, null],
  ["999+", 999, 999, null],
])("%s is rounded, and says between which", (raw, value, at_least, at_most) => {
  expect(readCount(raw)).toEqual({ value, rounded: { raw, at_least, at_most } });
});

test.each(["", "赞", "--", "-3", "K", "about 5", -1, 1.5, Number.NaN, null, undefined, {}, "9".repeat(40)])(
  "%s is no count",
  (raw) => {
    expect(readCount(raw)).toEqual({ value: null });
  },
);

test("a rounded count lies within its bounds", () => {
  const shown = fc.tuple(
    fc.integer({ min: 0, max: 9999 }),
    fc.integer({ min: 0, max: 99 }),
    fc.constantFrom("K", "M", "万", "亿", " млн", "千"),
    fc.boolean(),
  );
  fc.assert(
    fc.property(shown, ([whole, part, unit, more]) => {
      const { value, rounded } = readCount(`${whole}.${part}${unit}${more ? "+" : ""}`);
      expect(rounded!.at_least).toBeLessThanOrEqual(value!);
      expect(rounded!.at_most ?? Infinity).toBeGreaterThanOrEqual(value!);
    }),
  );
});

test("the counts of a post in one go; what is not given stays away", () => {
  expect(engagementFrom({ views: "1.2万", likes: 3, comments: "评论" })).toEqual({
    views: 12_000,
    likes: 3,
    rounded: { views: { raw: "1.2万", at_least: 11_500, at_most: 12_999 } },
  });
  expect(engagementFrom({ views: null })).toBeNull();
});
