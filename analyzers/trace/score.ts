import type { PostId } from "../../contracts/post.ts";
import type { Candidate, Candidates } from "./candidates.ts";

/** A candidate with what speaks for it, in weight: as many letters of the child more explained. */
export interface Scored extends Candidate {
  readonly score: number;
  /** It is named by the child itself, and not because the child copied somebody else's credit. */
  readonly named: boolean;
}

/** Confirmed by a person, or stated by the platform, or declared: no wording outweighs that. */
const CONFIRMED = 2e9;
const STATED = 1e9;
/** What a link or a credit of the child's own is worth, and one that another candidate carries as well. */
const LINK = 200;
const CREDIT = 60;
const INHERITED = 25;
const HEADLINE = 10;
/** A passage left out counts half: copies drop passages more often than they chance upon somebody's words. */
const LEFT_OUT = 0.5;

/**
 * What speaks for each candidate of one child. Best is the one that leaves least to explain: a copy of a copy carries
 * its edits, which the first post lacks; a copy of the first carries what the other copy has lost. A credit that
 * another candidate carries as well may have come along with the copied text, and counts less.
 */
export function scoreCandidates(list: readonly Candidate[], all: Candidates): readonly Scored[] {
  const carried = new Set<PostId>();
  for (const { link } of list) {
    for (const up of all.get(link.parent) ?? [])
      if (up.link.credit === "credited") carried.add(up.link.parent);
  }
  return list.map((candidate) => {
    const { link, explanation } = candidate;
    const stated = link.evidence.includes("stated") || link.evidence.includes("declared");
    const linked = link.evidence.includes("link");
    const credited = linked || link.evidence.includes("credit");
    const own = credited && !carried.has(link.parent);
    const score =
      (link.verdict === "confirmed" ? CONFIRMED : stated ? STATED : 0) +
      (own ? (linked ? LINK : CREDIT) : credited ? INHERITED : 0) +
      (link.evidence.includes("headline") ? HEADLINE : 0) -
      explanation.unexplained -
      LEFT_OUT * explanation.left_out;
    return { ...candidate, score, named: own || stated || link.verdict === "confirmed" };
  });
}
