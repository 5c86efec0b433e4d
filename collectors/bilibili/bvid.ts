/**
 * A video of Bilibili has two names: the number `av…` and the word `BV…`, which is the number in another writing. Tools
 * keep one or the other, so that both are brought to the word.
 */
const LETTERS = "FcwAPNKTMug3GV5Lj7EJnHpWsx4tb8haYeviqBz6rkCy12mUSDQX9RdoZf";
const KEY = 23_442_827_791_579n;
const ABOVE = 1n << 51n;
/** Where the digits of base 58 stand, the highest first. */
const PLACES = [6, 4, 2, 3, 1, 5, 0, 7, 8] as const;

export function bvidOf(aid: string): string | null {
  if (!/^[1-9]\d{0,15}$/.test(aid)) return null;
  let rest = (ABOVE | BigInt(aid)) ^ KEY;
  const word = Array.from({ length: PLACES.length }, () => LETTERS[0]!);
  for (const place of [...PLACES].reverse()) {
    word[place] = LETTERS[Number(rest % 58n)]!;
    rest /= 58n;
  }
  return `BV1${word.join("")}`;
}
