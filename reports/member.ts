import type { PostId } from "../contracts/post.ts";
import { excerpt } from "./excerpt.ts";
import type { Told } from "./story.ts";
import { COLUMNS, wrap } from "./terminal.ts";
import { languageName, publishedText } from "./words.ts";

/** `Hanhai Herald (state-controlled)`: who published a post, with the affiliation of a registered actor. */
export function whoText({ input, names }: Told, id: PostId): string {
  const stored = input.posts.get(id);
  if (stored === undefined) return "an account that is no longer stored";
  const actor = stored.findings?.actor == null ? undefined : input.actors.get(stored.findings.actor);
  const affiliation = actor === undefined || actor.affiliation === "unknown" ? "" : ` (${actor.affiliation})`;
  return names.of(stored) + affiliation;
}

/** A post in two or three lines: who and what, when and in which language, and where it can be read. */
export function memberLines(story: Told, id: PostId): readonly string[] {
  const stored = story.input.posts.get(id);
  const first = `  ${story.ref(id)} `;
  const rest = " ".repeat(first.length);
  if (stored === undefined) return [`${first}a post that is no longer stored`];
  const { post, findings } = stored;
  const words = post.title ?? post.text;
  const about = words === "" ? "" : `: ${story.names.conceal(excerpt(words, [0, words.length], COLUMNS))}`;
  const facts = [
    publishedText(post, story.input.zone),
    post.platform,
    languageName(findings?.language.lang ?? "und"),
  ];
  const url = post.url !== null && story.names.shown(stored) ? [rest + post.url] : [];
  return [
    ...wrap(whoText(story, id) + about, { first }),
    ...wrap(facts.join(" · "), { first: rest }),
    ...url,
  ];
}
