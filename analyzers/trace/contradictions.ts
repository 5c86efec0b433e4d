import type { Link } from "../../contracts/link.ts";
import { type Member, overlapInTime } from "./member.ts";

/** A wording parent must explain this much more of the child than its declared source before we call it a contradiction. */
const CLEARLY_MORE = 0.2;

/** Where what a post declares and what its wording shows do not agree: a finding of its own. */
export function contradictionsOf(
  members: ReadonlyMap<string, Member>,
  links: readonly Link[],
): readonly string[] {
  const byChild = new Map<string, Link[]>();
  for (const link of links) {
    const own = byChild.get(link.child);
    if (own === undefined) byChild.set(link.child, [link]);
    else own.push(link);
  }
  const sentences: string[] = [];
  for (const [child, own] of byChild) {
    for (const declared of own) {
      if (!declared.evidence.includes("declared") && !declared.evidence.includes("stated")) continue;
      const [c, p] = [members.get(child), members.get(declared.parent)];
      if (c !== undefined && p !== undefined && p.from > c.to && !overlapInTime(c, p)) {
        sentences.push(`${child} names ${declared.parent} as its source, which was published after it.`);
      }
      if (declared.relation === "reply" || declared.relation === "quote") continue;
      const explained = declared.overlap?.child ?? 0;
      const better = own.find(
        (other) => (other.overlap?.child ?? 0) > explained + CLEARLY_MORE && other.status === "asserted",
      );
      if (better !== undefined && declared.evidence.includes("declared")) {
        sentences.push(
          `${child} declares ${declared.parent} as its source, but its wording follows ${better.parent}.`,
        );
      }
    }
  }
  return sentences.sort();
}
