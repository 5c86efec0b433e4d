import type { Post } from "../../contracts/post.ts";
import type { StoredPost } from "../../contracts/store.ts";
import type { ShownAccounts } from "../../text/pseudonyms.ts";
import { accountHash, concealing, isShown, isTelling, pseudonymFrom } from "../../text/pseudonyms.ts";

/** The part of a post that may say who a private person is, as readers of the index may see it. */
export type ShownPost = Pick<Post, "account" | "url" | "title" | "text" | "media">;

/** As many digits of an account's id as an export has: two of a million accounts are one in 1 of 37 million cases. */
const ID_DIGITS = 16;

/**
 * Named actors, web sites and accounts listed as shown as they are, all others by the pseudonym that reports and exports
 * give them. Names of other people in a text stay: whose they are is not known when one post is written.
 */
export function shownPost(stored: Pick<StoredPost, "post" | "findings">, shown: ShownAccounts): ShownPost {
  const { post } = stored;
  if (isShown(stored, shown)) return post;
  const { platform, account, title, text, media } = post;
  const digest = accountHash(post);
  const name = pseudonymFrom(platform, digest);
  const own = [account.id, account.handle, account.name].filter((word) => word !== undefined);
  const written = own.filter((word) => isTelling(word) && (text.includes(word) || title?.includes(word)));
  const conceal =
    written.length === 0
      ? (words: string) => words
      : concealing(new Map(written.map((word) => [word, name])));
  return {
    account: { id: digest.slice(0, ID_DIGITS), name },
    url: null,
    title: title === null ? null : conceal(title),
    text: conceal(text),
    media: media.map(({ url: _, ...item }) => item),
  };
}

/**
 * Fields that a search compares as they are, and readers see as pseudonyms: in the index they stand once more, so that they
 * can be asked for and neither listed nor counted.
 */
export const NAMED: Readonly<Record<string, (post: Post) => string | null | undefined>> = {
  "account.id": ({ account }) => account.id,
  "account.handle": ({ account }) => account.handle,
  "account.name": ({ account }) => account.name,
  url: ({ url }) => url,
};

/** Where a field of a search stands: `account.id` in `named.account_id`. */
export function namedAt(field: string): string {
  return `named.${field.replaceAll(".", "_")}`;
}
