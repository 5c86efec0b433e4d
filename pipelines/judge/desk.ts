import { linkPosts } from "../../analyzers/links/index.ts";
import { keysOf } from "../../analyzers/links/prepare.ts";
import type { PostFindings, PostKeys } from "../../contracts/finding.ts";
import type { Link } from "../../contracts/link.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Parts } from "../parts.ts";
import { Languages } from "./languages.ts";
import { PreparedPosts, type ReadPost } from "./prepared.ts";

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

/** Characters of text kept prepared: 160 MB. A month of a busy collection is compared without reading a post twice. */
const KEPT_CHARACTERS = 12_000_000;

export type DeskParts = Pick<Parts, "actorOf" | "watchesOf" | "copies" | "version">;

export function createDesk(parts: DeskParts): Desk {
  const { watchesOf, copies, version } = parts;
  const prepared = new PreparedPosts(parts, KEPT_CHARACTERS);
  const languages = new Languages();

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

    async compare({ ids, pairs, posts, absent }) {
      for (const stored of posts) prepared.put(stored);
      const entries = ids.map((id) => prepared.get(id));
      const gone = new Set(absent);
      const missing = ids.filter((id, i) => entries[i] === undefined && !gone.has(id));
      if (missing.length > 0) return { missing };
      const links = new Map<number, Link>();
      for (let i = 0; i < pairs.length; i += 2) {
        const [one, other] = [pairs[i]!, pairs[i + 1]!];
        const [a, b] = [entries[one], entries[other]];
        if (a === undefined || b === undefined) continue;
        const link = linkPosts(a.prepared, b.prepared, copies, version);
        if (link !== null) links.set(Math.min(one, other) * ids.length + Math.max(one, other), link);
      }
      prepared.trim();
      return { links: [...links.values()], revisions: entries.map((entry) => entry?.revision ?? null) };
    },

    forget: async (ids) => prepared.forget(ids),
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
