import type { Post, PostId } from "./post.ts";

/** Who took a post away, as far as the platform says: `account` went with all it had; `unknown`: it is only not there. */
export const REMOVERS = ["author", "platform", "account", "unknown"] as const;
export type Remover = (typeof REMOVERS)[number];

/** The post is there. Its records go through `map`, and a changed text becomes a version; none when it cannot be read anew. */
export interface Seen {
  readonly found: "seen";
  /** As a collection gives them: where, and what `map` reads. */
  readonly records: readonly { readonly where: string; readonly raw: unknown }[];
}

/**
 * The platform says that the post is not there any more. A platform that has a page or an answer for this is believed only
 * by it: there a bare 404 is Unreachable. Elsewhere a 404 or 410 of a host that otherwise answers is Gone by `unknown`.
 */
export interface Gone {
  readonly found: "gone";
  readonly by: Remover;
  /** What the platform said, in its words where there are any: `404 Not Found`, `此内容因违规无法查看`. */
  readonly reason: string;
  /** SHA-256 of the bytes that said so. */
  readonly sha256: string | null;
}

/** Nothing can be told: a log-in wall, a check for robots, a host that does not answer, a page that shows something else. */
export interface Unreachable {
  readonly found: "unreachable";
  readonly reason: string;
}

/** What was found where a post had stood. A host that asks to wait is no finding: that is thrown as RetryLater. */
export type Revisited = Seen | Gone | Unreachable;

/** A finding at a time, as it is kept with the post. */
export interface Visit {
  readonly post: PostId;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly found: Revisited["found"];
  readonly by: Remover | null;
  readonly reason: string | null;
  readonly sha256: string | null;
}

/** Gone on one visit only, or on several close together, is `unconfirmed`: nothing is called deleted on one 404. */
export const EXISTENCES = ["present", "unconfirmed", "deleted", "unreachable"] as const;

/** What a post's visits add up to: see text/existence.ts. */
export interface Existence {
  readonly state: (typeof EXISTENCES)[number];
  /** Of what is gone: by whom, in whose words, and the hash of the bytes that said so. */
  readonly by: Remover | null;
  readonly reason: string | null;
  readonly sha256: string | null;
  /** When it was last seen on a visit; null when it never was, so that only its collection bounds it. */
  readonly seen_at: string | null;
  /** When the state was first found: what is deleted went between `seen_at` and this. */
  readonly since: string;
  readonly visited_at: string;
  /** Visits since it was last seen, or since the first. */
  readonly missed: number;
}

/** Another wording by the same source: it was changed after the one bound and by the other. */
export interface Edit {
  readonly after: string;
  readonly by: string;
}

/** What a post said, and how long it is known to have said so. */
export interface PostVersion {
  readonly post: Post;
  readonly first_seen: string;
  readonly last_seen: string;
  readonly current: boolean;
}
