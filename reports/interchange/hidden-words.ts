/** Words that share their beginning are compared one by one; names of two Han characters are the shortest there are. */
const BEGINNINGS = [4, 2] as const;

/**
 * A function that replaces each of the words wherever it stands, in capitals or not, the longest first. One pass: what
 * was put in is not looked at again.
 */
export function replacerOf(words: ReadonlyMap<string, string>): (text: string) => string {
  const byBeginning = new Map<string, { readonly word: string; readonly by: string }[]>();
  for (const [written, by] of words) {
    const word = folded(written);
    const length = BEGINNINGS.find((least) => word.length >= least);
    if (length === undefined) continue;
    const beginning = word.slice(0, length);
    const same = byBeginning.get(beginning);
    if (same === undefined) byBeginning.set(beginning, [{ word, by }]);
    else same.push({ word, by });
  }
  for (const same of byBeginning.values()) {
    same.sort((a, b) => b.word.length - a.word.length || (a.word < b.word ? -1 : 1));
  }
  if (byBeginning.size === 0) return (text) => text;
  return (text) => {
    const compared = folded(text);
    let kept = 0;
    let out = "";
    for (let at = 0; at < text.length; at++) {
      for (const length of BEGINNINGS) {
        const found = byBeginning
          .get(compared.slice(at, at + length))
          ?.find(({ word }) => compared.startsWith(word, at));
        if (found === undefined) continue;
        out += text.slice(kept, at) + found.by;
        kept = at + found.word.length;
        at = kept - 1;
        break;
      }
    }
    return kept === 0 ? text : out + text.slice(kept);
  };
}

/** Lower case without a change of length, so that places in it are places in the text. */
function folded(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from(text, (letter) => {
    const small = letter.toLowerCase();
    return small.length === letter.length ? small : letter;
  }).join("");
}
