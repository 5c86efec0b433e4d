import type { Config } from "../config/schema.ts";
import type { Actor } from "../contracts/actor.ts";
import type { StoredPost } from "../contracts/store.ts";
import { concealing, isShown, isTelling, pseudonymOf, type ShownAccounts } from "../text/pseudonyms.ts";
import { hostOf } from "../text/urls.ts";
import { plain } from "./terminal.ts";

/** Whom readers may see by name. */
export interface Naming {
  readonly actors: ReadonlyMap<string, Actor>;
  readonly shown: ShownAccounts;
}

/** As the config says, or everybody for a reader who asks for it. */
export function namingOf(
  { actors, privacy }: Pick<Config, "actors" | "privacy">,
  everybody: boolean,
): Naming {
  return {
    actors: new Map(actors.map((actor) => [actor.id, actor])),
    shown: everybody ? "all" : privacy.shown_accounts,
  };
}

/** How accounts are shown to readers. */
export interface Names {
  /** The name of who published a post: an actor's, an outlet's, or a pseudonym. */
  readonly of: (stored: StoredPost) => string;
  /** Whether the account is shown as it is; then its URLs may be, too. */
  readonly shown: (stored: StoredPost) => boolean;
  /** A sentence with every name and handle of a concealed account replaced by its pseudonym. */
  readonly conceal: (sentence: string) => string;
}

/**
 * Accounts of registered actors, and those of web sites, are shown by name. All others are shown by a pseudonym that is
 * the same everywhere, unless they are listed as shown: they may belong to private people.
 */
export function namesOf(posts: Iterable<StoredPost>, { actors, shown: named }: Naming): Names {
  const shown = (stored: StoredPost) => isShown(stored, named);
  const hidden = new Map<string, string>();
  for (const stored of posts) {
    if (shown(stored)) continue;
    const { id, handle, name } = stored.post.account;
    for (const word of [id, handle, name]) {
      if (word !== undefined && isTelling(word)) hidden.set(word, pseudonymOf(stored.post));
    }
  }
  return {
    of: (stored) => (shown(stored) ? nameOf(stored, actors) : pseudonymOf(stored.post)),
    shown,
    conceal: concealing(hidden),
  };
}

function nameOf({ post, findings }: StoredPost, actors: ReadonlyMap<string, Actor>): string {
  const actor = findings?.actor == null ? undefined : actors.get(findings.actor);
  const own = post.account.name ?? post.account.handle ?? (post.url === null ? null : hostOf(post.url));
  return plain(actor?.name ?? own ?? post.account.id);
}
