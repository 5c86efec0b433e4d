import type { LanguageFinding } from "../../contracts/finding.ts";
import { scriptsOf, wordsIn, wordsOf } from "../../text/script.ts";
import { chineseOrJapanese, variantOf } from "./east-asian.ts";
import { type LanguageModels, languageModels } from "./models.ts";
import { RARE_SHARE, rareLanguage } from "./rare.ts";
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
  const [main, other] = writingsOf(scriptsOf(words));
  if (main === undefined) return UNDETERMINED;
  const models = languageModels();
  const own = other === undefined ? words : wordsIn(words, main.writing.scripts);
  const best = judge(own, main.writing, main.letters, models);
  if (best === null) return UNDETERMINED;
  const lang = best.lang === "zh" ? variantOf(own, text) : best.lang;
  const finding = { lang, confidence: Math.round(best.share * 1000) / 1000 };
  if (other === undefined || other.weight < SECOND_FROM * main.weight) return finding;
  const rest = wordsIn(words, other.writing.scripts);
  if (!isRunOfWords(rest, other.writing)) return finding;
  const second = judge(rest, other.writing, other.letters, models);
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

function judge(words: string, writing: Writing, letters: number, models: LanguageModels): Verdict | null {
  // One language of a script: wrong only where a rare language borrows it.
  if (writing.only !== undefined) return { lang: writing.only, share: 0.99 };
  const lower = words.slice(0, JUDGED).toLowerCase();
  if (writing === EAST_ASIAN) return chineseOrJapanese(lower, models);
  const fastText = models.fastText(lower);
  const [top] = fastText;
  const sure =
    writing === LATIN && top !== undefined && top.score >= FAST_TEXT_SURE && ELD_KNOWS.has(top.label);
  if (sure && top.score >= BEYOND_VOTE) return { lang: top.label, share: top.score };
  const verdict = tally(lower, fastText, sure ? null : models.eld(lower), writing, letters)[0];
  if (verdict === undefined) return null;
  if (writing === LATIN && verdict.share < RARE_BELOW && letters >= FRANC_FROM) {
    const rare = rareLanguage(models.franc(lower));
    if (rare !== null) return { lang: rare, share: RARE_SHARE };
  }
  return verdict.share < ANSWER_FROM ? null : verdict;
}

// ELD reads no more than about 350 bytes either; fastText's time grows with what it is given.
const JUDGED = 500;
// Above it fastText errs in a percent of Latin texts whether ELD is asked or not, and asking doubles the time. A
// language that ELD does not know is another matter: fastText is often sure of a Frisian that is Spanish.
const FAST_TEXT_SURE = 0.8;
// No function word turns such a probability round.
const BEYOND_VOTE = 0.95;
// Below it an answer is right less often than franc's is, where franc has one and the text is long enough for it.
const RARE_BELOW = 0.6;
const FRANC_FROM = 25;
// A guess that is wrong four times in five is no answer.
const ANSWER_FROM = 0.3;
