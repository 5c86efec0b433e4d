import type { CopiesOptions } from "../../config/copies.ts";
import type { Range, Relation, Span } from "../../contracts/link.ts";
import { spanEnd, weightBetween, weightOfAll } from "../../text/wording.ts";
import { type Alignable, type Alignment, align, type Block, type Worded, withoutOwn } from "./align.ts";
import { sharesOnlyAnEnd } from "./edge.ts";

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
/** The least weight of identical wording that more than the wording ties; a shorter stretch is chance (`align.ts`). */
const LEAST_BACKED = 14;
/**
 * A stretch that is the same to the letter is worth a look from this weight, whatever else the two texts say: 24 Han
 * characters or ten English words, a short paragraph. Chance and phrases that everybody uses are shorter.
 */
const VERBATIM = 48;
/** A gap of changed wording shorter than this is not worth telling as added or left out. */
const TOLD_WEIGHT = 8;
/** Blocks closer than this in both texts are told as one span. */
const SPAN_GAP = 6;

/** What ties the two beside their wording; asked only where it decides. */
export interface Backing {
  /** More than the wording ties them: the same links in both, or the child says whose words it repeats. */
  backed(): boolean;
  /** The child says that it repeats this very parent's words. */
  repeats(): boolean;
  /** The texts are the same to the letter, and there is more in them than words: links and names of accounts. */
  isTheSame(): boolean;
}

/** Compares two texts as child and parent; null when they share too little to be worth a look. */
export function compareCopies(
  child: Worded,
  parent: Worded,
  options: CopiesOptions,
  backing: Backing,
): CopyFinding | null {
  const identical = sameUnits(child.wording.units, parent.wording.units);
  const alignment = identical ? wholeOf(child) : align(child, parent);
  const status = identical
    ? statusOfIdentical(weightOfAll(child.wording), options, backing)
    : statusOf(alignment, child, parent, options, backing);
  if (status === null || alignment.blocks.length === 0) return null;
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

/** Whether the words of two texts may make a finding; where they may not, `compareCopies` finds none. */
export function mayBeCopies(child: Alignable, parent: Alignable, options: CopiesOptions): boolean {
  return (
    sameUnits(child.wording.units, parent.wording.units) || isWorthALook(align(child, parent), child, options)
  );
}

/** The alignment of a wording with its twin: one stretch, without looking for it. */
function wholeOf({ wording }: Worded): Alignment {
  const weight = weightOfAll(wording);
  const blocks = [{ child: 0, parent: 0, length: wording.units.length }];
  return { blocks, child: 1, parent: 1, shared: weight, longest: weight };
}

/** Identical wording carries further than a shared passage: nothing else was said, so nothing else explains it. */
function statusOfIdentical(
  weight: number,
  options: CopiesOptions,
  backing: Backing,
): "suggested" | "asserted" | null {
  if (weight >= options.identical_weight) return "asserted";
  if (weight >= LEAST_BACKED ? backing.backed() : backing.isTheSame()) return "asserted";
  return weight >= options.suggest_weight ? "suggested" : null;
}

function statusOf(
  whole: Alignment,
  child: Worded,
  parent: Worded,
  options: CopiesOptions,
  backing: Backing,
): "suggested" | "asserted" | null {
  if (!isWorthALook(whole, child, options)) return null;
  if (sharesOnlyAnEnd(whole, child, parent) && !backing.repeats()) return "suggested";
  // An account's greeting and sign-off travel with its posts and their copies; alone they make no copy. Where each
  // text is nearly the whole of the other they are part of what was copied.
  const edited = Math.min(whole.child, whole.parent) >= NEAR_COPY;
  if (edited && whole.shared < options.assert_weight) return backing.backed() ? "asserted" : "suggested";
  const telling = edited ? whole : withoutOwn(whole, child, parent);
  const asserted =
    Math.max(telling.child, telling.parent) >= options.assert_overlap &&
    telling.shared >= options.assert_weight &&
    telling.longest >= options.assert_weight / 2;
  return asserted ? "asserted" : "suggested";
}

/** What is shared must hang together: common syllables strewn over two long texts are no copy. */
function isWorthALook(
  { blocks, child, parent, shared, longest }: Alignment,
  { wording }: Alignable,
  options: CopiesOptions,
): boolean {
  if (longest < options.suggest_weight || shared < options.suggest_weight) return false;
  // A paragraph lifted out of one long text into another is a small share of both.
  if (longest >= options.assert_weight) return true;
  const verbatim = (block: Block) => weightBetween(wording, block.child, block.child + block.length);
  if (longest >= VERBATIM && blocks.some((block) => verbatim(block) >= VERBATIM)) return true;
  const overlap = Math.max(child, parent);
  if (overlap >= options.assert_overlap) return true;
  return overlap >= options.suggest_overlap && longest >= options.assert_weight / 2;
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

function sameUnits(a: Uint16Array, b: Uint16Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
