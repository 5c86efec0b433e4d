import type { Actor } from "../../contracts/actor.ts";
import type { Post } from "../../contracts/post.ts";
import { hostOf } from "../../text/urls.ts";

/** The registered actor behind a post at its time, or null. */
export type ActorOf = (post: Post) => Actor | null;

/**
 * Joins posts to the registry: by account (`platform:id` or `platform:handle`) first, then, for pages of the web, by
 * domain. Where two actors claim the same, the first of the registry has it.
 */
export function actorIndex(actors: readonly Actor[]): ActorOf {
  const accounts = new Map<string, Actor[]>();
  const domains = new Map<string, Actor[]>();
  for (const actor of actors) {
    for (const account of actor.accounts) put(accounts, account.toLowerCase(), actor);
    for (const domain of actor.domains) put(domains, domain.toLowerCase().replace(/^www\./, ""), actor);
  }
  return (post) => {
    const at = post.published_at?.slice(0, 10) ?? null;
    const valid = (found: readonly Actor[] | undefined) => found?.find((actor) => isValid(actor, at)) ?? null;
    const { id, handle } = post.account;
    const byAccount = [id, handle].flatMap(
      (name) => accounts.get(`${post.platform}:${name}`.toLowerCase()) ?? [],
    );
    if (byAccount.length > 0) return valid(byAccount);
    if (post.platform !== "web" || post.url === null) return null;
    for (let host = hostOf(post.url); host?.includes("."); host = host.slice(host.indexOf(".") + 1)) {
      const found = valid(domains.get(host));
      if (found !== null) return found;
    }
    return null;
  };
}

/** A registration holds within its validity; a post without a date gets the benefit of the doubt. */
function isValid({ valid_from, valid_to }: Actor, day: string | null): boolean {
  if (day === null) return true;
  return (valid_from === undefined || day >= valid_from) && (valid_to === undefined || day <= valid_to);
}

function put(map: Map<string, Actor[]>, key: string, actor: Actor): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [actor]);
  else list.push(actor);
}
