import { type Gist, gistOf, mayLink } from "../../analyzers/links/gist.ts";
import { linkPosts } from "../../analyzers/links/index.ts";
import { keysOf } from "../../analyzers/links/prepare.ts";
import type { PostFindings, PostKeys } from "../../contracts/finding.ts";
import type { Link } from "../../contracts/link.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Parts } from "../parts.ts";
import { Gists } from "./gists.ts";
import { Languages } from "./languages.ts";
import { PreparedPosts, type ReadPost } from "./prepared.ts";
import type { Room } from "./room.ts";

/** Posts to compare with one another; with those that the desk said it lacks, and which of these are not stored. */
export interface Comparison {
  readonly ids: readonly PostId[];
  /** Each pair by the places of its two posts in `ids`, one after the other. */
  readonly pairs: Int32Array;
  readonly posts: readonly ReadPost[];
  readonly absent: readonly PostId[];
}

export interface Compared {
  readonly links: readonly Link[];
  /** The revision in which each post was read, in order of the ids; null of those that are not stored. */
  readonly revisions: readonly (string | null)[];
}

/** Or what it lacks to do it. */
export type ComparedOrMissing = Compared | { readonly missing: readonly PostId[] };

/** What reads posts and compares them: here, or in a thread of its own. It keeps what it has read for a while. */
export interface Desk {
  /** What each post says by itself, in order. */
  read(posts: readonly ReadPost[]): Promise<readonly PostFindings[]>;
  compare(comparison: Comparison): Promise<ComparedOrMissing>;
  /** Posts that have changed meanwhile. */
  forget(posts: readonly PostId[]): Promise<void>;
}

export type DeskParts = Pick<Parts, "actorOf" | "watchesOf" | "copies" | "version">;

interface DeskOptions {
  /** Reads posts, fewer where some are not stored. Without it, or where it fails, the one who asks has to. */
  readonly beside?: (ids: readonly PostId[]) => readonly ReadPost[];
}

export function createDesk(
  parts: DeskParts,
  { characters, gists: most }: Room,
  { beside }: DeskOptions = {},
): Desk {
  const { watchesOf, copies, version } = parts;
  const prepared = new PreparedPosts(parts, characters);
  const gists = new Gists(most);
  const languages = new Languages();

  /** Reads what has to be read; null where the one who asks has to bring it. */
  function readBeside(ids: readonly PostId[]): readonly ReadPost[] | null {
    if (ids.length === 0) return [];
    try {
      return beside?.(ids) ?? null;
    } catch {
      return null;
    }
  }

  /** A post is read only where its gist does not tell that nothing links it to another. */
  function compare({ ids, pairs, posts, absent }: Comparison): ComparedOrMissing {
    for (const stored of posts) prepared.put(stored);
    const gone = new Set(absent);
    const whole = ids.map((id) => prepared.get(id));
    const kept = ids.map((id, i) => (whole[i] || gone.has(id) ? undefined : gists.get(id)));
    const inShort: (Gist | undefined)[] = kept.map((each) => each?.gist);
    const gistAt = (place: number): Gist | undefined => {
      inShort[place] ??= whole[place] && gistOf(whole[place].prepared);
      return inShort[place];
    };
    const lacking = new Set<number>();
    for (const [i, id] of ids.entries()) if (!whole[i] && !kept[i] && !gone.has(id)) lacking.add(i);
    const open: number[] = [];
    for (let i = 0; i < pairs.length; i += 2) {
      const [one, other] = [pairs[i]!, pairs[i + 1]!];
      if (!whole[one] || !whole[other]) {
        const [a, b] = [gistAt(one), gistAt(other)];
        if (a && b && !mayLink(a, b, copies)) continue;
        for (const place of [one, other]) if (kept[place]) lacking.add(place);
      }
      open.push(one, other);
    }
    const missing = [...lacking].map((place) => ids[place]!);
    const read = readBeside(missing);
    if (read === null) return { missing };
    for (const stored of read) prepared.put(stored);
    for (const place of lacking) whole[place] = prepared.get(ids[place]!);
    const outOfDate = [...lacking].filter((i) => kept[i] && kept[i].revision !== whole[i]?.revision);
    if (outOfDate.length > 0) {
      for (const place of outOfDate) gists.forget(ids[place]!);
      return compare({ ids, pairs, posts: [], absent: ids.filter((_, i) => !whole[i] && !kept[i]) });
    }
    const links = new Map<number, Link>();
    for (let i = 0; i < open.length; i += 2) {
      const [one, other] = [open[i]!, open[i + 1]!];
      const [a, b] = [whole[one], whole[other]];
      if (a === undefined || b === undefined) continue;
      const link = linkPosts(a.prepared, b.prepared, copies, version);
      if (link !== null) links.set(Math.min(one, other) * ids.length + Math.max(one, other), link);
    }
    for (const entry of prepared.trim()) gists.put(gistOf(entry.prepared), entry.revision);
    const revisions = ids.map((_, i) => (whole[i] ?? kept[i])?.revision ?? null);
    return { links: [...links.values()], revisions };
  }

  return {
    async read(posts) {
      const langs = await languages.of(posts.map(({ post }) => post));
      const entries = posts.map((stored) => prepared.put(stored));
      const keys = inOnePiece(entries.map(keysOf));
      return entries.map(({ post, actor: registered }, i): PostFindings => {
        const actor = registered?.id ?? null;
        const language = langs[i]!;
        const watches = watchesOf(post, language, actor);
        return { post: post.id, language, actor, keys: keys[i]!, watches, version };
      });
    },

    compare: async (asked) => compare(asked),

    async forget(ids) {
      prepared.forget(ids);
      for (const id of ids) gists.forget(id);
    },
  };
}

/** The same keys, all in one piece of memory, which goes to another thread as one. */
function inOnePiece(all: readonly PostKeys[]): readonly PostKeys[] {
  const arrays = ["passages", "own", "refers", "shows"] as const;
  let length = 0;
  for (const keys of all) for (const name of arrays) length += keys[name].length;
  const whole = new Uint32Array(length);
  let at = 0;
  const put = (array: Uint32Array): Uint32Array => {
    whole.set(array, at);
    at += array.length;
    return whole.subarray(at - array.length, at);
  };
  return all.map(({ wording, passages, own, refers, shows }) => ({
    wording,
    passages: put(passages),
    own: put(own),
    refers: put(refers),
    shows: put(shows),
  }));
}
