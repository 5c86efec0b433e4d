/**
 * The three classifiers that are asked about a text, each loaded once and lazily. This is the one file of the room
 * that touches them. fasttext.wasm.js reads the model it ships with (lid.176.ftz, 938 kB) from its own folder; eld and
 * franc are tables in JavaScript. Nothing comes over the network.
 */

/** One language that a classifier holds possible, in that classifier's own label and measure. */
export interface Vote {
  readonly label: string;
  readonly score: number;
}

export interface LanguageModels {
  /** Probabilities of 176 languages, most probable first. */
  fastText(words: string): readonly Vote[];
  /** Mean score of the text's byte 4-grams in each of 60 languages; correct answers lie about 80. Not in order. */
  eld(words: string): readonly Vote[];
  /** Likeness to each of 187 languages (ISO 639-3) with over a million speakers; 1 for the likest, which is first. */
  franc(words: string): readonly Vote[];
}

let loading: Promise<LanguageModels> | null = null;
let loaded: LanguageModels | null = null;

/** Loads the classifiers (about 0.4 s and 170 MB, most of it ELD's table); a second call waits for the first. */
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
  const [{ getLIDModel }, { eld }, { francAll }] = await Promise.all([
    import("fasttext.wasm.js"),
    import("eld/small"),
    import("franc"),
  ]);
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
    eld(words) {
      const scores = eld.detect(words).getScores();
      return Object.keys(scores).map((label) => ({ label, score: meanScore(scores[label]!) }));
    },
    franc: (words) => francAll(words).map(([label, score]) => ({ label, score })),
  };
  return loaded;
}

// Smaller probabilities than the vote's own floor change nothing, and each answer costs 2 µs to bring over.
const FAST_TEXT_ANSWERS = 8;
const FAST_TEXT_FLOOR = 0.005;

/** ELD reports x / (x + 25) for a mean score of x; differences of x are what is like a log-likelihood. */
function meanScore(reported: number): number {
  return (25 * reported) / (1 - reported);
}
