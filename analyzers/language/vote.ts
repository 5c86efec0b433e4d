import { FUNCTION_WORDS } from "./function-words.ts";
import type { Vote } from "./models.ts";
import { isWrittenIn, type Writing } from "./scripts.ts";

/** A language and the share of the vote it took, 0 to 1. */
export interface Verdict {
  readonly lang: string;
  readonly share: number;
}

/**
 * Joins fastText's probabilities and ELD's scores into one ranking, as a product of likelihoods with a prior. The
 * two err differently (ELD takes Russian for Ukrainian or Bulgarian, fastText Ukrainian for Russian; fastText knows
 * 176 languages, ELD 60), which is why the sum is better than either.
 */
export function tally(
  words: string,
  fastText: readonly Vote[],
  eld: readonly Vote[] | null,
  writing: Writing,
  letters: number,
  w: Weights = WEIGHTS,
): readonly Verdict[] {
  const probabilities = new Map<string, number>();
  for (const { label, score } of fastText) {
    const lang = FROM_FAST_TEXT[label] ?? label;
    if (isWrittenIn(lang, writing)) probabilities.set(lang, (probabilities.get(lang) ?? 0) + score);
  }
  const scores = new Map<string, number>();
  let best = 0;
  for (const { label, score } of eld ?? []) {
    if (!isWrittenIn(label, writing)) continue;
    scores.set(label, score);
    best = Math.max(best, score);
  }
  // Each n-gram counts less the more there are: neighbouring n-grams say partly the same.
  // And where ELD's best answer is poor (a list of names), so is its knowledge of the text.
  const scale =
    ((w.eld * Math.max(1, letters / LETTERS_PER_NGRAM) ** w.eldPower) / 10) * Math.min(1, best / w.poor);
  const unknown = w.unknown + w.unknownShort * Math.exp(-letters / w.short);
  const hits = functionWords(words);
  const ranked: { lang: string; score: number }[] = [];
  for (const lang of new Set([...probabilities.keys(), ...scores.keys()])) {
    const known = LIKE_ELD[lang] ?? lang;
    const given = scores.get(known);
    let score = Math.log((probabilities.get(lang) ?? 0) + w.floor);
    if (given !== undefined) score += scale * given;
    else if (eld !== null && ELD_KNOWS.has(known)) score -= w.silent;
    // ELD can say nothing of a language it does not know: as good as its best answer, less a handicap.
    else if (eld !== null) score += scale * Math.min(best, w.unknownBest) - unknown;
    score += w.word * (hits.get(known) ?? 0) - w.letter * foreignLetters(words, lang);
    if (!MAJOR.has(lang)) score -= w.minor;
    ranked.push({ lang, score });
  }
  return shares(ranked);
}

/** The constants of the vote; `bench/languages` is where they were chosen, on one half of its texts. */
export interface Weights {
  /** Added to fastText's probabilities, so that its silence is not certainty. */
  readonly floor: number;
  /** Weight of ELD's mean score (about 10 of it make one unit of log-likelihood). */
  readonly eld: number;
  readonly eldPower: number;
  /** Handicap of a language that ELD knows and gave nothing. */
  readonly silent: number;
  /** Handicap of a language that ELD does not know, for long texts, and on top of it for short ones. */
  readonly unknown: number;
  readonly unknownShort: number;
  /** Letters after which the second handicap has fallen to a third. */
  readonly short: number;
  /** ELD's score that a language unknown to it is credited with at most, and below which its answers are poor. */
  readonly unknownBest: number;
  readonly poor: number;
  /** Handicap of a language that is rare among the world's posts. */
  readonly minor: number;
  /** Weight of a function word (at most five count) and of a letter that a language does not have. */
  readonly word: number;
  readonly letter: number;
}

export const WEIGHTS: Weights = {
  floor: 0.005,
  eld: 0.75,
  eldPower: 0.5,
  silent: 1,
  unknown: 1,
  unknownShort: 2,
  short: 20,
  unknownBest: 80,
  poor: 40,
  minor: 1,
  word: 2,
  letter: 2,
};

// Long texts are clear without; a few words must not outvote everything else.
const MOST_WORDS = 4;

/** How many function words of each language there are. */
function functionWords(words: string): ReadonlyMap<string, number> {
  const hits = new Map<string, number>();
  for (const word of words.split(" ")) {
    const langs = FUNCTION_WORDS.get(word) ?? [];
    // A word of one letter may be anything; a word that many share says little of each.
    const weight = (word.length === 1 ? 0.5 : 1) / langs.length ** 0.7;
    for (const lang of langs) hits.set(lang, Math.min(MOST_WORDS, (hits.get(lang) ?? 0) + weight));
  }
  return hits;
}

const FOREIGN: Readonly<Record<string, RegExp>> = {
  ru: /[іїєґўјљњћђџѓќѕәғқңөұүһ]/g,
  uk: /[ыэъёўјљњћђџѓќѕәғқңөұүһ]/g,
  be: /[ищъїєґјљњћђџѓќѕәғқңөұүһ]/g,
  bg: /[ыэёіїєґўјљњћђџѓќѕәғқңөұүһ]/g,
  sr: /[йщъыьэюяёіїєґўѓќѕәғқңөұүһ]/g,
  mk: /[йщъыьэюяёіїєґўћђәғқңөұүһ]/g,
};

function foreignLetters(words: string, lang: string): number {
  const pattern = FOREIGN[lang];
  return pattern === undefined ? 0 : Math.min(3, words.match(pattern)?.length ?? 0);
}

// Words are cut into byte 4-grams with a stride of three.
const LETTERS_PER_NGRAM = 3.5;

/** fastText's Wikipedia codes that BCP 47 spells otherwise, and what it parts more finely than posts can bear. */
const FROM_FAST_TEXT: Readonly<Record<string, string>> = {
  als: "gsw",
  arz: "ar",
  bh: "bho",
  eml: "egl",
  nah: "nah",
  sh: "hr",
};

/** Languages that ELD does not name but scores under a neighbour's name. */
const LIKE_ELD: Readonly<Record<string, string>> = { id: "ms", bs: "hr", nn: "no", ckb: "ku" };

/** The languages of ELD's table. */
export const ELD_KNOWS: ReadonlySet<string> = new Set(
  "am ar az be bg bn ca cs da de el en es et eu fa fi fr gu he hi hr hu hy is it ja ka kn ko ku lo lt lv ml mr ms nl no or pa pl pt ro ru sk sl sq sr sv ta te th tl tr uk ur vi yo zh".split(
    " ",
  ),
);

/** Each of these has a percent or more of the world's posts, or is watched for here. */
const MAJOR: ReadonlySet<string> = new Set(
  "en fr zh ru es de ar fa hi pa ko ja vi uk tr pt it nl pl id".split(" "),
);

function shares(ranked: { lang: string; score: number }[]): readonly Verdict[] {
  ranked.sort((a, b) => b.score - a.score || (a.lang < b.lang ? -1 : 1));
  const top = ranked[0]?.score ?? 0;
  let total = 0;
  for (const { score } of ranked) total += Math.exp(score - top);
  return ranked.map(({ lang, score }) => ({ lang, share: Math.exp(score - top) / total }));
}
