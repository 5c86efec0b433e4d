import type { PostId } from "../../contracts/post.ts";
import type { ParentChoice } from "../../contracts/trace.ts";
import type { Member } from "./member.ts";
import type { Ranked } from "./rank.ts";
import type { Scored } from "./score.ts";

/** A parent must be ahead of every independent post by so much, in weight: two words of its own that the child has. */
const OWN_WORDS = 12;

/**
 * What a story whose posts go back to something outside means for the members that name no source. Most copies are made
 * of the first post, so a member comes from the missing one unless it carries what its parent alone has: what it shares
 * with all the others they may all have from there. The root may have its text from there too.
 */
export function fromTheHidden(
  { root, elsewhere }: { readonly root: Member; readonly elsewhere: readonly Member[] },
  ranked: ReadonlyMap<PostId, Ranked>,
  parents: Readonly<Record<PostId, ParentChoice>>,
): Readonly<Record<PostId, ParentChoice>> {
  const changed: Record<PostId, ParentChoice> = {};
  if (elsewhere.length === 0) return changed;
  for (const [id, { order }] of ranked) {
    const choice = parents[id]!;
    const best = order.find(({ parent }) => parent.id === choice.parent);
    if (best === undefined || best.named || setApart(best, order, parents)) continue;
    changed[id] = {
      ...choice,
      parent: null,
      status: "outside-collection",
      confidence: "low",
      alternatives: [best.parent.id, ...choice.alternatives],
      reasons: [MAY_BE, `nothing that it shares with ${best.parent.id} sets the two apart from the others`],
    };
  }
  if (parents[root.id]!.status === "origin") {
    changed[root.id] = {
      ...parents[root.id]!,
      status: "outside-collection",
      confidence: "low",
      reasons: [MAY_BE, ...parents[root.id]!.reasons],
    };
  }
  return changed;
}

const MAY_BE =
  "other posts of the story go back to a source that is not in the collection, and this one may as well";

function setApart(
  best: Scored,
  order: readonly Scored[],
  parents: Readonly<Record<PostId, ParentChoice>>,
): boolean {
  const independent = order.filter((one) => one !== best && !leadsTo(one.parent.id, best.parent.id, parents));
  const next = independent.reduce((most, { score }) => Math.max(most, score), -Infinity);
  return next > -Infinity && best.score - next >= OWN_WORDS;
}

/** A line is followed so far: longer ones would cost the square of the story, and their ends share few edits. */
const STEPS = 64;

function leadsTo(from: PostId, to: PostId, parents: Readonly<Record<PostId, ParentChoice>>): boolean {
  let at: PostId | null = from;
  for (let step = 0; at !== null && step < STEPS; step++) {
    if (at === to) return true;
    at = parents[at]!.parent;
  }
  return false;
}
