import type { ActorPart, ParentChoice, Trace } from "../../contracts/trace.ts";
import type { Member } from "./member.ts";

/** What this collection cannot tell about a story, one sentence each. It is part of the finding. */
export function unknownsOf(
  members: readonly Member[],
  parents: Readonly<Record<string, ParentChoice>>,
  actors: readonly ActorPart[],
  origin: Pick<Trace, "origin_status">,
): readonly string[] {
  const unregistered = new Set(members.filter(({ actor }) => actor === null).map(({ account }) => account));
  const undetermined = members.filter(({ id }) => parents[id]!.status === "undetermined").length;
  const undated = members.filter(({ from }) => !Number.isFinite(from)).length;
  const sentences: string[] = [];
  if (origin.origin_status === "observed") {
    sentences.push("Whether the origin itself drew on something outside this collection is not known.");
  } else if (origin.origin_status === "outside-collection") {
    sentences.push("The origin was never collected; what it said, and when, is not known.");
  } else sentences.push("Which of the earliest posts came first cannot be told from their times.");
  if (unregistered.size > 0) {
    sentences.push(
      `Who owns or runs the ${unregistered.size} ${unregistered.size === 1 ? "account that is" : "accounts that are"} in no registry is not known.`,
    );
  }
  if (unregistered.size > 1) {
    sentences.push(
      "Whether the accounts acted together cannot be told from one story: shared wording shows copying, not coordination.",
    );
  }
  if (actors.some(({ state_controlled, followers }) => state_controlled && followers.length > 0)) {
    sentences.push(
      "That an account carries a state-controlled outlet's text shows neither affiliation nor intent.",
    );
  }
  if (undetermined > 0) {
    sentences.push(
      `For ${undetermined} ${undetermined === 1 ? "post" : "posts"} the parent is undetermined: the times of publication overlap.`,
    );
  }
  if (undated > 0) {
    sentences.push(
      `${undated} ${undated === 1 ? "post has" : "posts have"} no usable time of publication; only when they were collected is known.`,
    );
  }
  sentences.push(
    "How many people saw these posts, and whether their engagement is genuine, is not known from counts alone.",
  );
  sentences.push(
    "Posts that were deleted or never collected are missing; a relay may have copied one of those.",
  );
  return sentences;
}
