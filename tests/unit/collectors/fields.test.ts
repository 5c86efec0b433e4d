import { expect, test } from "vitest";
import { countOf, idOf, knownFields, secondsOf, unknownFields } from "../../../collectors/fields.ts";

test("fields are known by their paths, through lists, and whole where nothing inside is named", () => {
  const known = knownFields("id author.name author.links.url tags", "author.id");
  const record = {
    id: 1,
    author: { name: "a", id: 2, age: 3, links: [{ url: "u" }, { url: "u", kind: "k" }] },
    tags: [{ anything: { at: "all" } }],
    surprise: null,
  };
  expect(unknownFields(record, known)).toEqual(["author.age", "author.links.kind", "surprise"]);
  expect(unknownFields({ author: "a name" }, known)).toEqual([]);
  expect(unknownFields({ constructor: 1, ["__proto__"]: 2 }, known)).toContain("constructor");
});

test("a record of any number of unknown fields tells a hundred of them", () => {
  const record = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`field${i}`, i]));
  expect(unknownFields(record, knownFields("id"))).toHaveLength(100);
});

test("ids, counts and times are read, or are none", () => {
  expect([idOf(12), idOf("0012"), idOf(2 ** 60), idOf(""), idOf(null)]).toEqual([
    "12",
    "0012",
    null,
    null,
    null,
  ]);
  expect([countOf(0), countOf("42"), countOf(-1), countOf(1.5), countOf("1K")]).toEqual([
    0,
    42,
    null,
    null,
    null,
  ]);
  expect(secondsOf(1700000000)).toBe("2023-11-14T22:13:20.000Z");
  expect([secondsOf(0), secondsOf("1e9"), secondsOf(1e300)]).toEqual([null, null, null]);
});
