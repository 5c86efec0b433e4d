import type { Config } from "../config/schema.ts";
import type { Store, StoredPost } from "../contracts/store.ts";
import { type Names, namesOf, namingOf } from "../reports/names.ts";
import { plain } from "../reports/terminal.ts";
import { publishedText } from "../reports/words.ts";

/** What the pages are made from: the store, to read only, and the config that says how to show it. */
export interface ExplorerParts {
  readonly store: Store;
  readonly config: Config;
  /** Show private accounts by name instead of by pseudonym. */
  readonly names: boolean;
}

/** Names as readers may see them, of these posts' accounts. */
export function namesFor({ config, names }: ExplorerParts, posts: Iterable<StoredPost>): Names {
  return namesOf(posts, namingOf(config, names));
}

/** Letters of a title or text in a list. */
const TITLE = 90;

/** A post in a few words, its account concealed. */
export function titleOf({ post }: StoredPost, names: Names): string {
  const words = plain(names.conceal(post.title ?? post.text));
  return words.length <= TITLE ? words : `${[...words].slice(0, TITLE).join("")}…`;
}

export function timeOf({ post }: StoredPost, { config }: ExplorerParts): string {
  return publishedText(post, config.schedule.zone);
}

/** A post's own id, unless the name of a concealed account stands in it. */
export function idShown({ post }: StoredPost, names: Names): string | null {
  return names.conceal(post.id) === post.id ? post.id : null;
}

/** How many of what there is: `1,234`. */
export const count = (value: number): string => value.toLocaleString("en-CA");
