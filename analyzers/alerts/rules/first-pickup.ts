import { z } from "zod";
import type { Statement } from "../../../contracts/message.ts";
import type { FirstIn } from "../../../contracts/trace.ts";
import type { Fired, RuleKind, StoryFacts } from "../rule.ts";
import { isWatched, sizeStatement, surenessOf, unknownsOf } from "../story.ts";

const options = z
  .strictObject({
    languages: z
      .array(z.string())
      .default([])
      .meta({ description: "Languages to tell the first pick-up in: `zh`, `fr`." }),
    platforms: z
      .array(z.string())
      .default([])
      .meta({ description: "Platforms to tell the first pick-up on." }),
    actors: z
      .array(z.string())
      .default([])
      .meta({ description: "Only stories with a post of these actors." }),
    watches: z
      .array(z.string())
      .default([])
      .meta({ description: "Only stories with a post of these watches." }),
  })
  .refine(({ languages, platforms }) => languages.length + platforms.length > 0, {
    message: "name a language or a platform",
  })
  .refine(({ actors, watches }) => actors.length + watches.length > 0, {
    message: "name actors or watches: every story has a first post in some language",
  });
export type FirstPickupOptions = z.infer<typeof options>;

export const firstPickup: RuleKind<FirstPickupOptions> = {
  on: "story",
  info: {
    name: "first-pickup",
    title: "A story reaches a language or a platform",
    summary: "Fires when a story of a watch or an actor is first picked up in a language or on a platform.",
    options,
    references: [],
  },
  fire(facts, { languages, platforms, actors, watches }) {
    const { trace, posts } = facts;
    if (!isWatched(facts, watches)) return [];
    if (actors.length > 0 && !trace.actors.some(({ actor }) => actors.includes(actor))) return [];
    const start = posts.get(trace.origin ?? trace.first_seen);
    const picked = (firsts: readonly FirstIn[], keys: readonly string[], own: string | undefined) =>
      firsts.filter(({ key, post }) => keys.includes(key) && key !== own && post !== start?.id);
    const began = trace.first_by_language.find(({ post }) => post === start?.id)?.key;
    return [
      ...picked(trace.first_by_language, languages, began).map((first) =>
        fired(facts, first, "lang", {
          say: "pickup.language",
          with: { lang: first.key, post: first.post, certain: Number(first.certain) },
        }),
      ),
      ...picked(trace.first_by_platform, platforms, start?.platform).map((first) =>
        fired(facts, first, "platform", {
          say: "pickup.platform",
          with: { platform: first.key, post: first.post, certain: Number(first.certain) },
        }),
      ),
    ];
  },
};

function fired(facts: StoryFacts, first: FirstIn, what: string, why: Statement): Fired {
  const posts = [facts.posts.get(first.post)!];
  const parent = facts.trace.parents[first.post]?.parent ?? null;
  const source = parent === null ? undefined : facts.posts.get(parent);
  return {
    subject: `story:${facts.story.story}:${what}:${first.key}`,
    story: facts.story.story,
    why: [why, sizeStatement(facts)],
    ...surenessOf(facts, posts),
    ...(first.certain ? {} : { confidence: "low" as const }),
    unknowns: unknownsOf(facts, posts),
    posts: source === undefined ? posts : [source, ...posts],
    // A story is picked up once: it is told once, however large it grows.
    size: 1,
  };
}
