import { actorIndex } from "../../analyzers/actors/index.ts";
import { linkPosts } from "../../analyzers/links/index.ts";
import { prepare } from "../../analyzers/links/prepare.ts";
import { traceStory } from "../../analyzers/trace/index.ts";
import { memberOf } from "../../analyzers/trace/member.ts";
import { copiesSchema } from "../../config/copies.ts";
import type { Actor } from "../../contracts/actor.ts";
import type { Link } from "../../contracts/link.ts";
import type { Post } from "../../contracts/post.ts";
import type { Story, Trace } from "../../contracts/trace.ts";

/** Links every pair of posts and traces them as one story: the pure core without store or queue. */
export function traced(
  posts: readonly Post[],
  { actors = [], lang = () => "zh-Hans" }: { actors?: readonly Actor[]; lang?: (post: Post) => string } = {},
): { links: readonly Link[]; story: Story; trace: Trace } {
  const actorOf = actorIndex(actors);
  const prepared = posts.map((post) => prepare(post, actorOf(post)));
  const options = copiesSchema.parse({});
  const links = prepared.flatMap((a, i) =>
    prepared.slice(i + 1).flatMap((b) => linkPosts(a, b, options, "test") ?? []),
  );
  const members = posts.map((post) => memberOf(post, lang(post), actorOf(post)?.id ?? null));
  const registry = new Map(actors.map((actor) => [actor.id, actor]));
  return { links, ...traceStory({ members, links, actors: registry, version: "test" }) };
}
