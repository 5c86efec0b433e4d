import type { Actor } from "../../contracts/actor.ts";
import type { Post } from "../../contracts/post.ts";
import { isWeightyName } from "../../text/names.ts";
import { hostOf } from "../../text/urls.ts";

/** What an account goes by: its name and handle, its domain on the web, and the names of its actor. */
export function namesOf(post: Post, actor: Actor | null): readonly string[] {
  const names = [
    post.account.name,
    post.account.handle,
    ...(actor === null ? [] : [actor.name, ...actor.names]),
  ];
  const host = post.platform === "web" && post.url !== null ? hostOf(post.url) : null;
  if (host !== null) names.push(host);
  return [...new Set(names)].filter((name) => name !== undefined && isWeightyName(name)) as readonly string[];
}
