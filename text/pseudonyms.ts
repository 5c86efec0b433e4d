import { hash } from "node:crypto";
import type { Post } from "../contracts/post.ts";
import type { StoredPost } from "../contracts/store.ts";

/** Accounts that may be named beside actors and web sites, as `platform:account-id`. */
export type ShownAccounts = readonly string[] | "all";

/** Six hexadecimal digits: among a thousand accounts of a story two share a pseudonym in 3 of 100 cases. */
const PSEUDONYM_DIGITS = 6;
/** A shorter name may be a common word; replacing it would spoil sentences and hide nobody. */
const LEAST_LETTERS = 4;
const LEAST_HAN = 2;
/** Code units that every hidden word has at least. */
const BEGINNING = 2;

/** Whether an account is shown as it is: it is a web site's, a registered actor's, or listed as shown. */
export function isShown(
  { post, findings }: Pick<StoredPost, "post" | "findings">,
  named: ShownAccounts,
): boolean {
  return (
    named === "all" ||
    post.platform === "web" ||
    (findings !== null && findings.actor !== null) ||
    named.includes(`${post.platform}:${post.account.id}`)
  );
}

/** Replaces hidden words in one pass: a report of a week has tens of thousands of names, and as many sentences. */
export function concealing(hidden: ReadonlyMap<string, string>): (sentence: string) => string {
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

/**
 * `wechat account 3f9a1c`: the same account always has the same one. It hides from readers, not from someone who
 * already has the account's id and tries it.
 */
export function pseudonymOf(post: Post): string {
  return pseudonymFrom(post.platform, accountHash(post));
}

/** What pseudonyms are made of where no key is given. */
export function accountHash({ platform, account }: Post): string {
  return hash("sha256", `${platform}:${account.id}`, "hex");
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
