/** The distinct shingles of many texts as sorted whole numbers, the rarest shingle of the collection smallest. */
export interface ShingleSets {
  readonly count: number;
  /** Text `i` has the numbers from `starts[i]` to `starts[i + 1]`. */
  readonly starts: Uint32Array;
  readonly numbers: Uint32Array;
}

/**
 * Exact: shingles are told apart as strings, not by hash. Numbering them by rarity is what lets the join look at
 * the rare ones first.
 */
export function shingleSets(texts: readonly string[], size: (text: string) => number): ShingleSets {
  const numbers = new Map<string, number>();
  const frequency: number[] = [];
  const starts = new Uint32Array(texts.length + 1);
  const all: number[] = [];
  for (const [i, text] of texts.entries()) {
    const length = size(text);
    const own = new Set<number>();
    for (let at = 0; at === 0 || at + length <= text.length; at++) {
      const shingle = text.slice(at, at + length);
      let number = numbers.get(shingle);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(shingle, number);
        frequency.push(0);
      }
      own.add(number);
    }
    for (const number of own) {
      frequency[number]!++;
      all.push(number);
    }
    starts[i + 1] = all.length;
  }
  numbers.clear();
  const byRarity = Uint32Array.from(frequency.keys()).sort((a, b) => frequency[a]! - frequency[b]! || a - b);
  const rank = new Uint32Array(frequency.length);
  for (let i = 0; i < byRarity.length; i++) rank[byRarity[i]!] = i;
  const ranked = Uint32Array.from(all, (number) => rank[number]!);
  for (let i = 0; i < texts.length; i++) ranked.subarray(starts[i], starts[i + 1]).sort();
  return { count: texts.length, starts, numbers: ranked };
}

export function sizeOf({ starts }: ShingleSets, text: number): number {
  return starts[text + 1]! - starts[text]!;
}

/** How many shingles two texts share. */
export function shared({ starts, numbers }: ShingleSets, a: number, b: number): number {
  const [endA, endB] = [starts[a + 1]!, starts[b + 1]!];
  let count = 0;
  for (let i = starts[a]!, j = starts[b]!; i < endA && j < endB; ) {
    const difference = numbers[i]! - numbers[j]!;
    if (difference === 0) {
      count++;
      i++;
      j++;
    } else if (difference < 0) i++;
    else j++;
  }
  return count;
}

export function jaccard(sets: ShingleSets, a: number, b: number): number {
  const both = shared(sets, a, b);
  return both / (sizeOf(sets, a) + sizeOf(sets, b) - both);
}

/** Share of the smaller text's shingles that stand in the other. */
export function containment(sets: ShingleSets, a: number, b: number): number {
  return shared(sets, a, b) / Math.min(sizeOf(sets, a), sizeOf(sets, b));
}
