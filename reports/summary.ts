import type { PostId } from "../contracts/post.ts";
import { whoText } from "./member.ts";
import type { Told } from "./story.ts";
import { counted, lagText, languageName, listed, timeText } from "./words.ts";

/** The finding in four sentences. */
export function summaryOf(story: Told): string {
  return [spanText(story), originText(story), pickUpText(story), relayText(story)].filter(Boolean).join(" ");
}

function spanText({ input: { story, trace, zone } }: Told): string {
  const where = `${counted(trace.posts, "post", "posts")} on ${listed(story.platforms)}`;
  if (story.first === null || story.last === null) return `${where}, at times that are not known.`;
  return `${where}, from ${timeText(story.first, zone)} to ${timeText(story.last, zone)}.`;
}

function originText(story: Told): string {
  const { trace, posts } = story.input;
  const start = trace.origin ?? trace.first_seen;
  const language = languageName(posts.get(start)?.findings?.language.lang ?? "und");
  const who = `${story.ref(start)} by ${whoText(story, start)}, in ${language}`;
  if (trace.origin_status === "observed") return `Within the collection it begins with ${who}.`;
  if (trace.origin_status === "undetermined")
    return `Where it began cannot be told; among the earliest seen is ${who}.`;
  return `It began outside the collection; the earliest post seen is ${who}.`;
}

/** The first pick-up in another language, Chinese before others: it is what analysts ask first. */
function pickUpText(story: Told): string {
  const { trace } = story.input;
  const start = trace.origin ?? trace.first_seen;
  const others = trace.first_by_language.filter(({ post }) => post !== start);
  const first = others.find(({ key }) => key === "zh") ?? others[0];
  if (first === undefined) return "";
  const choice = trace.parents[first.post];
  const credit = choice === undefined ? "" : creditText(story, choice.parent, choice.credit);
  const lag =
    choice?.parent == null ? "" : `, ${lagText(choice.lag_seconds)} after ${story.ref(choice.parent)}`;
  const which = first.certain ? "The first" : "One of the first";
  return `${which} in ${languageName(first.key)} is ${story.ref(first.post)} by ${whoText(story, first.post)}${lag}${credit}.`;
}

function creditText(story: Told, parent: PostId | null, credit: string): string {
  if (parent === null || credit === "unknown") return "";
  return credit === "credited" ? `, which it credits` : `, without crediting ${story.ref(parent)}`;
}

function relayText({ input: { trace } }: Told): string {
  const state = trace.actors.filter(({ state_controlled }) => state_controlled);
  const followers = new Set(state.flatMap((part) => part.followers));
  // Two state-controlled outlets may follow each other; they are no relays of another's text here.
  for (const id of state.flatMap((part) => part.posts)) followers.delete(id);
  if (followers.size === 0) return "";
  const silent = [...followers].filter((id) => trace.parents[id]?.credit === "uncredited").length;
  const carried = `${counted(followers.size, "post by another account leads", "posts by other accounts lead")} back to state-controlled outlets`;
  return `${carried}; ${silent === 0 ? "all credit" : `${silent} of them do not credit`} what they follow.`;
}
