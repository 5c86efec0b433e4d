import type { Range } from "../contracts/link.ts";
import type { PostVersion, Visit } from "../contracts/revisit.ts";
import type { StoredPost } from "../contracts/store.ts";
import { excerpt } from "./excerpt.ts";
import type { Names } from "./names.ts";
import { wrap } from "./terminal.ts";
import { timeText } from "./words.ts";

/** What a post said and what became of it, as it is told in a terminal. */
export interface History {
  readonly stored: StoredPost;
  readonly versions: readonly (PostVersion & {
    /** Against the version before it by the same source; null for the first. */
    readonly changes: {
      readonly before: string;
      readonly left_out: readonly Range[];
      readonly added: readonly Range[];
      readonly title: boolean;
    } | null;
  })[];
  readonly visits: readonly Visit[];
}

/** Stretches told of each side of a change, the largest first. */
const STRETCHES = 5;

const REMOVERS = {
  author: "deleted by its author",
  platform: "removed by the platform",
  account: "gone with its account",
  unknown: "gone; by whom is not known",
} as const;

export function historyLines(
  { stored, versions, visits }: History,
  { names, zone }: { readonly names: Names; readonly zone: string },
): readonly string[] {
  const time = (at: string) => timeText(at, zone);
  const state = stateSentence(stored, time);
  return [
    ...wrap(state),
    ...versions.flatMap(({ post, first_seen, last_seen, current, changes }, i) => [
      "",
      `version ${i + 1} of ${versions.length}${current ? ", the current one" : ""}: seen from ${time(first_seen)} to ${time(last_seen)} by ${post.source}`,
      ...(post.sha256 === null ? [] : [`  SHA-256 ${post.sha256}`]),
      ...(changes === null
        ? wrap(`begins ${names.conceal(excerpt(post.text, [0, post.text.length]))}`, { first: "  " })
        : [
            ...(changes.title ? wrap(`title: ${names.conceal(post.title ?? "none")}`, { first: "  " }) : []),
            ...stretches(names, "left out", changes.before, changes.left_out),
            ...stretches(names, "added", post.text, changes.added),
          ]),
    ]),
    ...(visits.length === 0 ? [] : ["", "looked at again:"]),
    ...visits.flatMap(({ at, found, by, reason }) =>
      wrap(
        `${time(at)}  ${found === "gone" ? REMOVERS[by ?? "unknown"] : found}${reason === null ? "" : `: ${names.conceal(reason)}`}`,
        { first: "  ", rest: "    " },
      ),
    ),
  ];
}

function stateSentence(
  { post, existence, edited, revisit_at }: StoredPost,
  time: (at: string) => string,
): string {
  const parts: string[] = [];
  if (existence === undefined) parts.push("nobody has looked again whether it is still there");
  else if (existence.state === "deleted")
    parts.push(
      `${REMOVERS[existence.by ?? "unknown"]}, between ${time(existence.seen_at ?? post.collected_at)} and ${time(existence.since)}`,
    );
  else if (existence.state === "unconfirmed")
    parts.push(`not found since ${time(existence.since)}; one finding is no deletion`);
  else if (existence.state === "unreachable")
    parts.push(`not reached since ${time(existence.since)}; whether it is there is not known`);
  else parts.push(`still there at ${time(existence.visited_at)}`);
  if (edited !== undefined)
    parts.push(`its wording was changed between ${time(edited.after)} and ${time(edited.by)}`);
  if (revisit_at !== undefined) parts.push(`next look ${time(revisit_at)}`);
  return `${post.id}: ${parts.join("; ")}`;
}

function stretches(names: Names, label: string, text: string, ranges: readonly Range[]): readonly string[] {
  const told = ranges.filter(([from, to]) => text.slice(from, to).trim() !== "");
  if (told.length === 0) return [];
  const largest = told.toSorted((a, b) => b[1] - b[0] - (a[1] - a[0])).slice(0, STRETCHES);
  const more = told.length - largest.length;
  const said = largest.map((range) => excerpt(text, range)).join("; ");
  return wrap(names.conceal(`${label}: ${said}${more === 0 ? "" : `; and ${more} shorter`}`), {
    first: "  ",
    rest: "    ",
  });
}
