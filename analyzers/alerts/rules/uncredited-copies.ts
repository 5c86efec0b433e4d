import { z } from "zod";
import type { RuleKind } from "../rule.ts";
import { followingOf, isWatched, namesOf, sizeStatement, surenessOf, unknownsOf } from "../story.ts";

const options = z.strictObject({
  actors: z
    .array(z.string())
    .min(1, "name at least one actor of the registry")
    .meta({ description: "Ids of the actors whose posts are copied." }),
  copies: z
    .int()
    .min(1)
    .default(1)
    .meta({ description: "So many posts that carry their wording without naming them." }),
  watches: z
    .array(z.string())
    .default([])
    .meta({ description: "Only stories with a post of these watches." }),
});
export type UncreditedCopiesOptions = z.infer<typeof options>;

export const uncreditedCopies: RuleKind<UncreditedCopiesOptions> = {
  on: "story",
  info: {
    name: "uncredited-copies",
    title: "A watched actor is copied without credit",
    summary:
      "Fires when posts carry an actor's wording, directly or from one another, and do not name their source.",
    options,
    references: [],
  },
  fire(facts, { actors, copies, watches }) {
    if (!isWatched(facts, watches)) return [];
    const following = followingOf(facts, ({ id }) => actors.includes(id));
    const posts = following.followers.filter(({ id }) => following.uncredited.has(id));
    if (posts.length < copies) return [];
    const accounts = new Set(posts.map(({ account }) => account)).size;
    return [
      {
        subject: `story:${facts.story.story}`,
        story: facts.story.story,
        why: [
          {
            say: "copies.uncredited",
            with: { actors: namesOf(following.actors), copies: posts.length, accounts },
          },
          sizeStatement(facts),
        ],
        ...surenessOf(facts, posts),
        unknowns: unknownsOf(facts, posts),
        posts: [...following.followed, ...posts],
        uncredited: following.uncredited,
        size: posts.length,
      },
    ];
  },
};
