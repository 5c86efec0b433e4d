import type { Actor } from "../../contracts/actor.ts";
import type { Confidence } from "../../contracts/link.ts";
import type { Statement } from "../../contracts/message.ts";
import type { PostId } from "../../contracts/post.ts";
import type { RulePost, StoryFacts } from "./rule.ts";

/** Members whose chosen line of parents leads to a post of the given actors, those actors' own posts left out. */
export interface Following {
  /** The actors' posts that something follows. */
  readonly followed: readonly RulePost[];
  readonly followers: readonly RulePost[];
  readonly uncredited: ReadonlySet<PostId>;
  readonly actors: readonly Actor[];
}

export function followingOf(facts: StoryFacts, isMeant: (actor: Actor) => boolean): Following {
  const { trace, posts, actors: registry } = facts;
  const parts = trace.actors.filter(({ actor }) => {
    const known = registry.get(actor);
    return known !== undefined && isMeant(known);
  });
  const own = new Set(parts.flatMap((part) => part.posts));
  const followers = new Set(parts.flatMap((part) => part.followers).filter((id) => !own.has(id)));
  const named = parts.filter(({ followers: theirs }) => theirs.some((id) => followers.has(id)));
  const followed = new Set(named.flatMap((part) => part.posts));
  const of = (ids: Iterable<PostId>) => [...ids].flatMap((id) => posts.get(id) ?? []);
  return {
    followed: of(followed),
    followers: of(followers),
    uncredited: new Set([...followers].filter((id) => trace.parents[id]?.credit === "uncredited")),
    actors: named.flatMap(({ actor }) => registry.get(actor) ?? []),
  };
}

export function namesOf(actors: readonly Actor[]): string {
  return actors
    .map(({ name }) => name)
    .sort()
    .join(", ");
}

/** Whether any of the story's posts belongs to one of the watches; always when none is asked for. */
export function isWatched(facts: StoryFacts, watches: readonly string[]): boolean {
  if (watches.length === 0) return true;
  return [...facts.posts.values()].some((post) => post.watches.some((name) => watches.includes(name)));
}

/** How sure it is that these posts follow what they are said to follow. */
export function surenessOf(
  { trace }: StoryFacts,
  posts: readonly RulePost[],
): { readonly confidence: Confidence; readonly confidence_reasons: readonly Statement[] } {
  const count = (level: Confidence) =>
    posts.filter(({ id }) => trace.parents[id]?.confidence === level).length;
  const levels = { high: count("high"), moderate: count("moderate"), low: count("low") };
  const confidence =
    levels.low * 2 > posts.length ? "low" : levels.high === posts.length ? "high" : "moderate";
  return { confidence, confidence_reasons: [{ say: "sure.parents", with: levels }, originStatement(trace)] };
}

function originStatement(trace: StoryFacts["trace"]): Statement {
  if (trace.origin_status === "observed")
    return { say: "origin.observed", with: { confidence: trace.origin_confidence } };
  if (trace.origin_status === "outside-collection") return { say: "origin.outside", with: {} };
  return { say: "origin.undetermined", with: {} };
}

export function sizeStatement({ story, trace }: StoryFacts): Statement {
  const [platforms, languages] = [story.platforms.length, story.languages.length];
  return { say: "story.size", with: { posts: trace.posts, platforms, languages } };
}

/** What a story cannot tell, whatever the rule. */
export function unknownsOf({ trace }: StoryFacts, posts: readonly RulePost[]): readonly Statement[] {
  const unregistered = new Set(posts.filter(({ actor }) => actor === null).map(({ account }) => account))
    .size;
  const undetermined = Object.values(trace.parents).filter(({ status }) => status === "undetermined").length;
  return [
    ...(unregistered > 0 ? [{ say: "unknown.owners" as const, with: { accounts: unregistered } }] : []),
    ...(unregistered > 1 ? [{ say: "unknown.coordination" as const, with: {} }] : []),
    { say: "unknown.affiliation", with: {} },
    ...(undetermined > 0 ? [{ say: "unknown.undetermined" as const, with: { posts: undetermined } }] : []),
    { say: "unknown.reach", with: {} },
    { say: "unknown.missing", with: {} },
  ];
}
