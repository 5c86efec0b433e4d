import type { PostId } from "../../contracts/post.ts";
import type { ActorPart } from "../../contracts/trace.ts";
import { cite, type Text } from "../document/model.ts";
import { accountOf, type Told } from "../story.ts";
import { cited, type Telling } from "../telling.ts";

/** Where the story began, as far as the collection tells, and how good the evidence is. */
export function originTexts(story: Told, telling: Telling): readonly Text[] {
  const { m } = telling;
  const { trace } = story.input;
  const start = trace.origin ?? trace.first_seen;
  const roots = trace.order.filter((id) => id !== start && trace.parents[id]?.parent === null);
  return [
    originSentence(story, telling),
    [
      ...m.originConfidence(m.confidences[trace.origin_confidence]),
      " ",
      m.originWhy[trace.origin_status],
      ...(roots.length === 0 ? [] : [" ", ...m.otherRoots(telling.countOf(roots))]),
    ],
  ];
}

export function originSentence(story: Told, telling: Telling): Text {
  const { m } = telling;
  const { trace, posts } = story.input;
  const start = trace.origin ?? trace.first_seen;
  const language = m.language(posts.get(start)?.findings?.language.lang ?? "und");
  return m.originSentence[trace.origin_status](cite(start), telling.who(story, start), language);
}

/** How many posts, where and when. */
export function spanText(story: Told, telling: Telling): Text {
  const { m } = telling;
  const { story: own, trace } = story.input;
  const posts = telling.countOf(trace.order);
  const platforms = m.listed(own.platforms);
  return own.first === null || own.last === null
    ? m.spanUnknown(posts, platforms)
    : m.span(posts, platforms, telling.time(own.first), telling.time(own.last));
}

/** The first post in each further language and on each further platform, with what it owes to its parent. */
export function firstTexts(story: Told, telling: Telling): readonly Text[] {
  const { m } = telling;
  const { trace } = story.input;
  const start = trace.origin ?? trace.first_seen;
  const languages = trace.first_by_language.filter(({ post }) => post !== start);
  const told = new Set([start, ...languages.map(({ post }) => post)]);
  const platforms = trace.first_by_platform.filter(({ post }) => !told.has(post));
  const order = (a: { post: PostId }, b: { post: PostId }) =>
    trace.order.indexOf(a.post) - trace.order.indexOf(b.post);
  return [
    ...[...languages]
      .sort(order)
      .map(
        ({ key, post, certain }): Text => [
          ...m.firstIn(m.language(key), cite(post), telling.who(story, post), certain),
          " ",
          ...debtText(story, telling, post),
        ],
      ),
    ...[...platforms]
      .sort(order)
      .map(
        ({ key, post, certain }): Text => [
          ...m.firstOn(key, cite(post), telling.who(story, post), certain),
          " ",
          ...debtText(story, telling, post),
        ],
      ),
  ];
}

function debtText(story: Told, telling: Telling, id: PostId): Text {
  const { m } = telling;
  const choice = story.input.trace.parents[id];
  if (choice === undefined) return [];
  if (choice.status === "outside-collection") return [m.debtOutside];
  if (choice.status === "undetermined") return m.debtUndetermined(cited(choice.alternatives, 5));
  if (choice.parent === null) return [];
  return m.debt(telling.lag(choice.lag_seconds), cite(choice.parent), choice.credit);
}

/** What outlets registered as state-controlled published, and who carried it on. */
export function stateTexts(story: Told, telling: Telling): readonly Text[] {
  return statePartsOf(story).map((part) => partText(story, telling, part));
}

export function statePartsOf(story: Told): readonly ActorPart[] {
  return story.input.trace.actors.filter(({ state_controlled }) => state_controlled);
}

/** Posts of others that lead back to a state-controlled outlet, and those of them that do not say so. */
export function relaysOf(story: Told): {
  readonly all: readonly PostId[];
  readonly uncredited: readonly PostId[];
} {
  const parts = statePartsOf(story);
  const own = new Set(parts.flatMap(({ posts }) => posts));
  const followers = new Set(parts.flatMap((part) => part.followers));
  const all = story.input.trace.order.filter((id) => followers.has(id) && !own.has(id));
  return { all, uncredited: all.filter((id) => story.input.trace.parents[id]?.credit === "uncredited") };
}

export function relayText(story: Told, telling: Telling): Text {
  const { all, uncredited } = relaysOf(story);
  if (all.length === 0) return [telling.m.notRelayed];
  return telling.m.relayed(telling.countOf(all), telling.countOf(uncredited));
}

function partText(story: Told, telling: Telling, { actor, posts, followers }: ActorPart): Text {
  const { m } = telling;
  const registered = story.input.actors.get(actor);
  const evidence = registered?.evidence[0];
  const accounts = new Map(followers.map((id) => [accountOf(story, id), id]));
  return [
    ...m.stateOutlet(registered?.name ?? actor, m.counts.posts(telling.countOf(posts)), cited(posts)),
    ...(registered === undefined || evidence === undefined
      ? []
      : m.registeredOn(evidence.source, evidence.date, m.confidences[registered.confidence])),
    ...(followers.length === 0
      ? []
      : m.followers(telling.countOf(followers), telling.countOf([...accounts.values()]), cited(followers))),
  ];
}
