import type { LanguageFinding } from "../../contracts/finding.ts";
import { scriptsOf, wordsIn, wordsOf } from "../../text/script.ts";
import { chineseOrJapanese, variantOf } from "./east-asian.ts";
import { type LanguageModels, languageModels, type Vote } from "./models.ts";
import { RARE_SHARE, rareLanguage } from "./rare.ts";
import { EAST_ASIAN, LATIN, type Writing, type WritingUsed, writingsOf } from "./scripts.ts";
import { tally, type Verdict } from "./vote.ts";

const UNDETERMINED: LanguageFinding = { lang: "und", confidence: 0 };

/**
 * The language of a text, from its first 2,000 characters. `confidence` is the share of texts with such an answer
 * that are right, as measured by `bench/languages`; 0 goes with `und`, the answer for a text without words and for one
 * that nothing decides. `second` is the language of a run in another script. Needs `loadLanguageModels` before.
 */
export function detectLanguage(text: string): LanguageFinding {
  const words = wordsOf(withoutLinks(text));
  if (words === "") return UNDETERMINED;
  const [main, other] = writingsOf(scriptsOf(words));
  if (main === undefined) return UNDETERMINED;
  const models = languageModels();
  const own = other === undefined ? words : wordsIn(words, main.writing.scripts);
  const best = judge(own, main, models);
  const found = best === null ? UNDETERMINED : finding(best, own, text);
  if (other === undefined || (best !== null && other.weight < SECOND_FROM * main.weight)) return found;
  const rest = wordsIn(words, other.writing.scripts);
  const second = isRunOfWords(rest, other) ? judge(rest, other, models) : null;
  if (second === null || second.share < SECOND_SURE) return found;
  // A list of names that nothing decides beside a sentence in another script: the sentence is the language.
  return best === null ? finding(second, rest, text) : { ...found, second: finding(second, rest, "").lang };
}

/** Without the words of Markdown links: a list of other pages' titles is in their language, not in the post's. */
function withoutLinks(whole: string): string {
  const text = whole.slice(0, HEAD);
  const rest = text.replace(MARKDOWN_LINK, " ");
  return rest.length < text.length && SOME_WORDS.test(rest) ? rest : text;
}

/** Ten times what is read: links and marks take some of it. */
const HEAD = 20_000;
const MARKDOWN_LINK = /\[[^\]\n]{0,200}\]\(https?:[^)\s]{0,2000}\)/g;
const SOME_WORDS = /\p{L}{3}/u;

function finding({ lang, share }: Verdict, words: string, text: string): LanguageFinding {
  return { lang: lang === "zh" ? variantOf(words, text) : lang, confidence: Math.round(share * 1000) / 1000 };
}

// A name or a slogan does not make a text bilingual: a quarter of the main language's weight, in a run of words.
const SECOND_FROM = 0.25;
const SECOND_SURE = 0.5;
const LEAST_WORDS = 4;
const LEAST_CHARACTERS = 6;
const LEAST_LETTERS = 12;

function isRunOfWords(words: string, { writing, letters }: WritingUsed): boolean {
  if (writing === LATIN) return words.split(" ").filter((word) => word.length > 1).length >= LEAST_WORDS;
  return letters >= (writing === EAST_ASIAN ? LEAST_CHARACTERS : LEAST_LETTERS);
}

function judge(words: string, { writing, letters }: WritingUsed, models: LanguageModels): Verdict | null {
  // One language of a script: wrong only where a rare language borrows it.
  if (writing.only !== undefined) return { lang: writing.only, share: 0.99 };
  const lower = plain(words.slice(0, JUDGED).toLowerCase());
  if (writing === EAST_ASIAN) return chineseOrJapanese(lower, models);
  if (lower === "") return null;
  const fastText = models.fastText(lower);
  const eld = models.eld(lower);
  const agreed = agreedOn(fastText, eld);
  if (agreed !== null) return agreed;
  const verdict = tally(lower, fastText, eld, writing, letters)[0];
  if (verdict === undefined) return null;
  if (writing === LATIN && letters >= FRANC_FROM && (verdict.share < RARE_BELOW || isStrange(eld, writing))) {
    const rare = rareLanguage(models.franc(lower), verdict.share < RARE_BELOW ? LEAD_UNSURE : LEAD);
    if (rare !== null) return { lang: rare, share: RARE_SHARE };
  }
  return verdict.share < ANSWER_FROM ? null : verdict;
}

/** Without laughter, which every language writes alike, and with stretched words (sooooo) in their usual length. */
function plain(lower: string): string {
  return lower.replace(STRETCHED, "$1").replace(LAUGHTER, " ").trim();
}

const STRETCHED = /([a-zа-яё\u00df-\u00ff])\1{2,}/g;
// Spanish (jaja), Portuguese (kkk) and others have laughter of their own, which says something.
const LAUGHTER = /\b(?:a?(?:h+a+){2,}h*|(?:h+e+){2,}h*|(?:h+i+){2,}h*)\b/g;

/** ELD, which knows 46 languages in Latin letters, recognises next to nothing of the text. */
function isStrange(eld: readonly Vote[], { eldScore }: Writing): boolean {
  return !eld.some(({ score }) => score >= STRANGE_BELOW * (eldScore ?? 0));
}

/** The usual case, told without a vote: fastText is sure, and ELD, which errs elsewhere, says the same. */
function agreedOn([top]: readonly Vote[], eld: readonly Vote[]): Verdict | null {
  if (top === undefined || top.score < AGREED_FROM) return null;
  let best: Vote | null = null;
  for (const vote of eld) if (best === null || vote.score > best.score) best = vote;
  if (best === null || best.label !== top.label) return null;
  return { lang: top.label, share: 1 - (1 - top.score) / AGREEMENT };
}

const AGREED_FROM = 0.9;
// Measured: of what both give to one language a twelfth to a fourteenth as many are wrong as fastText alone admits.
const AGREEMENT = 12;
// ELD reads no more than about 350 bytes either; fastText's time grows with what it is given.
const JUDGED = 500;
// Below it an answer is right less often than franc's is, where franc has one and the text is long enough for it.
const RARE_BELOW = 0.6;
const FRANC_FROM = 25;
// With a smaller lead over its second choice franc is wrong as often as right; against a sure vote it needs more.
const LEAD_UNSURE = 0.02;
const LEAD = 0.04;
// Of ELD's usual score: one social post in 200 lies below, and most sentences in a language it does not know.
const STRANGE_BELOW = 0.5;
// A guess that is wrong five times in six is no answer.
const ANSWER_FROM = 0.2;
