import type { Link } from "../../contracts/link.ts";
import type { Statement } from "../../contracts/message.ts";
import type { PostId } from "../../contracts/post.ts";
import type { ParentChoice } from "../../contracts/trace.ts";
import { placeOfName } from "../../text/names.ts";
import { type Candidate, type Candidates, pointsThere } from "./candidates.ts";
import type { Member } from "./member.ts";

/** A wording parent must explain this much more of the child than its declared source before we call it a contradiction. */
const CLEARLY_MORE = 0.2;

/** Where what a post declares and what its wording or its clock shows do not agree: a finding of its own. */
export function contradictionsOf(
  members: ReadonlyMap<PostId, Member>,
  candidates: Candidates,
  parents: Readonly<Record<PostId, ParentChoice>>,
): readonly Statement[] {
  const found: Statement[] = [];
  for (const [id, own] of candidates) {
    const child = members.get(id)!;
    for (const declared of own) {
      if (declared.parent.from > child.to) {
        found.push({ say: "contradiction.later", with: { post: id, declared: declared.parent.id } });
      }
      const better = betterThan(declared.link, own);
      if (better !== undefined) {
        found.push(unlike(id, declared.parent.id, better.parent.id));
      }
    }
    const followed = parents[id]!.parent;
    if (followed !== null) found.push(...otherThanDeclared(child, members.get(followed)!, own));
  }
  // By what they say: a declared source may come by two ways.
  const told = new Map(found.map((each) => [JSON.stringify(each), each]));
  return [...told.keys()].sort().map((key) => told.get(key)!);
}

function unlike(post: PostId, declared: PostId, followed: PostId): Statement {
  return { say: "contradiction.wording", with: { post, declared, followed } };
}

function betterThan(declared: Link, own: readonly Candidate[]): Candidate | undefined {
  if (!declared.evidence.includes("declared") || declared.relation === "quote") return undefined;
  const explained = declared.overlap?.child ?? 0;
  return own.find(
    ({ link }) => (link.overlap?.child ?? 0) > explained + CLEARLY_MORE && link.status === "asserted",
  );
}

/** The child declares by name one member of its story, and is traced to another that goes by another name. */
function otherThanDeclared(child: Member, followed: Member, own: readonly Candidate[]): readonly Statement[] {
  if (own.some(({ link, parent }) => parent === followed && pointsThere(link))) return [];
  return child.points_at
    .filter(({ basis, name }) => basis === "declared" && name !== null && !goesBy(followed, name))
    .flatMap(({ name }) => own.filter(({ parent }) => goesBy(parent, name!)))
    .map(({ parent }) => unlike(child.id, parent.id, followed.id));
}

function goesBy({ names }: Member, name: string): boolean {
  return names.some((own) => placeOfName(name, own) >= 0 || placeOfName(own, name) >= 0);
}
