import { changeLines } from "./changes.ts";
import { contradictionsOf } from "./contradictions.ts";
import { doubtLines, suggestedLines, sureLines } from "./doubts.ts";
import { firstLines, originLines, stateLines } from "./origin.ts";
import { spreadLines } from "./spread.ts";
import { type FindingInput, type Told, told } from "./story.ts";
import { summaryOf } from "./summary.ts";
import { COLUMNS, plain, shorten, wrap } from "./terminal.ts";

export type { FindingInput };

/**
 * The finding of one story in plain words, as lines of a terminal. It says what was seen, how sure that is, and what
 * cannot be known; shared wording is told as copying and never as coordination, affiliation or intent.
 */
export function findingLines(input: FindingInput): readonly string[] {
  const story = told(input);
  return [
    ...titleLines(story),
    "",
    ...wrap(summaryOf(story)),
    ...section("Origin", originLines(story)),
    ...section("First pick-ups", firstLines(story)),
    ...section("State-controlled outlets", stateLines(story)),
    ...section("How it spread", spreadLines(story)),
    ...section("What each left out or added", changeLines(story)),
    ...section("To be looked at", suggestedLines(story)),
    ...section("Contradictions", doubtLines(story, contradictionsOf(input.trace))),
    ...section("What cannot be known", doubtLines(story, input.trace.unknowns)),
    ...section("How sure", sureLines(story)),
  ];
}

function titleLines(story: Told): readonly string[] {
  const { trace, posts } = story.input;
  const post = posts.get(trace.origin ?? trace.first_seen)?.post;
  const title = shorten(plain(post?.title ?? post?.text ?? ""), 2 * COLUMNS);
  return wrap(story.names.conceal(title === "" ? "a post without words" : title), {
    first: `${trace.story}  `,
  });
}

/** A headed part of the finding; nothing when it has nothing to say. */
function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", heading.toUpperCase(), ...lines];
}
