import type { Exposure } from "../../contracts/exposure.ts";
import type { Post } from "../../contracts/post.ts";

/**
 * Viewings of a set of posts as an interval. The least is the largest single count (all others may be the same
 * people's), the most the sum of the counts. Posts without a count add something that is not known.
 */
export function exposureOf(posts: readonly Post[]): Exposure {
  const counted: string[] = [];
  const silent: string[] = [];
  const interacting: string[] = [];
  let least = 0;
  let most = 0;
  let interactions = 0;
  for (const { id, engagement } of posts) {
    const views = engagement?.views ?? null;
    if (views === null) silent.push(id);
    else {
      counted.push(id);
      least = Math.max(least, views);
      most += views;
    }
    const own = [engagement?.likes, engagement?.reposts, engagement?.comments].filter(
      (count) => count != null,
    );
    if (own.length > 0) interacting.push(id);
    for (const count of own) interactions += count;
  }
  return {
    viewings: counted.length === 0 ? null : { least, most },
    counted,
    silent,
    interactions,
    interacting,
  };
}
