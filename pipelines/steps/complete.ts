import { linkPosts } from "../../analyzers/links/index.ts";
import { passagesOf } from "../../analyzers/links/prepare.ts";
import { byTimeAndAudience, placed } from "../../analyzers/trace/member.ts";
import { proposeParents } from "../../analyzers/trace/propose.ts";
import { KEY_RULES } from "../../contracts/keys.ts";
import type { Link } from "../../contracts/link.ts";
import type { StoredPost } from "../../contracts/store.ts";
import type { PreparedPosts } from "../judge/prepared.ts";
import type { Parts } from "../parts.ts";

/** Up to here all posts of a story represent their wordings, so the key index has compared those that share enough. */
const SMALL_STORY = KEY_RULES.group.representatives;

/**
 * Links of a story that the key index could not propose. It joins a large story through a few representatives; here
 * each member is compared with the earlier ones most likely to be its parent. What comes out depends on the members
 * alone, and is saved beside the other links.
 */
export function furtherLinks(
  parts: Parts,
  prepared: PreparedPosts,
  members: readonly StoredPost[],
  links: readonly Link[],
): readonly Link[] {
  if (members.length <= SMALL_STORY) return [];
  const inTime = members
    .map((stored) => ({ stored, at: placed(stored.post) }))
    .sort((a, b) => byTimeAndAudience(a.at, b.at));
  const posts = inTime.map(({ stored }) => prepared.put(stored));
  const known = new Set(links.flatMap(({ child, parent }) => [`${child}\n${parent}`, `${parent}\n${child}`]));
  const found: Link[] = [];
  for (const [later, earlier] of proposeParents(posts.map((post) => passagesOf(post)))) {
    const [a, b] = [posts[later]!, posts[earlier]!];
    if (known.has(`${a.post.id}\n${b.post.id}`)) continue;
    const link = linkPosts(a, b, parts.copies, parts.version);
    if (link !== null) found.push(link);
  }
  return found;
}
