import { createHash } from "node:crypto";
import type { Config } from "../config/schema.ts";
import type { Actor } from "../contracts/actor.ts";
import type { Post } from "../contracts/post.ts";
import type { StoredPost } from "../contracts/store.ts";
import { hostOf } from "../text/urls.ts";
import { plain } from "./terminal.ts";

/** Accounts that may be named beside actors and web sites, as `platform:account-id`. */
export type ShownAccounts = readonly string[] | "all";

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

/** Six hexadecimal digits: among a thousand accounts of a story two share a pseudonym in 3 of 100 cases. */
const PSEUDONYM_DIGITS = 6;
/** A shorter name may be a common word; replacing it would spoil sentences and hide nobody. */
const LEAST_LETTERS = 4;
const LEAST_HAN = 2;
/** Code units that every hidden word has at least. */
const BEGINNING = 2;

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

/** Replaces hidden words in one pass: a report of a week has tens of thousands of names, and as many sentences. */
function concealing(hidden: ReadonlyMap<string, string>): (sentence: string) => string {
  // Longer names first, so that a name which holds another is replaced whole.
  const words = [...hidden.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const byBeginning = Map.groupBy(words, (word) => word.slice(0, BEGINNING));
  return (sentence) => {
    let told = "";
    let from = 0;
    for (let at = 0; at + BEGINNING <= sentence.length; at++) {
      const found = byBeginning
        .get(sentence.slice(at, at + BEGINNING))
        ?.find((word) => sentence.startsWith(word, at));
      if (found === undefined) continue;
      told += sentence.slice(from, at) + hidden.get(found)!;
      from = at + found.length;
      at = from - 1;
    }
    return told + sentence.slice(from);
  };
}

export function isShown({ post, findings }: StoredPost, named: ShownAccounts): boolean {
  return (
    named === "all" ||
    post.platform === "web" ||
    (findings !== null && findings.actor !== null) ||
    named.includes(`${post.platform}:${post.account.id}`)
  );
}

function nameOf({ post, findings }: StoredPost, actors: ReadonlyMap<string, Actor>): string {
  const actor = findings?.actor == null ? undefined : actors.get(findings.actor);
  const own = post.account.name ?? post.account.handle ?? (post.url === null ? null : hostOf(post.url));
  return plain(actor?.name ?? own ?? post.account.id);
}

/**
 * `wechat account 3f9a1c`: the same account always has the same one. It hides from readers, not from someone who
 * already has the account's id and tries it.
 */
function pseudonymOf({ platform, account }: Post): string {
  return pseudonymFrom(platform, createHash("sha256").update(`${platform}:${account.id}`).digest("hex"));
}

/** From a hash, in hexadecimal digits, of the platform and the account's id. */
export function pseudonymFrom(platform: string, hash: string): string {
  return `${platform} account ${hash.slice(0, PSEUDONYM_DIGITS)}`;
}

/** Whether a name says whose it is, and is no common word that stands in many a sentence. */
export function isTelling(word: string): boolean {
  const han = word.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han >= LEAST_HAN || word.length >= LEAST_LETTERS;
}
