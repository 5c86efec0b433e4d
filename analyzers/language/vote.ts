import { FUNCTION_WORDS, LISTED } from "./function-words.ts";
import type { Vote } from "./models.ts";
import { isWrittenIn, type Writing } from "./scripts.ts";

/** A language and the share of the vote it took, 0 to 1. */
export interface Verdict {
  readonly lang: string;
  readonly share: number;
}

// Units of log-likelihood throughout. Chosen on one half of the texts of `bench/languages`; the errors change by
// about a tenth when one of them is halved or doubled.
/** Added to fastText's probabilities, so that its silence is not certainty. */
const FLOOR = 0.02;
/** Weight of a point of ELD's mean score; of one n-gram, see `eldScale`. */
const ELD_WEIGHT = 0.06;
/** Share of ELD's usual score below which it does not know the text (a list of names, a language it lacks). */
const ELD_POOR = 0.5;
const USUAL_SCORE = 100;
/** What a language that ELD does not know is credited with at most, as a share of the usual score … */
const UNKNOWN_CREDIT = 1.05;
/** … its handicap in a short text, of which fastText is often too sure, and the letters after which a third is left. */
const UNKNOWN_SHORT = 3;
const SHORT = 20;
/** Handicap of a language that is rare among the world's posts. */
const MINOR = 2;
/** … and of one that is hardly met outside its own region. */
const REGION = 4;
/** A function word, and how many of them count: they must not outvote everything else in a long text. */
const FUNCTION_WORD = 2.5;
const MOST_WORDS = 4;
/** fastText knows nothing of the text either, and names what it has seen most. */
const GUESS_BELOW = 0.1;
/** So many of its words make a language an answer that no classifier thought of. */
const NAMED_BY_WORDS = 1.5;
/** A language without a list shares most of its small words with a neighbour that has one. */
const UNLISTED = 0.75;
/** A letter that the language does not have, and how many of them count. */
const FOREIGN_LETTER = 2;
const MOST_LETTERS = 3;

/**
 * Joins fastText's probabilities, ELD's scores and the function words into one ranking, as a product of likelihoods
 * with a prior. The classifiers err differently (ELD takes Russian for Ukrainian or Bulgarian, fastText Ukrainian for
 * Russian; fastText knows 176 languages, ELD 60), which is why together they are better than either.
 */
export function tally(
  words: string,
  fastText: readonly Vote[],
  eld: readonly Vote[],
  writing: Writing,
  letters: number,
): readonly Verdict[] {
  const probabilities = new Map<string, number>();
  for (const { label, score } of fastText) {
    const lang = FROM_FAST_TEXT[label] ?? label;
    if (isWrittenIn(lang, writing)) probabilities.set(lang, (probabilities.get(lang) ?? 0) + score);
  }
  const scores = new Map<string, number>();
  let best = 0;
  for (const { label, score } of eld) {
    if (!isWrittenIn(label, writing)) continue;
    scores.set(label, score);
    best = Math.max(best, score);
  }
  const usual = writing.eldScore ?? USUAL_SCORE;
  const scale = eldScale(letters) * Math.min(1, best / (ELD_POOR * usual));
  const handicap = UNKNOWN_SHORT * Math.exp(-letters / SHORT);
  const hits = functionWords(words);
  if (best === 0 && hits.size === 0 && Math.max(0, ...probabilities.values()) < GUESS_BELOW) return [];
  const unlisted = UNLISTED * Math.max(0, ...hits.values());
  const ranked: { lang: string; score: number }[] = [];
  const candidates = new Set([...probabilities.keys(), ...scores.keys()]);
  for (const [lang, weight] of hits)
    if (weight >= NAMED_BY_WORDS && isWrittenIn(lang, writing)) candidates.add(lang);
  for (const lang of candidates) {
    const known = LIKE_ELD[lang] ?? lang;
    let score = Math.log((probabilities.get(lang) ?? 0) + FLOOR);
    if (ELD_KNOWS.has(known)) score += scale * (scores.get(known) ?? 0);
    // ELD can say nothing of a language it does not know: as good as its best answer, less the handicap.
    else score += scale * Math.min(best, UNKNOWN_CREDIT * usual) - handicap;
    score +=
      FUNCTION_WORD *
        (hits.get(LISTED.has(lang) ? lang : known) ??
          (LISTED.has(lang) || LISTED.has(known) ? 0 : unlisted)) -
      FOREIGN_LETTER * foreignLetters(words, lang);
    if (!MAJOR.has(lang)) score -= REGIONAL.has(lang) ? REGION : MINOR;
    ranked.push({ lang, score });
  }
  return shares(ranked);
}

/** fastText's Wikipedia codes that BCP 47 spells otherwise, or that part more finely than a post can bear. */
const FROM_FAST_TEXT: Readonly<Record<string, string>> = {
  als: "gsw",
  arz: "ar",
  bh: "bho",
  eml: "egl",
  sh: "hr",
};

/** Languages that ELD does not name but scores under a neighbour's name. */
const LIKE_ELD: Readonly<Record<string, string>> = { id: "ms", bs: "hr", nn: "no", ckb: "ku", af: "nl" };

/** The languages of ELD's table. */
const ELD_KNOWS: ReadonlySet<string> = new Set(
  (
    "am ar az be bg bn ca cs da de el en es et eu fa fi fr gu he hi hr hu hy is it ja ka kn ko ku lo lt lv ml mr ms nl " +
    "no or pa pl pt ro ru sk sl sq sr sv ta te th tl tr uk ur vi yo zh"
  ).split(" "),
);

/** Each of these has about a percent of the world's posts or more, or is watched for here. */
const MAJOR: ReadonlySet<string> = new Set(
  "en fr zh ru es de ar fa hi pa ko ja vi uk tr pt it nl pl id".split(" "),
);

/**
 * Languages spoken beside a larger neighbour and seldom written, and constructed ones. A classifier that reads slang,
 * a misspelling or two languages at once often answers with one of them.
 */
const REGIONAL: ReadonlySet<string> = new Set(
  (
    "nds gsw bar ksh pfl frr fy li vls zea stq lb sco an ast ext mwl oc co egl fur lij lmo nap pms rm sc scn vec frp wa " +
    "br kw gv bcl cbk ilo pam war ceb min bjn su jv mad map-bms ace ia ie io jbo nov vo tt ba cv rue szl csb hsb dsb vep " +
    "bat-smg diq pnt gn ht tk gom bho mai new mzn azb"
  ).split(" "),
);

// ELD cuts words into byte 4-grams with a stride of three.
const LETTERS_PER_NGRAM = 3.5;

/** Neighbouring n-grams say partly the same: twice as many weigh only 1.6 times as much. */
function eldScale(letters: number): number {
  return ELD_WEIGHT * Math.max(1, letters / LETTERS_PER_NGRAM) ** 0.7;
}

/** How much the function words speak for each language. */
function functionWords(words: string): ReadonlyMap<string, number> {
  const hits = new Map<string, number>();
  for (const word of words.split(" ")) {
    for (const { lang, weight } of FUNCTION_WORDS.get(word) ?? [])
      hits.set(lang, Math.min(MOST_WORDS, (hits.get(lang) ?? 0) + weight));
  }
  return hits;
}

const CENTRAL_ASIAN = "әғқңөұүһ";
const URDU = "ٹڈڑںےہھ";
const UYGHUR_KURDISH = "ڭۆۇۈېڕڵێ";
/** Letters of its script that a language does not write. */
const FOREIGN: Readonly<Record<string, RegExp>> = {
  ru: new RegExp(`[іїєґўјљњћђџѓќѕ${CENTRAL_ASIAN}]`, "g"),
  uk: new RegExp(`[ыэъёўјљњћђџѓќѕ${CENTRAL_ASIAN}]`, "g"),
  be: new RegExp(`[ищъїєґјљњћђџѓќѕ${CENTRAL_ASIAN}]`, "g"),
  bg: new RegExp(`[ыэёіїєґўјљњћђџѓќѕ${CENTRAL_ASIAN}]`, "g"),
  sr: new RegExp(`[йщъыьэюяёіїєґўѓќѕ${CENTRAL_ASIAN}]`, "g"),
  mk: new RegExp(`[йщъыьэюяёіїєґўћђ${CENTRAL_ASIAN}]`, "g"),
  // The Arabic forms of kaf and yeh are not those of Persian and Urdu, though old Persian keyboards have no others.
  ar: new RegExp(`[پچژگکی${URDU}${UYGHUR_KURDISH}]`, "g"),
  fa: new RegExp(`[ةىكي${URDU}${UYGHUR_KURDISH}]`, "g"),
  ur: new RegExp(`[ةىكي${UYGHUR_KURDISH}]`, "g"),
};

function foreignLetters(words: string, lang: string): number {
  const pattern = FOREIGN[lang];
  return pattern === undefined ? 0 : Math.min(MOST_LETTERS, words.match(pattern)?.length ?? 0);
}

function shares(ranked: { lang: string; score: number }[]): readonly Verdict[] {
  ranked.sort((a, b) => b.score - a.score || (a.lang < b.lang ? -1 : 1));
  const top = ranked[0]?.score ?? 0;
  let total = 0;
  for (const { score } of ranked) total += Math.exp(score - top);
  return ranked.map(({ lang, score }) => ({ lang, share: Math.exp(score - top) / total }));
}
