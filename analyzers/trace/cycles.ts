import type { PostId } from "../../contracts/post.ts";
import type { ParentChoice } from "../../contracts/trace.ts";
import type { Member } from "./member.ts";
import type { Missing } from "./outside.ts";

/** Posts that state each other as their source make a ring; the earliest of it is then nobody's child. */
export function breakCycles(
  choices: Map<PostId, ParentChoice>,
  members: ReadonlyMap<PostId, Member>,
  missing: Missing,
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
      const elsewhere = missing(members.get(first)!);
      choices.set(first, {
        ...choice,
        parent: null,
        status: elsewhere.length > 0 ? "outside-collection" : "origin",
        alternatives: [choice.parent!, ...choice.alternatives],
        confidence: "low",
        reasons: [
          "these posts name each other as their source in a ring; this is the earliest of them",
          ...elsewhere.map(({ said }) => `it ${said}, which is not in the collection`),
        ],
      });
    }
    for (const id of path) settled.add(id);
  }
  return choices;
}
