import type { PostId } from "./post.ts";

/** How a child relates to its parent. The platform's own relations first, then what wording, links and media show. */
export const RELATIONS = [
  "repost",
  "quote",
  "reply",
  "copy",
  "near-copy",
  "excerpt",
  "copy-with-commentary",
  "headline",
  "translation",
  "shared-link",
  "shared-media",
] as const;
export type Relation = (typeof RELATIONS)[number];

/** Whether the child names or links its parent (or the parent's outlet) as its source. */
export type Credit = "credited" | "uncredited" | "unknown";

/**
 * What a link rests on: `stated` by the platform, `declared` as its source by the post, a `link` to the parent's page,
 * a `credit` to the parent's outlet by name, shared `wording`, the parent's `headline`, the same `media`.
 */
export type EvidenceKind = "stated" | "declared" | "link" | "credit" | "wording" | "headline" | "media";

/** ICD 203 confidence levels. */
export type Confidence = "low" | "moderate" | "high";

/** `[child start, child end, parent start, parent end]`, in UTF-16 code units of the two original texts. */
export type Span = readonly [number, number, number, number];

/** `[start, end]` in UTF-16 code units of one original text. */
export type Range = readonly [number, number];

/** A directed, evidenced relation child → parent. Posts are never merged; this is all that ties them. */
export interface Link {
  readonly child: PostId;
  readonly parent: PostId;
  readonly relation: Relation;
  readonly credit: Credit;
  readonly evidence: readonly EvidenceKind[];
  /** Share of each wording that stands in the other, 0 to 1. Null when the link does not rest on wording. */
  readonly overlap: { readonly child: number; readonly parent: number } | null;
  readonly spans: readonly Span[];
  /** What the child has and the parent lacks, as ranges of the child's text. */
  readonly added: readonly Range[];
  /** What the parent has and the child lacks, as ranges of the parent's text. */
  readonly left_out: readonly Range[];
  /**
   * Least and greatest delay from parent to child, seconds. It straddles zero when the intervals of publication
   * overlap: then the order is not known and child and parent are named by id order only. Null bound: unbounded.
   */
  readonly lag_seconds: readonly [number | null, number | null];
  /** 0 to 1: how strong the evidence is that the two share content; it says nothing of intent. */
  readonly score: number;
  readonly status: "suggested" | "asserted";
  readonly confidence: Confidence;
  readonly reasons: readonly string[];
  /** A person's decision; it outranks the machine and survives re-analysis. */
  readonly verdict: "confirmed" | "rejected" | null;
  /** Analyzer version and config hash. */
  readonly version: string;
}

export type LinkKey = Pick<Link, "child" | "parent">;

/** The pair whatever its direction: a corrected time may turn a link round. */
export function pairKey({ child, parent }: LinkKey): string {
  return child < parent ? `${child}\n${parent}` : `${parent}\n${child}`;
}

/** Whether a link holds a story together. A reply answers a post and does not carry it on; a person may overrule. */
export function tiesStory(link: Link): boolean {
  if (link.verdict !== null) return link.verdict === "confirmed";
  return link.status === "asserted" && link.relation !== "reply";
}
