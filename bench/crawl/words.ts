const SYLLABLES =
  "ba be bi bo bu da de di do du ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu ra re ri ro ru sa se si so su ta te ti to tu".split(
    " ",
  );

/** Running text without meaning, the same for the same seed: no two pages are alike, and no text of anybody is in it. */
export function wordsOf(seed: string): (count: number) => string {
  let state = 2_166_136_261;
  for (const letter of seed) state = Math.imul(state ^ letter.charCodeAt(0), 16_777_619) >>> 0;
  const next = (below: number): number => {
    // Numerical Recipes' generator: enough to make pages differ.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const word = () => Array.from({ length: 2 + next(3) }, () => SYLLABLES[next(SYLLABLES.length)]).join("");
  return (count) => Array.from({ length: count }, word).join(" ");
}
