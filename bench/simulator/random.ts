import { hashName } from "../../text/fingerprints.ts";

/** Numbers that are the same on every machine for the same seed. */
export interface Random {
  /** 0 to 1, 1 not included. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Up to `count` different elements, in random order. */
  some<T>(list: readonly T[], count: number): readonly T[];
  shuffled<T>(list: readonly T[]): T[];
  /** Exponentially distributed with the given mean: waiting times. */
  wait(mean: number): number;
}

/** Mulberry32 (Tommy Ettinger, public domain): 32 bits of state are plenty for choosing test material. */
export function randomFrom(seed: string): Random {
  let state = hashName(seed);
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  const shuffled = <T>(list: readonly T[]) => {
    const copy = [...list];
    for (let i = copy.length - 1; i > 0; i--) {
      const other = between(0, i);
      [copy[i], copy[other]] = [copy[other]!, copy[i]!];
    }
    return copy;
  };
  return {
    next,
    between,
    shuffled,
    chance: (share) => next() < share,
    pick: (list) => list[between(0, list.length - 1)]!,
    some: (list, count) => shuffled(list).slice(0, count),
    wait: (mean) => -Math.log(1 - next()) * mean,
  };
}
