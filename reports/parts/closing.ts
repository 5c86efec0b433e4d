import { contradictionsOf } from "../contradictions.ts";
import { cite, type Text } from "../document/model.ts";
import { accountOf, type Told } from "../story.ts";
import { actorOf, type Telling } from "../telling.ts";
import { statePartsOf } from "./observed.ts";

/** What this collection cannot tell about a story: part of the finding, in the language of the report. */
export function unknownTexts(story: Told, telling: Telling): readonly Text[] {
  const u = telling.m.unknown;
  const { trace, posts } = story.input;
  const unregistered = new Map<string, string>();
  const undated: string[] = [];
  for (const id of trace.order) {
    const stored = posts.get(id);
    if (stored === undefined) continue;
    const account = accountOf(story, id);
    if (actorOf(story, stored) === null && !unregistered.has(account)) unregistered.set(account, id);
    if (stored.post.published.earliest === null) undated.push(id);
  }
  const undetermined = trace.order.filter((id) => trace.parents[id]?.status === "undetermined");
  const texts: Text[] = [
    [
      { observed: u.beyondOrigin, "outside-collection": u.outside, undetermined: u.whichFirst }[
        trace.origin_status
      ],
    ],
  ];
  if (unregistered.size > 0) texts.push(u.owners(telling.countOf([...unregistered.values()])));
  if (unregistered.size > 1) texts.push([u.together]);
  if (statePartsOf(story).some(({ followers }) => followers.length > 0)) texts.push([u.intent]);
  if (undetermined.length > 0) texts.push(u.undetermined(telling.countOf(undetermined)));
  if (undated.length > 0) texts.push(u.undated(telling.countOf(undated)));
  return [...texts, [u.seen], [u.missing]];
}

/** Where what posts declare and what their wording or clock shows do not agree, each with the posts it is about. */
export function contradictionTexts(story: Told, telling: Telling): readonly Text[] {
  const { trace } = story.input;
  return contradictionsOf(trace, telling.look.lang).map((sentence, i) => {
    const posts = Object.values(trace.contradictions[i]!.with).filter((value) => typeof value === "string");
    return cited(sentence, posts);
  });
}

/** A sentence in which ids of posts stand, with each as its number in the annex. Longer ids first: one may begin another. */
function cited(sentence: string, posts: readonly string[]): Text {
  const [id] = posts.toSorted((a, b) => b.length - a.length).filter((post) => sentence.includes(post));
  if (id === undefined) return [sentence];
  const at = sentence.indexOf(id);
  return [
    ...cited(sentence.slice(0, at), posts),
    cite(id),
    ...cited(sentence.slice(at + id.length), posts),
  ].filter((part) => part !== "");
}

/** How the findings came about, and what the method cannot show. */
export function methodTexts(telling: Telling, version: string): readonly Text[] {
  const { method } = telling.m;
  return [
    [method.copies],
    [method.parents],
    [method.confidence],
    ...method.limits.map((limit) => [limit]),
    method.version(version),
  ];
}
