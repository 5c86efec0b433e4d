import { z } from "zod";
import type { Statement } from "../../../contracts/message.ts";
import { REMOVERS } from "../../../contracts/revisit.ts";
import type { RuleKind } from "../rule.ts";
import { isWatched, sizeStatement } from "../story.ts";

const options = z.strictObject({
  watches: z.array(z.string()).default([]).meta({
    description:
      "Only stories with a post of these watches; every story whose posts are looked at again when empty.",
  }),
  by: z
    .array(z.enum(REMOVERS))
    .default([])
    .meta({ description: "Only posts taken away by these; by anybody when empty." }),
  posts: z.int().min(1).default(1).meta({ description: "So many deleted posts in the story." }),
});
export type DeletionOptions = z.infer<typeof options>;

export const deletion: RuleKind<DeletionOptions> = {
  on: "story",
  info: {
    name: "deletion",
    title: "A deletion in a watched story",
    summary:
      "Fires when posts of a story are deleted: found gone at least twice, an hour or more apart, and not seen since.",
    options,
    references: [],
  },
  fire(facts, { watches, by, posts: least }) {
    if (!isWatched(facts, watches)) return [];
    const deleted = [...facts.posts.values()].filter(
      (post) => post.deleted !== null && (by.length === 0 || by.includes(post.deleted.by)),
    );
    if (deleted.length < least) return [];
    const accounts = new Set(deleted.map(({ account }) => account)).size;
    const times = deleted.map((post) => post.deleted!);
    return [
      {
        subject: `story:${facts.story.story}`,
        story: facts.story.story,
        why: [
          {
            say: "deleted.posts",
            with: { deleted: deleted.length, posts: facts.trace.posts, accounts },
          },
          ...REMOVERS.flatMap((remover): readonly Statement[] => {
            const posts = times.filter((each) => each.by === remover).length;
            return posts === 0 ? [] : [{ say: "deleted.by", with: { by: remover, posts } }];
          }),
          sizeStatement(facts),
        ],
        confidence: times.some((each) => each.by === "unknown") ? "moderate" : "high",
        confidence_reasons: [{ say: "sure.visits", with: {} }],
        unknowns: [
          { say: "unknown.cause", with: {} },
          { say: "unknown.reach", with: {} },
          { say: "unknown.missing", with: {} },
        ],
        posts: deleted,
        since: Math.min(...times.map(({ after }) => after)),
        until: Math.max(...times.map((each) => each.at)),
        size: deleted.length,
      },
    ];
  },
};
