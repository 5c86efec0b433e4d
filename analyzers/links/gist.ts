import type { CopiesOptions } from "../../config/copies.ts";
import type { PostKeys } from "../../contracts/finding.ts";
import type { Post } from "../../contracts/post.ts";
import { mayBeCopies } from "../copies/compare.ts";
import { type Headed, headlineIn } from "./headline.ts";
import { orderOf } from "./order.ts";
import { nameKeysOf, type Prepared } from "./prepare.ts";

/** As much of a post as tells of most others that nothing links the two. A tenth of what judging it needs. */
export interface Gist
  extends Headed,
    Pick<Prepared, "from" | "to">,
    Pick<PostKeys, "own" | "refers" | "shows"> {
  readonly post: Pick<Post, "id">;
}

export function gistOf(prepared: Prepared): Gist {
  const { post, body, title, from, to } = prepared;
  return { post, body, title, from, to, ...nameKeysOf(prepared) };
}

/** Whether there may be a link between two posts: where not, `linkPosts` finds none. */
export function mayLink(a: Gist, b: Gist, options: CopiesOptions): boolean {
  if (a.shows.length > 0 && b.shows.length > 0) return true;
  if (a.refers.some((name) => b.own.includes(name)) || b.refers.some((name) => a.own.includes(name)))
    return true;
  const { child, parent } = orderOf(a, b, null, null);
  return mayBeCopies(child.body, parent.body, options) || headlineIn(child, parent) !== null;
}
