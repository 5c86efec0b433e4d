import OpenCC from "opencc-js";
import type { Random } from "../../simulator/random.ts";
import { churn, comment, cut, misspell, punctuate, shuffleClauses, space } from "./changes.ts";
import { type KitLanguage, replaceWords, type Vocabulary } from "./synonyms.ts";

/** Real material of one language that edits draw on; none of it is in the index or among the bases. */
export interface Material {
  readonly language: KitLanguage;
  readonly others: readonly string[];
  readonly vocabulary: Vocabulary;
}

export interface Edit {
  readonly name: string;
  /** Which of the bases it is made from: posts, posts with a title, or documents of several paragraphs. */
  readonly bases: "posts" | "titled" | "documents";
  /** How often it is made of each base, where bases are few and each time comes out differently. */
  readonly times?: number;
  /** What stands in the index, where that is not the base as it is. */
  readonly indexed?: (base: string, material: Material, random: Random) => string;
  readonly make: (base: string, material: Material, random: Random, title: string) => string;
}

const toTraditional = OpenCC.Converter({ from: "cn", to: "twp" });
const length = (text: string) => [...text].length;

const posts = (name: string, make: Edit["make"]): Edit => ({ name, bases: "posts", make });
const before = (share: number) =>
  posts(
    `commentary before, ${share * 100} %`,
    (base, { others }, random) => `${comment(length(base) * share, others, random)} ${base}`,
  );
const after = (share: number) =>
  posts(
    `commentary after, ${share * 100} %`,
    (base, { others }, random) => `${base} ${comment(length(base) * share, others, random)}`,
  );
const words = (name: string, share: number) =>
  posts(name, (base, { language, vocabulary }, random) =>
    replaceWords(base, share, language, vocabulary, random),
  );

/** The 15 edits of the first measurements, by the names they had there. */
export const FIRST_EDITS: readonly Edit[] = [
  posts(
    "short comment before",
    (base, { others }, random) => `${comment(random.between(6, 14), others, random)} ${base}`,
  ),
  posts(
    "short comment after",
    (base, { others }, random) => `${base} ${comment(random.between(6, 14), others, random)}`,
  ),
  posts("comment as long as the original", (base, { others }, random) =>
    random.chance(0.5)
      ? `${comment(length(base), others, random)} ${base}`
      : `${base} ${comment(length(base), others, random)}`,
  ),
  posts("first 60 %", (base) => cut(base, 0, 0.6)),
  posts("first 40 %", (base) => cut(base, 0, 0.4)),
  posts("middle 50 %", (base) => cut(base, 0.25, 0.75)),
  posts("other script (zh traditional, en capitals)", (base, { language }) =>
    language === "zh" ? toTraditional(base) : base.toUpperCase(),
  ),
  posts("punctuation and emoji", (base, { language }, random) => punctuate(base, language, random)),
  posts("RT, URL and mention churn", (base, { language }, random) => churn(base, language, random)),
  // Dictionary synonyms exist for about a third of running words: half and all of those.
  words("synonyms, half of a third", 0.167),
  words("synonyms, a whole third", 0.333),
  posts("clauses shuffled", (base, _, random) => shuffleClauses(base, random)),
  posts("5 % of characters changed", (base, { others }, random) =>
    misspell(base, 0.05, random.pick(others), random),
  ),
  posts("12 % of characters changed", (base, { others }, random) =>
    misspell(base, 0.12, random.pick(others), random),
  ),
  posts("spaces and zero-width strewn in", (base, { language }, random) => space(base, language, random)),
];

const CREDITS = {
  zh: ["（来源：新芽日报）", "据《海岸观察》报道：", "来源｜松果新闻客户端 编辑：小林"],
  en: [
    "(Source: The Harbour Ledger)",
    "According to Pine Valley Wire: ",
    "via The Morning Gull, staff report",
  ],
} as const;

export const FURTHER_EDITS: readonly Edit[] = [
  {
    name: "credit line removed",
    bases: "posts",
    indexed: (base, { language }, random) => {
      const credit = random.pick(CREDITS[language]);
      return random.chance(0.5) ? `${credit}${base}` : `${base} ${credit}`;
    },
    make: (base) => base,
  },
  before(0.1),
  before(0.3),
  before(1),
  before(3),
  after(0.1),
  after(0.3),
  after(1),
  after(3),
  posts("truncated to 30 %", (base) => cut(base, 0, 0.3)),
  {
    name: "one paragraph lifted",
    bases: "documents",
    times: 6,
    make: (base, { others }, random) => {
      const paragraphs = base.split("\n").filter((paragraph) => length(paragraph) >= 30);
      return `${comment(60, others, random)} ${random.pick(paragraphs.length > 0 ? paragraphs : [base])} ${comment(60, others, random)}`;
    },
  },
  posts("emoji, URL and punctuation noise", (base, { language }, random) =>
    churn(punctuate(base, language, random), language, random),
  ),
  words("15 % synonyms", 0.15),
  {
    name: "headline quoted in a caption",
    bases: "titled",
    make: (_, { language, others }, random, title) =>
      language === "zh"
        ? `#热点# 「${title}」 ${comment(random.between(5, 20), others, random)}`
        : `${comment(random.between(5, 25), others, random)} "${title}" #news`,
  },
];

export const EDITS: readonly Edit[] = [...FIRST_EDITS, ...FURTHER_EDITS];
