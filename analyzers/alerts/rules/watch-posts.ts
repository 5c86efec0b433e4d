import { z } from "zod";
import type { RuleKind } from "../rule.ts";

const options = z.strictObject({
  watches: z.array(z.string()).min(1, "name at least one watch").meta({
    description: "The watches, e.g. one for threats to a candidate, of category violent-extremism.",
  }),
  posts: z.int().min(1).default(1).meta({ description: "So many posts on one day (UTC)." }),
  suggested: z
    .boolean()
    .default(false)
    .meta({ description: "Count suggested posts as well as confirmed ones." }),
});
export type WatchPostsOptions = z.infer<typeof options>;

export const watchPosts: RuleKind<WatchPostsOptions> = {
  on: "watch",
  info: {
    name: "watch-posts",
    title: "Posts of a watch",
    summary: "Fires for each day on which a watch has posts: for what must be seen at once, such as threats.",
    options,
    references: [],
  },
  watches: ({ watches, suggested }) => ({ names: watches, suggested }),
  bears_on: () => 0,
  fire({ watch, title, category, day, posts, by_day }, { posts: least }) {
    const count = by_day.get(day) ?? 0;
    if (count < least) return [];
    const confirmed = posts.filter((post) => post.confirmed.includes(watch)).length;
    const suggested = posts.length - confirmed;
    return [
      {
        subject: `watch:${watch}:${day}`,
        watch,
        why: [
          { say: "watch.posts", with: { watch: title, day, posts: count } },
          { say: "watch.category", with: { category } },
        ],
        confidence: suggested > confirmed ? "low" : "moderate",
        confidence_reasons: [{ say: "sure.confirmed", with: { confirmed, suggested } }],
        unknowns: [
          { say: "unknown.sincerity", with: {} },
          { say: "unknown.owners", with: { accounts: new Set(posts.map(({ account }) => account)).size } },
          { say: "unknown.missing", with: {} },
        ],
        posts,
        size: count,
      },
    ];
  },
};
