import type { Link, Span } from "../../contracts/link.ts";
import { tiesStory } from "../../contracts/link.ts";
import type { PostId } from "../../contracts/post.ts";
import { placeOfName } from "../../text/names.ts";
import { type Explanation, explain } from "./explain.ts";
import { type Member, overlapInTime } from "./member.ts";

/** One possible parent of a member. */
export interface Candidate {
  readonly link: Link;
  readonly parent: Member;
  /** False when the intervals of publication overlap and nothing stated decides. */
  readonly ordered: boolean;
  /** The child names the parent although the clocks do not put it first. */
  readonly against_clock: boolean;
  readonly explanation: Explanation;
}

export type Candidates = ReadonlyMap<PostId, readonly Candidate[]>;

/** The possible parents of each member; members without any are left out. */
export function collectCandidates(members: ReadonlyMap<PostId, Member>, links: readonly Link[]): Candidates {
  const found = new Map<PostId, Candidate[]>();
  const put = (child: Member, parent: Member, link: Link, ordered: boolean, against_clock: boolean) => {
    const candidate = { link, parent, ordered, against_clock, explanation: explain(child, parent, link) };
    const list = found.get(child.id);
    if (list === undefined) found.set(child.id, [candidate]);
    else list.push(candidate);
  };
  for (const link of links) {
    const [child, parent] = [members.get(link.child), members.get(link.parent)];
    if (child === undefined || parent === undefined || child === parent || !tiesStory(link)) continue;
    if (pointsThere(link)) {
      put(child, parent, link, true, parent.from > child.to);
      continue;
    }
    const overlapping = overlapInTime(child, parent);
    if (overlapping || child.from - parent.to <= CLOCK_SLIP) {
      const [down, up] = [cites(child, parent), cites(parent, child)];
      if (down !== up) {
        if (down) put(child, parent, link, true, overlapping);
        else put(parent, child, turned(link), true, true);
        continue;
      }
    }
    put(child, parent, link, !overlapping, false);
    // Where the order is not known, each of the two may be the other's parent.
    if (overlapping) put(parent, child, turned(link), false, false);
  }
  return found;
}

/** Clocks go wrong by a zone or by a day: within so many milliseconds a credit says more than they do. */
const CLOCK_SLIP = 36 * 3600_000;

/** Whether a post names the other's account as its source, in its text or in a field. */
function cites(child: Member, parent: Member): boolean {
  return child.points_at.some(
    ({ name }) =>
      name !== null && parent.names.some((own) => placeOfName(name, own) >= 0 || placeOfName(own, name) >= 0),
  );
}

/** A reference gives the direction whatever the clocks say. */
export function pointsThere({ evidence }: Link): boolean {
  return evidence.includes("stated") || evidence.includes("declared") || evidence.includes("link");
}

/** The same link with child and parent changed over. A credit speaks of the parent it was found for, and stays behind. */
function turned(link: Link): Link {
  const [least, most] = link.lag_seconds;
  const negated = (bound: number | null) => (bound === null ? null : -bound);
  return {
    ...link,
    child: link.parent,
    parent: link.child,
    lag_seconds: [negated(most), negated(least)],
    overlap: link.overlap === null ? null : { child: link.overlap.parent, parent: link.overlap.child },
    spans: link.spans.map(([a, b, c, d]): Span => [c, d, a, b]),
    added: link.left_out,
    left_out: link.added,
    evidence: link.evidence.filter((kind) => kind !== "credit"),
    credit: link.credit === "credited" ? "unknown" : link.credit,
  };
}
