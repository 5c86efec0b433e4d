import { type ShingleSets, shared, sizeOf } from "./shingles.ts";

/**
 * Every pair of texts with Jaccard ≥ `threshold`, exactly. Two such texts share one of the first
 * |x| − ⌈threshold·|x|⌉ + 1 of their rarest shingles (prefix filtering: Chaudhuri, Ganti, Kaushik 2006; Xiao et al.
 * 2008, PPJoin), so only texts that meet in those are compared in full.
 */
export function joinExactly(sets: ShingleSets, threshold: number): readonly (readonly [number, number])[] {
  const bySize = Uint32Array.from({ length: sets.count }, (_, i) => i).sort(
    (a, b) => sizeOf(sets, a) - sizeOf(sets, b) || a - b,
  );
  const index = new Map<number, number[]>();
  const seen = new Int32Array(sets.count).fill(-1);
  const pairs: [number, number][] = [];
  for (const text of bySize) {
    const size = sizeOf(sets, text);
    const least = Math.ceil(threshold * size - 1e-9);
    const start = sets.starts[text]!;
    for (let i = start; i < start + size - least + 1; i++) {
      const number = sets.numbers[i]!;
      const met = index.get(number);
      if (met === undefined) {
        index.set(number, [text]);
        continue;
      }
      for (const other of met) {
        if (seen[other] === text) continue;
        seen[other] = text;
        const otherSize = sizeOf(sets, other);
        if (otherSize < least) continue;
        const both = shared(sets, text, other);
        if (both >= threshold * (size + otherSize - both) - 1e-9)
          pairs.push([Math.max(text, other), Math.min(text, other)]);
      }
      met.push(text);
    }
  }
  return pairs;
}
