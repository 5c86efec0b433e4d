import { SHORT_GRAM } from "../../text/fingerprints.ts";
import { type Wording, type Words, weightBetween, weightOfAll } from "../../text/wording.ts";

/** The words of a text and the hashes of its grams: all that aligning it needs. */
export interface Alignable {
  readonly wording: Words;
  readonly grams: Uint32Array;
}

/** A text with its wording and the hashes of its grams: all that comparing it needs, worked out once. */
export interface Worded extends Alignable {
  readonly text: string;
  readonly wording: Wording;
  /** Stretches of the wording in which the text names the account that posted it: greetings and sign-offs. */
  readonly own: readonly (readonly [number, number])[];
}

/** A shared stretch: where it begins in each wording and how many units it has. */
export interface Block {
  readonly child: number;
  readonly parent: number;
  readonly length: number;
}

/** How far two wordings stand in each other. */
export interface Alignment {
  readonly blocks: readonly Block[];
  /** Weight of the child's (parent's) units that stand in the other, over its whole weight: 0 to 1. */
  readonly child: number;
  readonly parent: number;
  /** Weight shared, and of the longest single stretch. In letters; a Han character weighs two. */
  readonly shared: number;
  readonly longest: number;
}

export const NOTHING: Alignment = { blocks: [], child: 0, parent: 0, shared: 0, longest: 0 };

/** Occurrences of one gram in the parent that are tried: a refrain must not cost the square of its length. */
const TRIES = 8;

let heads = new Int32Array(1 << 13);
let chain = new Int32Array(1 << 12);

/**
 * Greedy tiling: walks the child once and takes at each place the longest stretch that begins there and stands in
 * the parent, preferring to go on where the last one ended. Every gram is checked unit by unit, so a hash collision
 * finds nothing. A stretch is at least one gram long. After Wise 1993, "String similarity via greedy string tiling".
 */
export function align(child: Alignable, parent: Alignable): Alignment {
  const childGrams = child.grams;
  const parentGrams = parent.grams;
  if (childGrams.length === 0 || parentGrams.length === 0) return NOTHING;
  const childUnits = child.wording.units;
  const parentUnits = parent.wording.units;
  const mask = chainGrams(parentGrams);
  const blocks: Block[] = [];
  // Where the child's present place would stand in the parent if the last block went on.
  let shift = 0;
  for (let at = 0; at < childGrams.length; ) {
    const gram = childGrams[at]!;
    let best = -1;
    let length = 0;
    let tries = 0;
    for (let place = heads[gram & mask]!; place !== -1 && tries < TRIES; place = chain[place]!) {
      if (parentGrams[place] !== gram) continue;
      tries++;
      const matched = matchLength(childUnits, at, parentUnits, place);
      if (
        matched > length ||
        (matched === length && Math.abs(place - at - shift) < Math.abs(best - at - shift))
      ) {
        best = place;
        length = matched;
      }
    }
    if (best >= 0 && weightBetween(child.wording, at, at + length) >= SHORT_GRAM.least) {
      blocks.push({ child: at, parent: best, length });
      shift = best - at;
      at += length;
    } else at++;
  }
  return measure(child.wording, parent.wording, blocks);
}

/** Chains grams by hash, first occurrence first. Returns the mask of the table. */
function chainGrams(grams: Uint32Array): number {
  const count = grams.length;
  let size = 16;
  while (size < count * 2) size *= 2;
  if (heads.length < size) heads = new Int32Array(size);
  if (chain.length < count) chain = new Int32Array(count * 2);
  heads.fill(-1, 0, size);
  for (let place = count - 1; place >= 0; place--) {
    const slot = grams[place]! & (size - 1);
    chain[place] = heads[slot]!;
    heads[slot] = place;
  }
  return size - 1;
}

function matchLength(child: Uint16Array, at: number, parent: Uint16Array, place: number): number {
  let length = 0;
  while (
    at + length < child.length &&
    place + length < parent.length &&
    child[at + length] === parent[place + length]
  ) {
    length++;
  }
  return length;
}

/**
 * A stretch goes on across a gap of so many units in both texts: a changed word, a corrected figure. And a stretch of
 * less weight in all than this is chance: six letters of one common word stand in every long text.
 */
const GAP = 10;
const LEAST_RUN = 14;

function measure(child: Words, parent: Words, found: readonly Block[]): Alignment {
  const { blocks, longest, shared } = keepRuns(child, found);
  if (blocks.length === 0) return NOTHING;
  return {
    blocks,
    child: shared / weightOfAll(child),
    parent: coveredWeight(parent, blocks) / weightOfAll(parent),
    shared,
    longest,
  };
}

/** What is left of an alignment without the sentences in which either text names its own account. */
export function withoutOwn(alignment: Alignment, child: Worded, parent: Worded): Alignment {
  if (child.own.length === 0 && parent.own.length === 0) return alignment;
  const blocks = alignment.blocks
    .flatMap((block) => outside(block, "child", child.own))
    .flatMap((block) => outside(block, "parent", parent.own));
  const { shared, longest } = keepRuns(child.wording, blocks);
  const rest = ({ wording, own }: Worded) =>
    Math.max(
      1,
      own.reduce((sum, [from, to]) => sum - weightBetween(wording, from, to), weightOfAll(wording)),
    );
  return {
    blocks,
    child: shared / rest(child),
    parent: coveredWeight(parent.wording, blocks) / rest(parent),
    shared,
    longest,
  };
}

/** The parts of a block that lie outside the given ranges of one side. */
function outside(
  block: Block,
  side: "child" | "parent",
  ranges: readonly (readonly [number, number])[],
): readonly Block[] {
  let parts: readonly Block[] = [block];
  for (const [from, to] of ranges) {
    parts = parts.flatMap((part) => {
      const [start, end] = [part[side], part[side] + part.length];
      if (to <= start || from >= end) return [part];
      const piece = (a: number, b: number): readonly Block[] =>
        b > a ? [{ child: part.child + a - start, parent: part.parent + a - start, length: b - a }] : [];
      return [...piece(start, from), ...piece(to, end)];
    });
  }
  return parts;
}

/** The weight of the parent's units under blocks, each counted once. */
function coveredWeight(parent: Words, blocks: readonly Block[]): number {
  const sorted = [...blocks].sort((a, b) => a.parent - b.parent);
  let weight = 0;
  let end = 0;
  for (const block of sorted) {
    const from = Math.max(end, block.parent);
    const to = block.parent + block.length;
    if (to > from) weight += weightBetween(parent, from, to);
    end = Math.max(end, to);
  }
  return weight;
}

/** Blocks in runs that carry weight, with the weight in all and of the heaviest run. */
function keepRuns(child: Words, found: readonly Block[]): Pick<Alignment, "blocks" | "longest" | "shared"> {
  const blocks: Block[] = [];
  let shared = 0;
  let longest = 0;
  for (let from = 0; from < found.length; ) {
    let to = from;
    let weight = 0;
    do {
      const block = found[to]!;
      weight += weightBetween(child, block.child, block.child + block.length);
      to++;
    } while (to < found.length && goesOn(found[to - 1]!, found[to]!));
    if (weight >= LEAST_RUN) {
      blocks.push(...found.slice(from, to));
      shared += weight;
      longest = Math.max(longest, weight);
    }
    from = to;
  }
  return { blocks, shared, longest };
}

function goesOn(before: Block, after: Block): boolean {
  return (
    after.child - (before.child + before.length) <= GAP &&
    Math.abs(after.parent - (before.parent + before.length)) <= GAP
  );
}
