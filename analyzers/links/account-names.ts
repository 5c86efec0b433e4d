import type { Actor } from "../../contracts/actor.ts";
import type { Post } from "../../contracts/post.ts";
import { isWeightyName } from "../../text/names.ts";
import { hostOf } from "../../text/urls.ts";

/** What an account goes by: its name and handle, its domain on the web, and the names of its actor. */
export function namesOf(post: Post, actor: Actor | null): readonly string[] {
  const names: string[] = [];
  const put = (name: string | null | undefined) => {
    if (name != null && isWeightyName(name) && !names.includes(name)) names.push(name);
  };
  put(post.account.name);
  put(post.account.handle);
  if (actor !== null) for (const name of [actor.name, ...actor.names]) put(name);
  if (post.platform === "web" && post.url !== null) put(hostOf(post.url));
  return names;
}
