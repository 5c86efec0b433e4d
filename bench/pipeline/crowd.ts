import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { randomFrom } from "../simulator/random.ts";

/** What a made crowd of posts is made of; the shares are those of the February 2016 tweets, rounded. */
const COPIES = 0.15;
const EDITED = 0.1;
/** Copies follow within so many posts: stories burn out. */
const RECENT = 20_000;
/** A post cannot be the copy of one this early, so that small crowds copy as much as large ones. */
const ACCOUNTS = 50_000;

/**
 * Writes posts numbered `from` to `to` as JSON Lines: words of real posts in another order (unrelated to each other,
 * with real frequencies), some copied whole and some with edits from one shortly before. The same seed and texts
 * always give the same posts, whatever range is written.
 */
export async function writeCrowd(
  file: string,
  texts: readonly string[],
  from: number,
  to: number,
): Promise<void> {
  const out = createWriteStream(file);
  for (let start = from; start < to; start += 1000) {
    let lines = "";
    for (let i = start; i < Math.min(to, start + 1000); i++) lines += `${JSON.stringify(postOf(i, texts))}\n`;
    if (!out.write(lines)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
}

function postOf(number: number, texts: readonly string[]): unknown {
  const random = randomFrom(`post ${number}`);
  return {
    platform: "telegram",
    id: String(number),
    account: { id: `a${random.between(1, ACCOUNTS)}` },
    // One post every two seconds from the first of the year: a million fill 23 days.
    published_at: new Date(Date.UTC(2024, 0, 1) + number * 2000).toISOString(),
    text: textOf(number, texts),
  };
}

export function textOf(number: number, texts: readonly string[]): string {
  const random = randomFrom(`crowd ${number}`);
  const draw = random.next();
  if (number > 0 && draw < COPIES + EDITED) {
    const original = textOf(number - random.between(1, Math.min(number, RECENT)), texts);
    if (draw < COPIES) return original;
    const words = original.split(" ");
    const comment = random.pick(texts).split(" ").slice(0, random.between(2, 6)).join(" ");
    words.splice(
      random.between(0, words.length - 1),
      random.between(0, 2),
      random.pick(random.pick(texts).split(" ")),
    );
    return random.chance(0.5) ? `${comment} ${words.join(" ")}` : `${words.join(" ")} ${comment}`;
  }
  const pieces = [...piecesOf(random.pick(texts)), ...piecesOf(random.pick(texts))];
  const shuffled = random.shuffled(pieces).slice(0, Math.ceil(pieces.length / 2));
  return shuffled.join(" ");
}

/** Words; of text without spaces, pairs of characters. */
function piecesOf(text: string): readonly string[] {
  return text
    .split(/\s+/)
    .flatMap((word) => (/\p{Script=Han}/u.test(word) ? (word.match(/.{1,2}/gsu) ?? []) : [word]));
}
