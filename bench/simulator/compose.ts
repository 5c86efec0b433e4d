import type { Random } from "./random.ts";

/** The stock a language's texts are made from: small pieces, so that two texts share no more than their pieces. */
export interface Words {
  readonly places: readonly string[];
  readonly outlets: readonly string[];
  readonly relays: readonly string[];
  readonly persons: readonly string[];
  readonly nouns: readonly string[];
  readonly modifiers: readonly string[];
  readonly verbs: readonly string[];
  readonly adverbs: readonly string[];
  readonly numerals: readonly string[];
  readonly clauses: readonly string[];
  readonly sentences: readonly string[];
  /** A remark is an opener, a clause and a closer: many, so that two accounts seldom remark in the same words. */
  readonly openers: readonly string[];
  readonly closers: readonly string[];
  readonly titles: readonly string[];
  /** How an account opens and ends its posts; `{name}` is its own. */
  readonly greetings: readonly string[];
  readonly farewells: readonly string[];
  /** How a source is named; `{name}`. */
  readonly credits: readonly string[];
  /** What stands between two sentences. */
  readonly joiner: string;
}

/** What a story is about: all texts on it, copied or not, draw on the same few names and things. */
export interface Event {
  readonly places: readonly string[];
  readonly persons: readonly string[];
  readonly nouns: readonly string[];
}

/** Things a story keeps coming back to, beside the whole stock. */
const SUBJECTS = 8;

export function newEvent(words: Words, random: Random): Event {
  return {
    places: random.some(words.places, 2),
    persons: random.some(words.persons, 4),
    nouns: random.some(words.nouns, SUBJECTS),
  };
}

export function sentences(words: Words, event: Event, count: number, random: Random): readonly string[] {
  return Array.from({ length: count }, () => fill(random.pick(words.sentences), words, event, random));
}

/** What a relay adds of its own. */
export function remark(words: Words, event: Event, random: Random): string {
  return `${random.pick(words.openers)}${fill(random.pick(words.clauses), words, event, random)}${random.pick(words.closers)}`;
}

/** Fills a template's `{slots}` from the event and the stock; a slot with a capital begins a sentence. */
export function fill(template: string, words: Words, event: Event, random: Random, name = ""): string {
  const slots: Readonly<Record<string, () => string>> = {
    place: () => random.pick(event.places),
    person: () => random.pick(event.persons),
    noun: () => random.pick(random.chance(0.4) ? event.nouns : words.nouns),
    modifier: () => random.pick(words.modifiers),
    verb: () => random.pick(words.verbs),
    adverb: () => random.pick(words.adverbs),
    number: () => random.pick(words.numerals),
    clause: () => fill(random.pick(words.clauses), words, event, random),
    name: () => name,
  };
  return template.replace(/\{(\w+)\}/g, (_, slot: string) => {
    const value = slots[slot.toLowerCase()]!();
    return slot[0] === slot[0]!.toLowerCase() ? value : value[0]!.toUpperCase() + value.slice(1);
  });
}
