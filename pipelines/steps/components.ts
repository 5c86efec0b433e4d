import { type Link, tiesStory } from "../../contracts/link.ts";
import type { PostId } from "../../contracts/post.ts";

/** Posts that hold together, and every link in which one of them takes part. */
export interface Component {
  readonly members: readonly PostId[];
  readonly links: readonly Link[];
}

/**
 * All posts that ties lead to from any of the seeds, grouped into what holds together. Links are read for a whole
 * frontier at once, so the number of reads is the depth of the stories and not their size.
 */
export async function componentsOf(
  seeds: readonly PostId[],
  linksOf: (posts: readonly PostId[]) => Promise<readonly Link[]>,
): Promise<readonly Component[]> {
  const leaders = new Map<PostId, PostId>(seeds.map((id) => [id, id]));
  const links = new Map<string, Link>();
  let frontier: readonly PostId[] = [...leaders.keys()];
  while (frontier.length > 0) {
    const next: PostId[] = [];
    for (const link of await linksOf(frontier)) {
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
  return group(leaders, links.values());
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

function group(leaders: Map<PostId, PostId>, links: Iterable<Link>): readonly Component[] {
  const components = new Map<PostId, { members: PostId[]; links: Link[] }>();
  for (const id of leaders.keys()) {
    const leader = leaderOf(id, leaders);
    const component = components.get(leader);
    if (component === undefined) components.set(leader, { members: [id], links: [] });
    else component.members.push(id);
  }
  for (const link of links) {
    // A suggested link may join two components: it belongs to both, as something to look at.
    const ends = [link.child, link.parent].filter((id) => leaders.has(id)).map((id) => leaderOf(id, leaders));
    for (const leader of new Set(ends)) components.get(leader)!.links.push(link);
  }
  return [...components.values()];
}
