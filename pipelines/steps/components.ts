import { type Link, tiesStory } from "../../contracts/link.ts";
import type { PostId } from "../../contracts/post.ts";
import type { StoredPost } from "../../contracts/store.ts";

/** Posts that hold together, as they were read, and every link in which one of them takes part. */
export interface Component {
  readonly members: readonly StoredPost[];
  readonly links: readonly Link[];
}

/** A frontier of posts as they stand, and then their links. */
export interface Surroundings {
  readonly posts: readonly StoredPost[];
  readonly links: readonly Link[];
}

/**
 * All posts that ties lead to from any of the seeds, grouped into what holds together. A whole frontier is looked at
 * at once, so the number of reads is the depth of the stories and not their size.
 */
export async function componentsOf(
  seeds: readonly PostId[],
  look: (posts: readonly PostId[]) => Promise<Surroundings>,
): Promise<readonly Component[]> {
  const leaders = new Map<PostId, PostId>(seeds.map((id) => [id, id]));
  const posts = new Map<PostId, StoredPost>();
  const links = new Map<string, Link>();
  let frontier: readonly PostId[] = [...leaders.keys()];
  while (frontier.length > 0) {
    const next: PostId[] = [];
    const found = await look(frontier);
    for (const stored of found.posts) posts.set(stored.post.id, stored);
    for (const link of found.links) {
      links.set(`${link.child}\n${link.parent}`, link);
      if (!tiesStory(link)) continue;
      for (const id of [link.child, link.parent]) {
        if (leaders.has(id)) continue;
        leaders.set(id, id);
        next.push(id);
      }
      leaders.set(leaderOf(link.child, leaders), leaderOf(link.parent, leaders));
    }
    frontier = next;
  }
  return group(posts, leaders, links.values());
}

/** The post that stands for all that hold together with this one; shortens the way there as it goes. */
function leaderOf(post: PostId, leaders: Map<PostId, PostId>): PostId {
  let at = post;
  for (let up = leaders.get(at)!; up !== at; up = leaders.get(at)!) {
    leaders.set(at, leaders.get(up)!);
    at = up;
  }
  return at;
}

function group(
  posts: ReadonlyMap<PostId, StoredPost>,
  leaders: Map<PostId, PostId>,
  links: Iterable<Link>,
): readonly Component[] {
  const components = new Map<PostId, { members: StoredPost[]; links: Link[] }>();
  for (const [id, stored] of posts) {
    const leader = leaderOf(id, leaders);
    const component = components.get(leader);
    if (component === undefined) components.set(leader, { members: [stored], links: [] });
    else component.members.push(stored);
  }
  for (const link of links) {
    // A suggested link may join two components: it belongs to both, as something to look at.
    const ends = [link.child, link.parent].filter((id) => leaders.has(id)).map((id) => leaderOf(id, leaders));
    for (const leader of new Set(ends)) components.get(leader)!.links.push(link);
  }
  return [...components.values()];
}
