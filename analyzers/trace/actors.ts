import type { Actor } from "../../contracts/actor.ts";
import type { PostId } from "../../contracts/post.ts";
import type { ActorPart, ParentChoice } from "../../contracts/trace.ts";
import type { Member } from "./member.ts";

/** What each registered actor did in a story: its posts, and the members whose line of parents leads to them. */
export function actorParts(
  order: readonly Member[],
  parents: Readonly<Record<PostId, ParentChoice>>,
  actors: ReadonlyMap<string, Actor>,
): readonly ActorPart[] {
  const posts = new Map<string, PostId[]>();
  const owner = new Map<PostId, string>();
  for (const { id, actor } of order) {
    if (actor === null) continue;
    owner.set(id, actor);
    posts.set(actor, [...(posts.get(actor) ?? []), id]);
  }
  return [...posts]
    .map(([actor, own]) => {
      const affiliation = actors.get(actor)?.affiliation ?? "unknown";
      return {
        actor,
        affiliation,
        state_controlled: affiliation === "state-controlled",
        posts: own,
        followers: order
          .filter(({ id }) => owner.get(id) !== actor && leadsTo(id, actor, owner, parents))
          .map(({ id }) => id),
      };
    })
    .sort((a, b) => (a.actor < b.actor ? -1 : 1));
}

function leadsTo(
  start: PostId,
  actor: string,
  owner: ReadonlyMap<PostId, string>,
  parents: Readonly<Record<PostId, ParentChoice>>,
): boolean {
  for (let at = parents[start]!.parent; at !== null; at = parents[at]!.parent) {
    if (owner.get(at) === actor) return true;
  }
  return false;
}
