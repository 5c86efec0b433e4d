import fc from "fast-check";
import { expect, test } from "vitest";
import { namesOf } from "../../../reports/names.ts";
import { samplePost } from "../../contracts/store.samples.ts";

const stored = (id: string, name: string) => ({
  post: samplePost(`weibo:${id}`, { account: { id, name } }),
  revision: "1",
  mark: null,
  findings: null,
  story: null,
});
const names = (...all: readonly string[]) =>
  namesOf(
    all.map((name, i) => stored(`id-${1000 + i}`, name)),
    { actors: new Map(), shown: [] },
  );

test("a name that holds another is replaced whole, at every place, and other words stay", () => {
  const { conceal } = names("Jeanne", "Jeanne Privée", "北美家书");
  const told = conceal("Jeanne Privée and Jeanne read 北美家书, Jean did not. id-1002");
  expect(told).toMatch(
    /^weibo account \w{6} and weibo account \w{6} read weibo account \w{6}, Jean did not\. weibo account \w{6}$/,
  );
});

test("no name is left in any sentence, and a sentence without one is as it was", () => {
  const word = fc.constantFrom("Anna", "Annabel", "bella", "家书", "北美家书", " ", "x", "read");
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), (words) => {
      const hidden = ["Annabel", "Anna", "北美家书"];
      const told = names(...hidden).conceal(words.join(""));
      for (const name of hidden) expect(told).not.toContain(name);
      if (!hidden.some((name) => words.join("").includes(name))) expect(told).toBe(words.join(""));
    }),
  );
});
