import type { Confidence } from "../../contracts/link.ts";
import type { PostId } from "../../contracts/post.ts";
import type { ParentChoice } from "../../contracts/trace.ts";
import { type Candidates, pointsThere } from "./candidates.ts";
import { breakCycles } from "./cycles.ts";
import { byTime, type Member } from "./member.ts";
import { type Missing, ownMissing, readingsFromElsewhere } from "./outside.ts";
import { type Ranked, rankCandidates } from "./rank.ts";
import { type Scored, scoreCandidates } from "./score.ts";

/** The readings of so many of the best candidates are compared: the rest explain less. */
const COMPARED = 16;

/** Best parent of each member, with the alternatives; members without any candidate are left out. */
export function chooseParents(
  members: ReadonlyMap<PostId, Member>,
  candidates: Candidates,
  missing: Missing,
): { readonly choices: ReadonlyMap<PostId, ParentChoice>; readonly ranked: ReadonlyMap<PostId, Ranked> } {
  const choices = new Map<PostId, ParentChoice>();
  const kept = new Map<PostId, Ranked>();
  // In order of time, so that a candidate's own parent is known when it is judged.
  for (const child of [...members.values()].sort(byTime)) {
    const list = candidates.get(child.id);
    if (list === undefined) continue;
    const ranked = rankCandidates(child, scoreCandidates(list, candidates));
    kept.set(child.id, ranked);
    choices.set(child.id, choose(child, ranked, choices, missing));
  }
  return { choices: breakCycles(choices, members, missing), ranked: kept };
}

function choose(
  child: Member,
  ranked: Ranked,
  choices: ReadonlyMap<PostId, ParentChoice>,
  missing: Missing,
): ParentChoice {
  const elsewhereFor = (one: Scored) => (one.named ? [] : ownMissing(child, one.parent, missing));
  // Of those that explain it equally well, one that names the same missing source is the one it was copied from.
  const best =
    ranked.order.slice(0, ranked.tied).find((one) => elsewhereFor(one).length === 0) ?? ranked.order[0]!;
  const { link } = best;
  const others = ranked.order.filter((one) => one !== best);
  const alternatives = others.map(({ parent }) => parent.id);
  const found = {
    relation: link.relation,
    credit: link.credit,
    lag_seconds: link.lag_seconds,
    score: link.score,
  };
  const none = { ...found, parent: null, alternatives: [best.parent.id, ...alternatives] };
  const elsewhere = elsewhereFor(best);
  if (elsewhere.length > 0) {
    return {
      ...none,
      status: "outside-collection",
      confidence: elsewhere.some(({ basis }) => basis !== "cited") ? "high" : "moderate",
      reasons: [
        ...elsewhere.map(({ said }) => `it ${said}, which is not in the collection`),
        `of the posts collected, ${best.parent.id} is nearest to its wording and names no such source`,
      ],
    };
  }
  if (!best.ordered) {
    return {
      ...none,
      status: "undetermined",
      confidence: "low",
      reasons: [
        ...link.reasons,
        "the order of these posts cannot be told from their times",
        ...(ranked.byAudience ? [AUDIENCE] : []),
      ],
    };
  }
  if (!best.named && readingsFromElsewhere(child, best, others.slice(0, COMPARED))) {
    return {
      ...none,
      status: "outside-collection",
      confidence: "low",
      reasons: [
        `it has passages that ${best.parent.id} lacks and other earlier posts have in the same place: both seem to come from a text that is not in the collection`,
      ],
    };
  }
  return {
    ...found,
    parent: best.parent.id,
    status: "chosen",
    confidence: confidenceIn(best, ranked, choices),
    alternatives,
    reasons: [...link.reasons, ...tieReasons(ranked)],
  };
}

const AUDIENCE = "of those that cannot be told apart, the account that most people follow is named first";

function tieReasons({ tied, byAudience }: Ranked): readonly string[] {
  if (tied === 1) return [];
  const others = `${tied - 1} other ${tied === 2 ? "post explains" : "posts explain"} it as well`;
  return byAudience ? [others, AUDIENCE] : [`${others}; the earliest is named`];
}

/** So much more of the child, in weight, must the best explain than the next for high confidence: a sentence. */
const CLEAR = 30;

/**
 * High where the child names the parent, or carries what the parent alone has: then no other post can be it. That a
 * parent explains the text is not enough, for so does every copy of it. Low where only the audience decided.
 */
function confidenceIn(
  best: Scored,
  { order, tied, byAudience }: Ranked,
  choices: ReadonlyMap<PostId, ParentChoice>,
): Confidence {
  if (best.link.verdict === "confirmed" || pointsThere(best.link)) return best.link.confidence;
  if (tied > 1) return byAudience ? "low" : "moderate";
  const next = order[1];
  if (next === undefined) return "moderate";
  const margin = best.score - next.score;
  if (best.named) return margin >= CLEAR ? "high" : "moderate";
  const grandparent = choices.get(best.parent.id)?.parent ?? null;
  const carries = order.some(({ parent }) => parent.id === grandparent);
  return carries && margin >= CLEAR ? "high" : "moderate";
}
