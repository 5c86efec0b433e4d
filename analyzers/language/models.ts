import { type NgramScorer, ngramScorer } from "./ngrams.ts";

/**
 * The three classifiers that are asked about a text, each loaded once and lazily. This is the one file of the room
 * that touches them. fasttext.wasm.js reads the model it ships with (lid.176.ftz, 938 kB) from its own folder; franc
 * and ELD's table are data in JavaScript and JSON. Nothing comes over the network.
 */

/** One language that a classifier holds possible, in that classifier's own label and measure. */
export interface Vote {
  readonly label: string;
  readonly score: number;
}

export interface LanguageModels {
  /** Probabilities of 176 languages, most probable first. */
  fastText(words: string): readonly Vote[];
  /** Mean score of the text's n-grams in each language of ELD's table that has any. Not in order. */
  eld(words: string): readonly Vote[];
  /** Likeness to each of 187 languages (ISO 639-3) with over a million speakers; 1 for the likest, which is first. */
  franc(words: string): readonly Vote[];
}

let loading: Promise<LanguageModels> | null = null;
let loaded: LanguageModels | null = null;

/** Loads the classifiers (about 0.25 s and 25 MB); a second call waits for the first. */
export function loadLanguageModels(): Promise<LanguageModels> {
  loading ??= load().catch((cause: unknown) => {
    // A failed load may be tried again: the next call starts anew.
    loading = null;
    throw new Error("The language models could not be loaded: run `npm ci` to restore the packages.", {
      cause,
    });
  });
  return loading;
}

/** The classifiers, once `loadLanguageModels` has ended. */
export function languageModels(): LanguageModels {
  if (loaded === null)
    throw new Error("No language models: await loadLanguageModels() before detectLanguage().");
  return loaded;
}

async function load(): Promise<LanguageModels> {
  const [{ getLIDModel }, { francAll }, { default: hashes }, { default: scores }] = await Promise.all([
    import("fasttext.wasm.js"),
    import("franc"),
    import("./ngram-hashes.json", { with: { type: "json" } }),
    import("./ngram-scores.json", { with: { type: "json" } }),
  ]);
  const table = { ...hashes, ...scores };
  const scorer = ngramScorer(table);
  const { ft } = await (await getLIDModel()).load();
  loaded = {
    fastText(words) {
      const vector = ft.predict(words, FAST_TEXT_ANSWERS, FAST_TEXT_FLOOR);
      const votes: Vote[] = [];
      for (let at = 0; at < vector.size(); at++) {
        const [score, label] = vector.get(at);
        votes.push({ label: label.slice("__label__".length), score });
      }
      // The vector lives in the module's own memory, which no garbage collector sees.
      vector.delete();
      return votes;
    },
    eld: (words) => eldVotes(scorer, table.languages, words),
    franc: (words) => francAll(words).map(([label, score]) => ({ label, score })),
  };
  return loaded;
}

// Smaller probabilities than the vote's own floor change nothing, and each answer costs 2 µs to bring over.
const FAST_TEXT_ANSWERS = 8;
const FAST_TEXT_FLOOR = 0.005;

/** ELD parts words at marks (the vowel signs of Devanagari among them), as its table was made. */
const MARKS = /[\p{M}\u0964\u0965\u200c]+/gu;

function eldVotes(scorer: NgramScorer, languages: readonly string[], words: string): readonly Vote[] {
  const votes: Vote[] = [];
  for (const [at, score] of scorer.scores(words.replace(MARKS, " ")).entries()) {
    if (score > 0) votes.push({ label: languages[at]!, score });
  }
  return votes;
}
