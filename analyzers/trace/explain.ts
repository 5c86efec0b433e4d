import type { Link, Range } from "../../contracts/link.ts";
import type { Member } from "./member.ts";

/** How much of a child one possible parent accounts for, in weight (a letter one, a Han character two). */
export interface Explanation {
  /** What the child says, credits and sign-offs apart, that is not in the parent. */
  readonly unexplained: number;
  /** What the parent says that the child left out; one passage counts `EDIT` at most. */
  readonly left_out: number;
  /** The child's stretches that stand in the parent, in order. */
  readonly spans: readonly Range[];
}

/**
 * A passage left out is one act, however long it is: who takes the first half leaves out one passage. What is left out
 * of a parent says less than what the child has and the parent lacks, which it must have from somewhere.
 */
const EDIT = 12;
/** Changes of fewer units than this are counted by the overlap, which is exact; spans may run across them. */
const TOLD_GAP = 4;

export function explain(child: Member, parent: Member, { overlap, spans }: Link): Explanation {
  const inChild = ordered(spans.map(([from, to]) => [from, to]));
  if (overlap === null) {
    return { unexplained: child.length * child.unit_weight, left_out: 0, spans: [] };
  }
  const inParent = ordered(spans.map(([, , from, to]) => [from, to]));
  const asideUnexplained = sizeOf(child.aside) - sizeOf(common(inChild, child.aside));
  return {
    unexplained: ((1 - overlap.child) * child.length - asideUnexplained) * child.unit_weight,
    left_out: gapsIn(parent.length, ordered([...inParent, ...parent.aside, ...parent.unworded]))
      .map(([from, to]) => Math.min(EDIT, (to - from) * parent.unit_weight))
      .reduce((sum, weight) => sum + weight, 0),
    spans: inChild,
  };
}

/** The stretches of a text of some length that no range covers. The ranges are in order. */
export function gapsIn(length: number, ranges: readonly Range[]): readonly Range[] {
  const gaps: Range[] = [];
  let at = 0;
  for (const [from, to] of [...ranges, [length, length] as const]) {
    if (from - at > TOLD_GAP) gaps.push([at, from]);
    at = Math.max(at, to);
  }
  return gaps;
}

/** The parts that two lists of ranges have in common. Both are in order, and each without overlaps. */
export function common(a: readonly Range[], b: readonly Range[]): readonly Range[] {
  const parts: Range[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const from = Math.max(a[i]![0], b[j]![0]);
    const to = Math.min(a[i]![1], b[j]![1]);
    if (to > from) parts.push([from, to]);
    if (a[i]![1] < b[j]![1]) i++;
    else j++;
  }
  return parts;
}

export function sizeOf(ranges: readonly Range[]): number {
  return ranges.reduce((sum, [from, to]) => sum + to - from, 0);
}

function ordered(ranges: readonly Range[]): readonly Range[] {
  return [...ranges].sort((a, b) => a[0] - b[0]);
}
