import { diffArrays } from "diff";
import type { Range } from "../../contracts/link.ts";
import type { Post } from "../../contracts/post.ts";
import type { Edit, PostVersion } from "../../contracts/revisit.ts";

/** What one wording has and the other lacks, as ranges of each text, and whether the title is another. */
export interface Changes {
  readonly left_out: readonly Range[];
  readonly added: readonly Range[];
  readonly title: boolean;
}

/** Two texts further apart are told as one stretch from their first to their last difference: reading more helps nobody. */
const MOST_DIFFERENCES = 2_000;

/** What was changed between two wordings of one post, word by word; Chinese, Japanese and Thai character by character. */
export function changesBetween(before: Post, after: Post): Changes {
  const title = (before.title ?? "") !== (after.title ?? "");
  const [a, b] = [tokens(before.text), tokens(after.text)];
  const parts = diffArrays(a, b, { maxEditLength: MOST_DIFFERENCES });
  if (parts === undefined) return { ...ends(before.text, after.text), title };
  const left_out: Range[] = [];
  const added: Range[] = [];
  let [old, now] = [0, 0];
  for (const part of parts) {
    const length = part.value.reduce((sum, token) => sum + token.length, 0);
    if (part.removed) left_out.push([old, old + length]);
    else if (part.added) added.push([now, now + length]);
    if (!part.added) old += length;
    if (!part.removed) now += length;
  }
  return { left_out, added, title };
}

/** The two wordings of an edit: what the same source had seen before, and what it saw then. */
export function editedPair(
  versions: readonly PostVersion[],
  edit: Edit,
): { readonly before: Post; readonly after: Post } | null {
  const after = versions.find(({ first_seen }) => first_seen === edit.by);
  const before = versions.findLast(
    ({ first_seen, post }) => first_seen < edit.by && post.source === after?.post.source,
  );
  return after === undefined || before === undefined ? null : { before: before.post, after: after.post };
}

function tokens(text: string): string[] {
  return (
    text.match(
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}\p{N}]+|\s+|./gsu,
    ) ?? []
  );
}

function ends(before: string, after: string): Omit<Changes, "title"> {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return { left_out: [[start, before.length - end]], added: [[start, after.length - end]] };
}
