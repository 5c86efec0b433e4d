import { expect, test } from "vitest";
import { parseJsonExact } from "../../text/json-exact.ts";

test("a whole number beyond 2^53 keeps its digits, everything else is as JSON.parse gives it", () => {
  const text =
    '{"id":6363577276176531969,"negative":-6363577276176531969,"ids":[1724000000000000001],"short":12,"safe":9007199254740991,' +
    '"share":0.12345678901234566,"large":1e300,"text":"6363577276176531969"}';
  expect(parseJsonExact(text)).toEqual({
    id: "6363577276176531969",
    negative: "-6363577276176531969",
    ids: ["1724000000000000001"],
    short: 12,
    safe: 9007199254740991,
    share: 0.12345678901234566,
    large: 1e300,
    text: "6363577276176531969",
  });
});

test("what is no JSON is refused as JSON.parse refuses it", () => {
  expect(() => parseJsonExact('{"id":6363577276176531969')).toThrow(SyntaxError);
  expect(() => parseJsonExact("")).toThrow(SyntaxError);
});
