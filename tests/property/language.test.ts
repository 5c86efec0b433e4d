import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { detectLanguage, loadLanguageModels } from "../../analyzers/language/index.ts";
import { LETTERS_READ } from "../../text/script.ts";

beforeAll(async () => {
  await loadLanguageModels();
});

const PIECES = [
  "https://example.com/",
  "@name",
  "[微笑]",
  "#Tag",
  "👨‍👩‍👧",
  "'",
  "’",
  "\u200d",
  "\u200c",
  "\ufe0f",
  "\ud83d",
  "\udc00",
  "\u0000",
  "\u0301",
  "\u202e",
  "\u064b",
  "hahaha",
  "aaaa",
  "\n",
  "佢哋",
  "國",
  "国",
  "の",
  "カ",
  "한",
  "привіт",
  "सलाम",
  "سلام",
  "hello there",
  "```",
  "12a",
];

const anyPost = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((all) => all.join("")),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((all) => all.join(" ")),
);

describe("detectLanguage", () => {
  it("answers any string with a tag and a share, and the same string with the same", () => {
    fc.assert(
      fc.property(anyPost, (text) => {
        const found = detectLanguage(text);
        expect(Intl.getCanonicalLocales(found.lang)).toHaveLength(1);
        expect(found.confidence).toBeGreaterThanOrEqual(0);
        expect(found.confidence).toBeLessThanOrEqual(1);
        expect(found.lang === "und").toBe(found.confidence === 0);
        expect(found.second).not.toBe("und");
        expect(detectLanguage(text)).toEqual(found);
      }),
    );
  });

  it("does not remember the text before", () => {
    fc.assert(
      fc.property(anyPost, anyPost, (text, other) => {
        const found = detectLanguage(text);
        detectLanguage(other);
        expect(detectLanguage(text)).toEqual(found);
      }),
    );
  });

  // What lies beyond the bound changes nothing: so a text of a megabyte costs what its head costs.
  it("reads the head of a long text only", () => {
    fc.assert(
      fc.property(anyPost, fc.constantFrom(...PIECES), (text, piece) => {
        const head = `${text} `.repeat(Math.ceil((LETTERS_READ + 1) / (text.length + 1)));
        expect(detectLanguage(head + piece.repeat(1000))).toEqual(detectLanguage(head));
      }),
    );
  });
});
