import fc from "fast-check";
import { expect, test } from "vitest";
import { UsageError } from "../../contracts/errors.ts";
import { parseQuery } from "../../text/query.ts";

const bits = fc.constantFrom(
  ...'()[]{}"*\\-:<>=“” \t',
  ..."AND OR NOT TO a 外国 title: id:wechat:mp-1 https://x.y 10:30 [a TO b] 💥 \ud800".split(" "),
  " AND ",
  " OR ",
  " NOT ",
  " TO ",
);
const anything = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(bits, { maxLength: 60 }).map((all) => all.join("")),
);

test("any text is either a search or a UsageError", () => {
  fc.assert(
    fc.property(anything, (text) => {
      try {
        expect(parseQuery(text).kind).toBeTypeOf("string");
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
        expect((error as UsageError).message).toMatch(/at character \d+: /);
      }
    }),
    { numRuns: 3_000 },
  );
});

test("a long text takes no more than its length", () => {
  for (const bit of [
    "(",
    "-",
    "NOT ",
    "a:[",
    "a:[b TO ",
    '"',
    "\\",
    "a.",
    " ",
    "*",
    "a ",
    "(a ",
    "“",
    "a:>",
    "外",
  ]) {
    const text = bit.repeat(Math.floor(100_000 / bit.length));
    const started = performance.now();
    try {
      parseQuery(text);
    } catch (error) {
      expect(error).toBeInstanceOf(UsageError);
    }
    // A few milliseconds here; were it quadratic, tens of seconds.
    expect(performance.now() - started).toBeLessThan(1_000);
  }
});
