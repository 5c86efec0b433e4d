import OpenCC from "opencc-js";
import { type Event, fill, remark, type Words } from "./compose.ts";
import type { Random } from "./random.ts";

/** A text as relays hand it on: their own opening and ending around the sentences that came to them. */
export interface Told {
  readonly title: string;
  readonly body: readonly string[];
  readonly traditional: boolean;
}

/** An account's habits: what it puts around everything it posts. */
export interface Habits {
  readonly name: string;
  readonly greeting: string | null;
  readonly farewell: string | null;
  readonly traditional: boolean;
}

const toTraditional = OpenCC.Converter({ from: "cn", to: "tw" });

/**
 * One relay's edits of what it copied; they are on top of those of the post it copied from. A tenth copies word for
 * word: nothing can tell such a post's children from its siblings.
 */
export function relayed(from: Told, habits: Habits, words: Words, event: Event, random: Random): Told {
  let body = [...from.body];
  let title = from.title;
  if (!random.chance(0.1)) {
    if (random.chance(0.12) && body.length > 6)
      body = body.slice(0, Math.ceil(body.length * (0.3 + random.next() * 0.4)));
    const drops = random.chance(0.5) ? random.between(1, 2) : 0;
    for (let i = 0; i < drops && body.length > 4; i++) body.splice(random.between(0, body.length - 1), 1);
    if (random.chance(0.6))
      body = body.map((line) => (random.chance(0.3) ? reworded(line, words, random) : line));
    const remarks = random.chance(0.45) ? random.between(1, 3) : 0;
    for (let i = 0; i < remarks; i++) {
      body.splice(random.between(0, body.length), 0, remark(words, event, random));
    }
    if (random.chance(0.5)) title = fill(random.pick(words.titles), words, event, random);
    // What the account always says; it sometimes leaves the last account's ending in.
    if (habits.greeting !== null) body.unshift(habits.greeting);
    if (habits.farewell !== null) body.push(habits.farewell);
  }
  return { title, body, traditional: habits.traditional };
}

/** Takes an account's own opening and ending off again: those who copy from it mostly do. */
export function withoutHabits(told: Told, habits: Habits, random: Random): Told {
  if (random.chance(0.3)) return told;
  return { ...told, body: told.body.filter((line) => line !== habits.greeting && line !== habits.farewell) };
}

export function textOf(told: Told, words: Words): string {
  const text = told.body.join(words.joiner);
  return told.traditional ? toTraditional(text) : text;
}

export function titleOf(told: Told): string {
  return told.traditional ? toTraditional(told.title) : told.title;
}

/** One word for another of its kind; Latin words whole. */
function reworded(line: string, words: Words, random: Random): string {
  for (const stock of random.shuffled([words.nouns, words.verbs, words.modifiers, words.adverbs])) {
    const there = stock.map(asWord).filter((pattern) => pattern.test(line));
    if (there.length > 0) return line.replace(random.pick(there), random.pick(stock));
  }
  return line;
}

function asWord(word: string): RegExp {
  return /[a-z]/.test(word) ? new RegExp(`\\b${word}\\b`) : new RegExp(word);
}
