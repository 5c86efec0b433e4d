import { searchable, searchPhrase } from "./searchable.ts";

/** The words of one text as a full-text index has them, with their places: what a phrase search is asked of. */
export interface WordsIndex {
  readonly words: readonly string[];
  readonly places: ReadonlyMap<string, readonly number[]>;
}

export function indexWords(text: string): WordsIndex {
  const words = splitWords(searchable(text));
  const places = new Map<string, number[]>();
  for (const [place, word] of words.entries()) {
    const known = places.get(word);
    if (known === undefined) places.set(word, [place]);
    else known.push(place);
  }
  return { words, places };
}

/** A phrase made ready to be looked for; null when it has no letter or digit. */
export interface WordsPhrase {
  readonly words: readonly string[];
  readonly prefix: boolean;
}

export function phraseOf(value: string, prefix: boolean): WordsPhrase | null {
  const phrase = searchPhrase(value);
  if (phrase === null) return null;
  return { words: splitWords(phrase.words), prefix: prefix || phrase.prefix };
}

/** Whether the words of a phrase stand one after the other; the last one may be only the beginning of a word. */
export function hasPhrase({ words, places }: WordsIndex, phrase: WordsPhrase): boolean {
  const [first, ...rest] = phrase.words;
  if (first === undefined) return false;
  if (rest.length === 0) {
    if (!phrase.prefix) return places.has(first);
    for (const word of places.keys()) if (word.startsWith(first)) return true;
    return false;
  }
  const last = rest.length - 1;
  const follows = (place: number) =>
    rest.every((word, i) => {
      const found = words[place + 1 + i];
      return phrase.prefix && i === last ? (found?.startsWith(word) ?? false) : found === word;
    });
  return (places.get(first) ?? []).some(follows);
}

function splitWords(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}\p{Co}]+/gu) ?? [];
}
