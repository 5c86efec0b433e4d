import type { Post } from "../../contracts/post.ts";
import {
  contentHash,
  editOf,
  isLater,
  type Observation,
  observation,
  readsDifferently,
  together,
} from "../content.ts";
import { type Entry, listedAt } from "./entry.ts";
import { monthOf } from "./names.ts";

/**
 * Other contents kept with a post. A page that says something else at each visit would else make its entry grow without
 * end; what goes is put aside in the index `versions`, and is not known again when it comes back.
 */
const KEPT_VERSIONS = 50;

export interface Observed {
  readonly entry: Entry;
  readonly outcome: "added" | "changed" | "known";
  /** What the analyzers read is another than before. */
  readonly revised: boolean;
  /** What people search is another than before. */
  readonly visible: boolean;
}

/** An entry after a post was seen (again): the same whatever the order of what was seen. Pure. */
export function observe(before: Entry | null, post: Post): Observed {
  const content = contentHash(post);
  const seen = observation(post);
  if (before === null) {
    const entry = {
      ...seen,
      content,
      revision: 0,
      mark: null,
      findings: null,
      story: null,
      place: null,
      versions: [],
      former: [],
    };
    return {
      entry: { ...entry, month: monthOf(listedAt(post)) },
      outcome: "added",
      revised: true,
      visible: true,
    };
  }
  if (before.content === content) {
    const after = together(before, seen);
    const revised = readsDifferently(before.post, after.post);
    const visible = after.post !== before.post;
    return {
      entry: withEdit(revised ? revise(before, { ...after, content }) : { ...before, ...after }),
      outcome: revised ? "changed" : "known",
      revised,
      visible,
    };
  }
  const kept = before.versions.find((version) => version.content === content);
  const after = { ...(kept === undefined ? seen : together(kept, seen)), content };
  const others = before.versions.filter((version) => version !== kept);
  if (!isLater(after, before)) {
    const entry = withEdit({ ...before, versions: latestFirst([...others, after]) });
    return {
      entry,
      outcome: kept === undefined ? "changed" : "known",
      revised: false,
      visible: entry.edited?.by !== before.edited?.by,
    };
  }
  const { post: formerly, first_seen, last_seen, counted_at } = before;
  const former = { post: formerly, first_seen, last_seen, counted_at, content: before.content };
  const entry = withEdit({ ...revise(before, after), versions: latestFirst([...others, former]) });
  return { entry, outcome: "changed", revised: true, visible: true };
}

/** What is kept of the versions, and what is put aside. */
export function splitVersions({
  versions,
}: Entry): readonly [kept: Entry["versions"], aside: Entry["versions"]] {
  return [versions.slice(0, KEPT_VERSIONS), versions.slice(KEPT_VERSIONS)];
}

/** Another content, account or time: what was made of the post is of its former revision. */
function revise(before: Entry, after: Observation & { readonly content: string }): Entry {
  const month = monthOf(listedAt(after.post));
  const former = [...before.former, before.month].filter((each) => each !== month);
  return { ...before, ...after, revision: before.revision + 1, month, former: [...new Set(former)] };
}

function withEdit(entry: Entry): Entry {
  if (entry.versions.length === 0) return entry;
  const edited = editOf([...entry.versions, entry]);
  const { edited: _, ...rest } = entry;
  return edited === null ? rest : { ...rest, edited };
}

function latestFirst(versions: Entry["versions"]): Entry["versions"] {
  return versions.toSorted((a, b) => (isLater(a, b) ? -1 : 1));
}
