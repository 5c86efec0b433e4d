import type { Actor } from "../contracts/actor.ts";
import type { PostId } from "../contracts/post.ts";
import type { ActorPart, FirstIn } from "../contracts/trace.ts";
import { memberLines } from "./member.ts";
import { accountOf, type Told } from "./story.ts";
import { wrap } from "./terminal.ts";
import { counted, lagText, languageName, listed, sentence } from "./words.ts";

const INDENT = "      ";

/** Where the story began as far as the collection shows. */
export function originLines(story: Told): readonly string[] {
  const { trace } = story.input;
  const shown = memberLines(story, trace.origin ?? trace.first_seen);
  const said = {
    observed: "Nothing in the collection that leads to it is earlier.",
    "outside-collection": "The origin lies outside the collection. This is the earliest post seen.",
    undetermined: "The origin cannot be told. This is one of the earliest posts seen.",
  }[trace.origin_status];
  const reasons = trace.origin_reasons.map((reason) => sentence(story.say(reason))).join(" ");
  return [...shown, ...wrap(`${said} Confidence ${trace.origin_confidence}: ${reasons}`, { first: INDENT })];
}

/** The first post in each further language, with its debt to its parent; then the first on each platform. */
export function firstLines(story: Told): readonly string[] {
  const { trace, posts } = story.input;
  const start = trace.origin ?? trace.first_seen;
  const pickUps = trace.first_by_language
    .filter(({ post }) => post !== start)
    .sort((a, b) => trace.order.indexOf(a.post) - trace.order.indexOf(b.post));
  const lines = pickUps.flatMap((first) => [
    `  First in ${languageName(first.key)}${first.certain ? "" : ", or one of the first: the times of others overlap"}`,
    ...memberLines(story, first.post),
    ...wrap(debtText(story, first.post), { first: INDENT }),
  ]);
  const platforms = trace.first_by_platform.filter(({ post }) => posts.has(post));
  if (platforms.length < 2) return lines;
  const told = platforms.map((first) => `${first.key} ${story.ref(first.post)}${mark(first)}`);
  const doubt = platforms.some(({ certain }) => !certain)
    ? " (~ one of the first: the times of others overlap)"
    : "";
  return [...lines, ...wrap(`First on each platform: ${told.join(", ")}${doubt}`, { first: "  " })];
}

function mark({ certain }: FirstIn): string {
  return certain ? "" : "~";
}

/** What a post owes to its parent: how long after, and whether it says so. */
export function debtText(story: Told, id: PostId): string {
  const choice = story.input.trace.parents[id];
  if (choice === undefined) return "";
  const reasons = choice.reasons.map((reason) => story.say(reason)).join("; ");
  if (choice.status === "outside-collection") return sentence(reasons);
  if (choice.status === "undetermined") {
    return `Its parent is undetermined; candidates are ${listed(choice.alternatives.slice(0, 5).map(story.ref))}.`;
  }
  if (choice.parent === null) return "No parent of it is in the collection.";
  const parent = story.ref(choice.parent);
  const credit = {
    credited: `credits ${parent}`,
    uncredited: `does not credit ${parent}`,
    unknown: `credit unknown`,
  };
  return sentence(`${lagText(choice.lag_seconds)} after ${parent}; ${credit[choice.credit]}: ${reasons}`);
}

/** What outlets registered as state-controlled published, and who carried it on. */
export function stateLines(story: Told): readonly string[] {
  const { trace, actors } = story.input;
  return trace.actors
    .filter(({ state_controlled }) => state_controlled)
    .flatMap((part) => wrap(partText(story, part, actors.get(part.actor)), { first: "  ", rest: INDENT }));
}

/** Numbers beyond these are counted only. */
const NAMED = 12;

function partText(story: Told, part: ActorPart, registered: Actor | undefined): string {
  const { posts, followers } = part;
  const own = `${registered?.name ?? part.actor}${registeredText(registered)}: ${counted(posts.length, "post", "posts")}, ${refs(story, posts)}.`;
  if (followers.length === 0) return own;
  const silent = followers.filter((id) => story.input.trace.parents[id]?.credit === "uncredited").length;
  const accounts = new Set(followers.map((id) => accountOf(story, id))).size;
  const from = `${counted(followers.length, "post", "posts")} of ${counted(accounts, "other account", "other accounts")}`;
  return `${own} Leading back to it: ${from}, ${refs(story, followers)}; ${silent} of them ${silent === 1 ? "does" : "do"} not credit the parent.`;
}

/** Whose judgement the affiliation is. */
function registeredText(actor: Actor | undefined): string {
  const evidence = actor?.evidence[0];
  if (actor === undefined || evidence === undefined) return "";
  const country = actor.country === undefined ? "" : `${actor.country}; `;
  return ` (${country}registered on the evidence of “${evidence.source}”, ${evidence.date}, ${actor.confidence} confidence)`;
}

function refs(story: Told, ids: readonly PostId[]): string {
  const named = ids.slice(0, NAMED).map(story.ref).join(" ");
  return ids.length > NAMED ? `${named} and ${ids.length - NAMED} more` : named;
}
