import { randomFrom } from "../simulator/random.ts";

/** Far from the crowd's own time, so that nothing else is near it. */
const TIME = Date.UTC(2024, 5, 1);
const CHARACTERS = 120;

export function articleId(batch: number): string {
  return `telegram:probe-${batch}-article`;
}

export function copyId(batch: number): string {
  return `telegram:probe-${batch}-copy`;
}

/** An outlet's article and an account's copy of it, in words of their own: a story, and an alert about it. */
export function probeLines(batch: number): readonly string[] {
  const random = randomFrom(`probe ${batch}`);
  const text = Array.from({ length: CHARACTERS }, () =>
    String.fromCodePoint(0x4e00 + random.between(0, 8_000)),
  ).join("");
  const at = TIME + batch * 60_000;
  const line = (id: string, account: string, minutes: number, words: string) =>
    JSON.stringify({
      platform: "telegram",
      id: id.replace("telegram:", ""),
      account: { id: account },
      published_at: new Date(at + minutes * 60_000).toISOString(),
      text: words,
    });
  return [
    line(articleId(batch), "outlet", 0, text),
    line(copyId(batch), `reader-${batch}`, 30, `${text.slice(0, 110)}转发`),
  ];
}
