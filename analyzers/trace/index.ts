import { hash } from "node:crypto";
import type { Actor } from "../../contracts/actor.ts";
import type { Link } from "../../contracts/link.ts";
import { tiesStory } from "../../contracts/link.ts";
import type { PostId } from "../../contracts/post.ts";
import type { ParentChoice, Story, Trace } from "../../contracts/trace.ts";
import { foldName } from "../../text/names.ts";
import { actorParts } from "./actors.ts";
import { collectCandidates } from "./candidates.ts";
import { contradictionsOf } from "./contradictions.ts";
import { firstIn, languageGroup } from "./firsts.ts";
import { fromTheHidden } from "./hidden.ts";
import { byTime, type Member } from "./member.ts";
import { findOrigin, mainRoot, rootChoice } from "./origin.ts";
import { missingSources } from "./outside.ts";
import { chooseParents } from "./parents.ts";
import { unknownsOf } from "./unknowns.ts";

/** Raised when traces come out differently. */
export const TRACE_VERSION = 4;

export interface StoryInput {
  readonly members: readonly Member[];
  /** Links among the members and from members to suggested posts. */
  readonly links: readonly Link[];
  readonly actors: ReadonlyMap<string, Actor>;
  readonly version: string;
}

/** Explains one story from all its posts and links. Nothing else goes in, so arrival order can play no part. */
export function traceStory({ members: given, links, actors, version }: StoryInput): {
  story: Story;
  trace: Trace;
} {
  const members = new Map<PostId, Member>(given.map((member) => [member.id, member]));
  const order = [...given].sort(byTime);
  const inner = links.filter(({ child, parent }) => members.has(child) && members.has(parent));
  const missing = missingSources(order, actorNames(order, actors));
  const candidates = collectCandidates(members, inner);
  const { choices, ranked } = chooseParents(members, candidates, missing);
  const linked = new Set(inner.flatMap(({ child, parent }) => [child, parent]));
  const parents: Record<PostId, ParentChoice> = {};
  for (const member of order) {
    parents[member.id] = choices.get(member.id) ?? rootChoice(missing(member), linked.has(member.id));
  }
  const origin = findOrigin(members, parents);
  Object.assign(parents, fromTheHidden(mainRoot(members, parents), ranked, parents));
  const parts = actorParts(order, parents, actors);
  const story = storyOf(order);
  const trace: Trace = {
    story: story.story,
    ...origin,
    posts: order.length,
    parents,
    order: order.map(({ id }) => id),
    first_by_language: firstIn(order, ({ lang }) => languageGroup(lang)),
    first_by_platform: firstIn(order, ({ platform }) => platform),
    actors: parts,
    suggested: suggestedOf(links, members),
    contradictions: contradictionsOf(members, candidates, parents),
    unknowns: unknownsOf(order, parents, parts, origin),
    version,
  };
  return { story, trace };
}

function storyOf(order: readonly Member[]): Story {
  const ids = order.map(({ id }) => id).sort();
  const times = order.filter(({ from }) => Number.isFinite(from));
  const iso = (at: number) => new Date(at).toISOString();
  return {
    // Named by its smallest id, so that the same members always make the same story.
    story: `s-${hash("sha256", ids[0]!, "hex").slice(0, 16)}`,
    members: ids,
    first:
      times.length === 0 ? null : iso(times.reduce((least, { from }) => Math.min(least, from), Infinity)),
    last: times.length === 0 ? null : iso(times.reduce((most, { to }) => Math.max(most, to), -Infinity)),
    platforms: [...new Set(order.map(({ platform }) => platform))].sort(),
    languages: [...new Set(order.map(({ lang }) => lang))].sort(),
  };
}

function suggestedOf(links: readonly Link[], members: ReadonlyMap<PostId, Member>): readonly PostId[] {
  const found = new Set<PostId>();
  for (const link of links) {
    if (tiesStory(link) || link.verdict === "rejected") continue;
    if (members.has(link.parent) !== members.has(link.child))
      found.add(members.has(link.parent) ? link.child : link.parent);
  }
  return [...found].sort();
}

/** The names of the actors whose posts are in the story. */
function actorNames(order: readonly Member[], actors: ReadonlyMap<string, Actor>): readonly string[] {
  const known = new Set(order.map(({ actor }) => actor));
  return [...actors.values()]
    .filter(({ id }) => known.has(id))
    .flatMap(({ name, names }) => [name, ...names])
    .map(foldName);
}
