import type { LanguageFinding } from "../../contracts/finding.ts";
import { chineseVariant, japaneseForms } from "../../text/chinese.ts";
import { LETTERS_READ, type Script, scriptsOf, wordsIn, wordsOf } from "../../text/script.ts";
import { type LanguageModels, languageModels, type Vote } from "./models.ts";
import { EAST_ASIAN, LATIN, type Writing, writingsOf } from "./scripts.ts";
import { ELD_KNOWS, tally, type Verdict } from "./vote.ts";

const UNDETERMINED: LanguageFinding = { lang: "und", confidence: 0 };

/**
 * The language of a text, from its first 2,000 characters. `confidence` is the share of texts with such an answer
 * that are right, as measured by `bench/languages`; 0 goes with `und`, the answer for a text without words and for one
 * that nothing decides. `second` is the language of a run in another script. Needs `loadLanguageModels` before.
 */
export function detectLanguage(text: string): LanguageFinding {
  const words = wordsOf(text);
  if (words === "") return UNDETERMINED;
  const counts = scriptsOf(words);
  const [main, other] = writingsOf(counts);
  if (main === undefined) return UNDETERMINED;
  const models = languageModels();
  const own = other === undefined ? words : wordsIn(words, main.writing.scripts);
  const best = judge(own, main.writing, main.letters, counts, models);
  if (best === null) return UNDETERMINED;
  const lang = best.lang === "zh" ? variantOf(own, text) : best.lang;
  const finding = { lang, confidence: Math.round(best.share * 1000) / 1000 };
  if (other === undefined || other.weight < SECOND_FROM * main.weight) return finding;
  const rest = wordsIn(words, other.writing.scripts);
  if (!isRunOfWords(rest, other.writing)) return finding;
  const second = judge(rest, other.writing, other.letters, counts, models);
  if (second === null || second.share < 0.5) return finding;
  return { ...finding, second: second.lang === "zh" ? variantOf(rest, rest) : second.lang };
}

// A name or a slogan does not make a text bilingual: a quarter of the main language's weight, in a run of words.
const SECOND_FROM = 0.25;
const SECOND_WORDS = 4;
const SECOND_CHARACTERS = 6;

function isRunOfWords(words: string, { weight }: Writing): boolean {
  if (weight === EAST_ASIAN.weight) return words.replaceAll(" ", "").length >= SECOND_CHARACTERS;
  return words.split(" ").filter((word) => word.length > 1).length >= SECOND_WORDS;
}

type ScriptCounts = readonly (readonly [Script, number])[];

function judge(
  words: string,
  writing: Writing,
  letters: number,
  counts: ScriptCounts,
  models: LanguageModels,
): Verdict | null {
  // One language of a script: wrong only where a rare language borrows it.
  if (writing.only !== undefined) return { lang: writing.only, share: 0.99 };
  const lower = words.slice(0, JUDGED).toLowerCase();
  if (writing === EAST_ASIAN) return chineseOrJapanese(lower, counts, models);
  const fastText = models.fastText(lower);
  const [top] = fastText;
  const sure =
    writing === LATIN && top !== undefined && top.score >= FAST_TEXT_SURE && ELD_KNOWS.has(top.label);
  const verdict = tally(lower, fastText, sure ? null : models.eld(lower), writing, letters)[0];
  if (verdict === undefined) return null;
  if (writing === LATIN && verdict.share < RARE_BELOW && letters >= FRANC_FROM) {
    const rare = rareLanguage(models.franc(lower));
    if (rare !== null) return { lang: rare, share: 0.7 };
  }
  return verdict.share < ANSWER_FROM ? null : verdict;
}

// ELD reads no more than about 350 bytes either; fastText's time grows with what it is given.
const JUDGED = 500;
// Above it fastText errs in a percent of Latin texts whether ELD is asked or not, and asking doubles the time. A
// language that ELD does not know is another matter: fastText is often sure of a Frisian that is Spanish.
const FAST_TEXT_SURE = 0.8;
// Of answers below it less than half are right where franc names a language that neither of the others knows and
// leads by this much; franc's are right in 70 %.
const RARE_BELOW = 0.6;
const FRANC_LEAD = 0.04;
const FRANC_FROM = 25;
// A guess that is wrong four times in five is no answer.
const ANSWER_FROM = 0.3;

/** What franc knows and neither fastText nor ELD does, by ISO 639-3: mostly languages of Africa. */
const RARE: Readonly<Record<string, string>> = {
  hau: "ha",
  ibo: "ig",
  zul: "zu",
  xho: "xh",
  sna: "sn",
  sot: "st",
  nso: "nso",
  tsn: "tn",
  tso: "ts",
  ssw: "ss",
  ven: "ve",
  lug: "lg",
  nya: "ny",
  kin: "rw",
  run: "rn",
  lin: "ln",
  aka: "ak",
  bam: "bm",
  wol: "wo",
  ewe: "ee",
  fon: "fon",
  bem: "bem",
  kng: "kg",
  lua: "lua",
  umb: "umb",
  kmb: "kmb",
  tiv: "tiv",
  tpi: "tpi",
};

function rareLanguage([first, second]: readonly Vote[]): string | null {
  if (first === undefined || first.score - (second?.score ?? 0) < FRANC_LEAD) return null;
  return RARE[first.label] ?? null;
}

function chineseOrJapanese(words: string, counts: ScriptCounts, models: LanguageModels): Verdict {
  let kana = 0;
  let han = 0;
  for (const [script, letters] of counts) {
    if (script === "Hira" || script === "Kana") kana += letters;
    else if (script === "Hani") han += letters;
  }
  // Japanese prose is half kana; a の for decoration or a Japanese name leaves Chinese far below a twentieth.
  if (kana > 0 && kana * 20 >= kana + han) return { lang: "ja", share: 0.99 };
  if (han === 0) return { lang: "zh", share: 0.9 };
  if (han > KANJI_AT_MOST) return { lang: "zh", share: 0.99 };
  // Short labels in Japanese may have no kana at all.
  const variant = chineseVariant(words);
  if (variant === "zh-Hans" || variant === "yue") return { lang: "zh", share: 0.99 };
  if (japaneseForms(words) > 0) return { lang: "ja", share: 0.9 };
  const japanese = models.fastText(words).find(({ label }) => label === "ja")?.score ?? 0;
  if (japanese < 0.9) return { lang: "zh", share: 0.95 };
  const eld = new Map(models.eld(words).map(({ label, score }) => [label, score]));
  return (eld.get("ja") ?? 0) >= (eld.get("zh") ?? 0) + 5
    ? { lang: "ja", share: 0.8 }
    : { lang: "zh", share: 0.6 };
}

// Beyond so many characters Japanese without a kana does not occur.
const KANJI_AT_MOST = 40;

/** The words decide; where they do not, the quotation marks of the text may. */
function variantOf(words: string, text: string): string {
  const variant = chineseVariant(words);
  return variant === "zh" ? chineseVariant(text.slice(0, LETTERS_READ)) : variant;
}
