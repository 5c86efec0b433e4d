import type { PostId } from "../../contracts/post.ts";
import type { OriginStatus, ParentChoice, Trace } from "../../contracts/trace.ts";
import type { Member } from "./member.ts";
import { byTime, overlapInTime } from "./member.ts";
import type { Pointer } from "./pointers.ts";

type Origin = Pick<Trace, "origin" | "origin_status" | "origin_confidence" | "origin_reasons" | "first_seen">;

/** A member without a parent: where it stands, and why. */
export function rootChoice(missing: readonly Pointer[], linked: boolean): ParentChoice {
  const status = missing.length > 0 ? "outside-collection" : "origin";
  return {
    parent: null,
    status,
    confidence: status === "origin" || missing.every(({ basis }) => basis === "cited") ? "moderate" : "high",
    alternatives: [],
    relation: null,
    credit: "unknown",
    lag_seconds: null,
    score: 0,
    reasons:
      status === "outside-collection"
        ? missing.map(({ said }) => `it ${said}, which is not in the collection`)
        : [
            linked
              ? "no earlier post of the collection explains it"
              : "no link leads from it to another post",
          ],
  };
}

/** Share of the posts that follow the root directly. */
const CONSIDERABLE = 0.1;

/**
 * The root that most of a story leads to, and whether more posts go back to something outside than name that root:
 * then it is not where the story began. In a large story a few will always look so.
 */
export function mainRoot(
  members: ReadonlyMap<PostId, Member>,
  parents: Readonly<Record<PostId, ParentChoice>>,
): { readonly root: Member; readonly roots: readonly Member[]; readonly elsewhere: readonly Member[] } {
  const sorted = [...members.values()].sort(byTime);
  const roots = sorted.filter(({ id }) => parents[id]!.parent === null);
  const sizes = treeSizes(roots, parents, members);
  const root = [...roots].sort((a, b) => sizes.get(b.id)! - sizes.get(a.id)! || byTime(a, b))[0]!;
  const outside = roots.filter(
    (other) => other !== root && parents[other.id]!.status === "outside-collection",
  );
  const children = sorted.filter(({ id }) => parents[id]!.parent === root.id);
  const naming = children.filter(({ id }) => parents[id]!.credit === "credited");
  const elsewhere = outside.length > naming.length && outside.length >= children.length * CONSIDERABLE;
  return { root, roots, elsewhere: elsewhere ? outside : [] };
}

/** Where a story began, as far as the collection can tell. */
export function findOrigin(
  members: ReadonlyMap<PostId, Member>,
  parents: Readonly<Record<PostId, ParentChoice>>,
): Origin {
  const first_seen = [...members.values()].sort(byTime)[0]!.id;
  const { root, roots, elsewhere } = mainRoot(members, parents);
  const choice = parents[root.id]!;
  const status: OriginStatus =
    choice.status === "outside-collection" || elsewhere.length > 0
      ? "outside-collection"
      : choice.status === "undetermined"
        ? "undetermined"
        : "observed";
  const reasons = elsewhere.length > 0 ? [...parents[elsewhere[0]!.id]!.reasons] : [...choice.reasons];
  if (elsewhere.length > 0 && choice.status !== "outside-collection") {
    reasons.push(`${root.id} is the earliest that others follow, and may itself come from there`);
  }
  const rivals = roots.filter((other) => other !== root);
  const rivalFirst = rivals.filter((other) => overlapInTime(other, root) || other.to < root.from);
  if (rivals.length > 0) {
    reasons.push(
      `${rivals.length} other ${rivals.length === 1 ? "member has" : "members have"} no parent in the collection either`,
    );
  }
  return {
    origin: status === "observed" ? root.id : null,
    origin_status: status,
    origin_confidence: status === "undetermined" || rivalFirst.length > 0 ? "low" : "moderate",
    origin_reasons: reasons,
    first_seen,
  };
}

/** How many members each root leads to, itself included. */
function treeSizes(
  roots: readonly Member[],
  parents: Readonly<Record<PostId, ParentChoice>>,
  members: ReadonlyMap<PostId, Member>,
): ReadonlyMap<PostId, number> {
  const rootOf = new Map<PostId, PostId>(roots.map(({ id }) => [id, id]));
  const sizes = new Map<PostId, number>(roots.map(({ id }) => [id, 0]));
  for (const start of members.keys()) {
    const path: PostId[] = [];
    let at = start;
    while (!rootOf.has(at)) {
      path.push(at);
      at = parents[at]!.parent!;
    }
    const root = rootOf.get(at)!;
    for (const id of path) rootOf.set(id, root);
    sizes.set(root, sizes.get(root)! + 1);
  }
  return sizes;
}
