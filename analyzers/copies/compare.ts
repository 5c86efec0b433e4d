import type { CopiesOptions } from "../../config/copies.ts";
import type { Range, Relation, Span } from "../../contracts/link.ts";
import { spanEnd, weightBetween } from "../../text/wording.ts";
import { type Alignment, align, type Block, type Worded } from "./align.ts";

export type CopyRelation = Extract<Relation, "copy" | "near-copy" | "excerpt" | "copy-with-commentary">;

/** What the wordings of two posts show, child first. */
export interface CopyFinding {
  readonly relation: CopyRelation;
  readonly status: "suggested" | "asserted";
  readonly overlap: { readonly child: number; readonly parent: number };
  readonly spans: readonly Span[];
  readonly added: readonly Range[];
  readonly left_out: readonly Range[];
  /** Weight shared: letters, a Han character counting two. */
  readonly shared: number;
  readonly longest: number;
}

/** Both at least this much in the other: the same text, give or take a credit line. */
const COPY = 0.95;
/** Both at least this much: an edited copy. Below, one of the two has substantial text of its own. */
const NEAR_COPY = 0.7;
/** A gap of changed wording shorter than this is not worth telling as added or left out. */
const TOLD_WEIGHT = 8;
/** Blocks closer than this in both texts are told as one span. */
const SPAN_GAP = 6;

/** Compares two texts as child and parent; null when they share too little to be worth a look. */
export function compareCopies(child: Worded, parent: Worded, options: CopiesOptions): CopyFinding | null {
  const alignment = align(child, parent);
  const status = statusOf(alignment, options);
  if (status === null) return null;
  const spans = mergeBlocks(alignment.blocks);
  return {
    relation: relationOf(alignment),
    status,
    overlap: { child: round(alignment.child), parent: round(alignment.parent) },
    spans: spans.map((span) => toText(span, child, parent)),
    added: gaps(
      spans.map((span) => [span.child, span.childEnd]),
      child,
    ),
    left_out: gaps(
      spans.map((span) => [span.parent, span.parentEnd]),
      parent,
    ),
    shared: alignment.shared,
    longest: alignment.longest,
  };
}

function statusOf(
  { child, parent, shared, longest }: Alignment,
  options: CopiesOptions,
): "suggested" | "asserted" | null {
  const overlap = Math.max(child, parent);
  // What is shared must hang together: common syllables strewn over two long texts are no copy.
  if (
    longest < options.suggest_weight ||
    shared < options.suggest_weight ||
    overlap < options.suggest_overlap
  )
    return null;
  const asserted =
    overlap >= options.assert_overlap &&
    shared >= options.assert_weight &&
    longest >= options.assert_weight / 2;
  return asserted ? "asserted" : "suggested";
}

function relationOf({ child, parent }: Alignment): CopyRelation {
  if (child >= COPY && parent >= COPY) return "copy";
  if (child >= NEAR_COPY && parent >= NEAR_COPY) return "near-copy";
  return child >= parent ? "excerpt" : "copy-with-commentary";
}

interface MergedSpan {
  readonly child: number;
  readonly childEnd: number;
  readonly parent: number;
  readonly parentEnd: number;
}

function mergeBlocks(blocks: readonly Block[]): readonly MergedSpan[] {
  const merged: MergedSpan[] = [];
  for (const block of blocks) {
    const last = merged[merged.length - 1];
    const childGap = last === undefined ? Infinity : block.child - last.childEnd;
    const parentGap = last === undefined ? Infinity : block.parent - last.parentEnd;
    if (last !== undefined && childGap <= SPAN_GAP && parentGap >= 0 && parentGap <= SPAN_GAP) {
      merged[merged.length - 1] = {
        ...last,
        childEnd: block.child + block.length,
        parentEnd: block.parent + block.length,
      };
    } else {
      merged.push({
        child: block.child,
        childEnd: block.child + block.length,
        parent: block.parent,
        parentEnd: block.parent + block.length,
      });
    }
  }
  return merged;
}

function toText(span: MergedSpan, child: Worded, parent: Worded): Span {
  return [
    child.wording.offsets[span.child]!,
    spanEnd(child.wording, span.childEnd, child.text),
    parent.wording.offsets[span.parent]!,
    spanEnd(parent.wording, span.parentEnd, parent.text),
  ];
}

/** The stretches of a text outside the given ranges of its wording, as ranges of the original text. */
function gaps(covered: readonly (readonly [number, number])[], { text, wording }: Worded): readonly Range[] {
  const sorted = [...covered].sort((a, b) => a[0] - b[0]);
  const found: Range[] = [];
  let at = 0;
  for (const [from, to] of [...sorted, [wording.units.length, wording.units.length] as const]) {
    if (from > at && weightBetween(wording, at, from) >= TOLD_WEIGHT) {
      found.push([wording.offsets[at]!, spanEnd(wording, from, text)]);
    }
    at = Math.max(at, to);
  }
  return found;
}

function round(share: number): number {
  return Math.round(share * 1000) / 1000;
}
