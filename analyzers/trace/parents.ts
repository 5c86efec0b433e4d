import type { Link } from "../../contracts/link.ts";
import { tiesStory } from "../../contracts/link.ts";
import type { PostId } from "../../contracts/post.ts";
import type { ParentChoice } from "../../contracts/trace.ts";
import type { Member } from "./member.ts";
import { overlapInTime } from "./member.ts";

/** Two parents that explain this much the same share of a child cannot be told apart by wording. */
const TIE = 0.02;

/** One possible parent of a member. */
interface Candidate {
  readonly link: Link;
  readonly parent: Member;
  /** False when the intervals of publication overlap and nothing stated decides. */
  readonly ordered: boolean;
}

/** Best parent of each member, with the alternatives; members without any candidate are left out. */
export function chooseParents(
  members: ReadonlyMap<PostId, Member>,
  links: readonly Link[],
): ReadonlyMap<PostId, ParentChoice> {
  const candidates = collectCandidates(members, links);
  const choices = new Map<PostId, ParentChoice>();
  for (const [id, list] of candidates) choices.set(id, choose(list, candidates));
  return breakCycles(choices, members);
}

function collectCandidates(
  members: ReadonlyMap<PostId, Member>,
  links: readonly Link[],
): ReadonlyMap<PostId, readonly Candidate[]> {
  const found = new Map<PostId, Candidate[]>();
  const put = (child: PostId, candidate: Candidate) => {
    const list = found.get(child);
    if (list === undefined) found.set(child, [candidate]);
    else list.push(candidate);
  };
  for (const link of links) {
    const [child, parent] = [members.get(link.child), members.get(link.parent)];
    if (child === undefined || parent === undefined || !tiesStory(link)) continue;
    const ordered = pointsThere(link) || !overlapInTime(child, parent);
    put(link.child, { link, parent, ordered });
    // Where the order is not known, each of the two may be the other's parent.
    if (!ordered) put(link.parent, { link: turned(link), parent: child, ordered });
  }
  return found;
}

/** A reference gives the direction whatever the clocks say. */
function pointsThere({ evidence }: Link): boolean {
  return evidence.includes("stated") || evidence.includes("declared") || evidence.includes("link");
}

function turned(link: Link): Link {
  const [least, most] = link.lag_seconds;
  const negated = (bound: number | null) => (bound === null ? null : -bound);
  return {
    ...link,
    child: link.parent,
    parent: link.child,
    lag_seconds: [negated(most), negated(least)],
    overlap: link.overlap === null ? null : { child: link.overlap.parent, parent: link.overlap.child },
  };
}

function choose(list: readonly Candidate[], all: ReadonlyMap<PostId, readonly Candidate[]>): ParentChoice {
  const ranked = list
    .map((candidate) => ({ candidate, rank: rankOf(candidate, list, all) }))
    .sort((a, b) => compare(a, b));
  const best = ranked[0]!.candidate;
  const others = ranked.slice(1).map(({ candidate }) => candidate.link.parent);
  const shared = {
    relation: best.link.relation,
    credit: best.link.credit,
    lag_seconds: best.link.lag_seconds,
    score: best.link.score,
  };
  if (!best.ordered) {
    return {
      ...shared,
      parent: null,
      status: "undetermined",
      confidence: "low",
      alternatives: [best.link.parent, ...others],
      reasons: [...best.link.reasons, "the order of these posts cannot be told from their times"],
    };
  }
  const rivals = ranked.slice(1).filter((other) => nearly(other.rank, ranked[0]!.rank));
  const reasons = [...best.link.reasons];
  if (rivals.length > 0) {
    reasons.push(
      `${rivals.length} other ${rivals.length === 1 ? "post explains" : "posts explain"} it as well; the earliest is named`,
    );
  }
  return {
    ...shared,
    parent: best.link.parent,
    status: "chosen",
    confidence:
      rivals.length > 0 && best.link.confidence === "high" && !pointsThere(best.link)
        ? "moderate"
        : best.link.confidence,
    alternatives: others,
    reasons,
  };
}

interface Rank {
  /** 4 confirmed by a person, 3 stated or declared, 2 credit or link of its own, 1 the rest. */
  readonly basis: number;
  /** Share of the child that the parent explains. */
  readonly explained: number;
}

/**
 * Explicit beats credit and link beats wording. But a credit or link that another candidate carries as well came
 * along with the copied text, and does not make its target the parent: a copy of a copy carries its edits.
 */
function rankOf(
  candidate: Candidate,
  list: readonly Candidate[],
  all: ReadonlyMap<PostId, readonly Candidate[]>,
): Rank {
  const { link } = candidate;
  const explained = link.overlap?.child ?? 0;
  if (link.verdict === "confirmed") return { basis: 4, explained };
  if (link.evidence.includes("stated") || link.evidence.includes("declared")) return { basis: 3, explained };
  const credits = link.evidence.includes("link") || link.evidence.includes("credit");
  const inherited = list.some(
    (other) =>
      other !== candidate &&
      other.link.evidence.includes("wording") &&
      (other.link.overlap?.child ?? 0) >= explained - TIE &&
      all
        .get(other.link.parent)
        ?.some(({ link: up }) => up.parent === link.parent && up.credit === "credited") === true,
  );
  return { basis: credits && !inherited ? 2 : 1, explained };
}

function compare(
  a: { readonly candidate: Candidate; readonly rank: Rank },
  b: { readonly candidate: Candidate; readonly rank: Rank },
): number {
  if (a.rank.basis !== b.rank.basis) return b.rank.basis - a.rank.basis;
  // Rounded to the tie width, so that the order stays an order.
  const [first, second] = [Math.round(a.rank.explained / TIE), Math.round(b.rank.explained / TIE)];
  if (first !== second) return second - first;
  const [p, q] = [a.candidate.parent, b.candidate.parent];
  return p.to - q.to || (p.id < q.id ? -1 : 1);
}

function nearly(a: Rank, b: Rank): boolean {
  return a.basis === b.basis && Math.abs(a.explained - b.explained) <= TIE;
}

/** Posts that state each other as their source make a ring; the earliest of it is then nobody's child. */
function breakCycles(
  choices: Map<PostId, ParentChoice>,
  members: ReadonlyMap<PostId, Member>,
): ReadonlyMap<PostId, ParentChoice> {
  const settled = new Set<PostId>();
  for (const start of choices.keys()) {
    const path = new Set<PostId>();
    let at: PostId | null = start;
    while (at !== null && !settled.has(at) && !path.has(at)) {
      path.add(at);
      at = choices.get(at)?.parent ?? null;
    }
    if (at !== null && path.has(at)) {
      const ring = [at];
      for (let next = choices.get(at)!.parent!; next !== at; next = choices.get(next)!.parent!)
        ring.push(next);
      const first = ring.sort((a, b) => members.get(a)!.to - members.get(b)!.to || (a < b ? -1 : 1))[0]!;
      const choice = choices.get(first)!;
      choices.set(first, {
        ...choice,
        parent: null,
        status: "origin",
        alternatives: [choice.parent!, ...choice.alternatives],
        confidence: "low",
        reasons: ["these posts name each other as their source in a ring; this is the earliest of them"],
      });
    }
    for (const id of path) settled.add(id);
  }
  return choices;
}
