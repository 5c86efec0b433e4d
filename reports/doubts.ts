import type { Link } from "../contracts/link.ts";
import type { PostId } from "../contracts/post.ts";
import { memberLines } from "./member.ts";
import type { Told } from "./story.ts";
import { wrap } from "./terminal.ts";
import { counted, listed } from "./words.ts";

/** Suggested posts shown; the others are counted. */
const SUGGESTED = 5;

/** Posts that resemble a member, but not enough to be asserted. */
export function suggestedLines(story: Told): readonly string[] {
  const { trace } = story.input;
  const shown = trace.suggested
    .slice(0, SUGGESTED)
    .flatMap((id) => [...memberLines(story, id), ...whyLines(story, id)]);
  const more = trace.suggested.length - SUGGESTED;
  return more > 0
    ? [...shown, `  … and ${more} more; \`headwater trace ${trace.story} --json\` has all`]
    : shown;
}

function whyLines(story: Told, id: PostId): readonly string[] {
  const best = story.input.links
    .filter(({ child, parent, verdict }) => (child === id || parent === id) && verdict !== "rejected")
    .sort((a, b) => b.score - a.score)[0];
  if (best === undefined) return [];
  const other = best.child === id ? best.parent : best.child;
  const reasons = best.reasons.map(story.say).join("; ");
  return wrap(
    `Perhaps ${a(best)} ${best.child === id ? "of" : "for"} ${story.ref(other)}: ${reasons}. Too little to assert.`,
    {
      first: " ".repeat(story.ref(id).length + 3),
    },
  );
}

function a({ relation }: Link): string {
  return relation === "excerpt" ? "an excerpt" : `a ${relation}`;
}

/** Sentences as a list, ids as numbers. */
export function doubtLines(story: Told, sentences: readonly string[]): readonly string[] {
  return sentences.flatMap((each) => wrap(story.say(each), { first: "  - " }));
}

/** Confidence in the origin and in each parent, with what lowers it. */
export function sureLines(story: Told): readonly string[] {
  const { trace } = story.input;
  const chosen = Object.values(trace.parents).filter(({ status }) => status === "chosen");
  const levels = (["high", "moderate", "low"] as const).flatMap((level) => {
    const count = chosen.filter(({ confidence }) => confidence === level).length;
    return count === 0 ? [] : [`${count} ${level}`];
  });
  const open = Object.values(trace.parents).filter(({ status }) => status === "undetermined").length;
  const parents = levels.length === 0 ? "" : ` Parents: ${listed(levels)} confidence`;
  const undetermined = open === 0 ? "" : `, ${open} undetermined`;
  const weak = trace.order.filter((id) => {
    const choice = trace.parents[id];
    return choice?.status === "chosen" && choice.confidence === "low";
  });
  const look = weak.length === 0 ? "" : ` Least sure: ${listed(weak.slice(0, SUGGESTED).map(story.ref))}.`;
  const links = counted(story.input.links.length, "link", "links");
  return [
    ...wrap(
      `Origin: ${trace.origin_confidence} confidence.${parents}${undetermined}${parents === "" ? "" : "."}${look}`,
      {
        first: "  ",
      },
    ),
    ...wrap(
      `Confidence is that of ICD 203: how good the evidence is, not how likely a purpose. It rests on ${links} with spans and reasons, found by ${trace.version}.`,
      { first: "  " },
    ),
  ];
}
