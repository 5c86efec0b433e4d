import type { Actor } from "../../contracts/actor.ts";
import type { StoredPost } from "../../contracts/store.ts";

/** The name of who published, behind the veil: an actor's, the account's own, or its pseudonym. */
export function nameOf({ post, findings }: StoredPost, actors: ReadonlyMap<string, Actor>): string {
  const actor = findings?.actor == null ? undefined : actors.get(findings.actor);
  return actor?.name ?? post.account.name ?? post.account.handle ?? post.account.id;
}
