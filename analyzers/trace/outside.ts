import type { PostId } from "../../contracts/post.ts";
import { placeOfName } from "../../text/names.ts";
import { common, gapsIn } from "./explain.ts";
import type { Member } from "./member.ts";
import type { Pointer } from "./pointers.ts";
import type { Scored } from "./score.ts";

/** For each member the sources it names that are not in its story. */
export type Missing = (member: Member) => readonly Pointer[];

/**
 * Looks a story's pointers up among its members: what a member names as its source is tied to it where it was
 * collected, so the members tell. A name that any member goes by is not missing.
 */
export function missingSources(members: readonly Member[], actorNames: readonly string[]): Missing {
  const ids = new Set<PostId>(members.map(({ id }) => id));
  const urls = new Set(members.map(({ url }) => url));
  const names = new Set([...members.flatMap((member) => member.names), ...actorNames]);
  const met = new Map<string, boolean>();
  const isMember = (name: string) => {
    let known = met.get(name);
    if (known === undefined) {
      known = names.has(name) || [...names].some((own) => sameName(name, own));
      met.set(name, known);
    }
    return known;
  };
  const kept = new Map<PostId, readonly Pointer[]>();
  const isHere = ({ post, url, name }: Pointer) =>
    (post !== null && ids.has(post)) || (url !== null && urls.has(url)) || (name !== null && isMember(name));
  for (const { id, points_at } of members) {
    if (points_at.length === 0) continue;
    // What it declares by name was collected, if perhaps on another of that outlet's pages.
    const declared = points_at.some((pointer) => pointer.basis === "declared" && isHere(pointer));
    kept.set(
      id,
      points_at.filter((pointer) => !isHere(pointer) && !(declared && pointer.basis !== "cited")),
    );
  }
  return ({ id }) => kept.get(id) ?? [];
}

/** The missing sources a child names that its likeliest parent does not name as well: those came along with the text. */
export function ownMissing(child: Member, parent: Member, missing: Missing): readonly Pointer[] {
  const carried = missing(parent);
  return missing(child).filter(
    ({ post, url, name }) =>
      !carried.some(
        (other) =>
          (post !== null && other.post === post) ||
          (url !== null && other.url === url) ||
          (name !== null && other.name !== null && sameName(name, other.name)),
      ),
  );
}

/** One holds the other as a whole word: "Courier" and "The Courier". */
function sameName(a: string, b: string): boolean {
  return placeOfName(a, b) >= 0 || placeOfName(b, a) >= 0;
}

/** So much of the text around a passage must stand in the other post as well, in UTF-16 units. */
const AROUND = 6;
/** A passage of less weight may be chance. */
const LEAST_READING = 3;
/** One passage in common may be chance or a correction made twice; two are not. */
const READINGS = 2;

/**
 * The stemma argument: the child has passages, in place, that its likeliest parent lacks and that another earlier post
 * has. Then neither is a copy of the other, and both come from a text that was not collected.
 */
export function readingsFromElsewhere(child: Member, best: Scored, others: readonly Scored[]): boolean {
  let readings = 0;
  for (const [from, to] of gapsIn(child.length, best.explanation.spans)) {
    if ((to - from) * child.unit_weight < LEAST_READING) continue;
    if (common([[from, to]], child.aside).length > 0) continue;
    const [start, end] = [Math.max(0, from - AROUND), Math.min(child.length, to + AROUND)];
    const inPlace = ({ ordered, explanation }: Scored) =>
      ordered && explanation.spans.some((span) => span[0] <= start && span[1] >= end);
    if (others.some(inPlace) && ++readings >= READINGS) return true;
  }
  return false;
}
