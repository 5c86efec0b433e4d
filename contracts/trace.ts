import type { Confidence, Credit, Relation } from "./link.ts";
import type { Statement } from "./message.ts";
import type { PostId } from "./post.ts";

/** The posts held together by links: a view, recomputable, named by its smallest post id. */
export interface Story {
  readonly story: string;
  readonly members: readonly PostId[];
  /** Bounds of publication over all members, ISO 8601; null when no member has a known time. */
  readonly first: string | null;
  readonly last: string | null;
  readonly platforms: readonly string[];
  readonly languages: readonly string[];
}

export type OriginStatus = "observed" | "outside-collection" | "undetermined";

/**
 * A member's place in the spread. `origin`: nothing in the collection precedes it. `undetermined`: candidates
 * exist, but their order is not known. `outside-collection`: it points at a source that was never collected.
 */
export type ParentStatus = "chosen" | "origin" | "undetermined" | "outside-collection";

export interface ParentChoice {
  readonly parent: PostId | null;
  readonly status: ParentStatus;
  readonly confidence: Confidence;
  /** Other possible parents, best first; all the candidates when the parent is undetermined. */
  readonly alternatives: readonly PostId[];
  readonly relation: Relation | null;
  readonly credit: Credit;
  readonly lag_seconds: readonly [number | null, number | null] | null;
  readonly score: number;
  readonly reasons: readonly string[];
}

/** First post of a story in one language, on one platform or by one actor. */
export interface FirstIn {
  readonly key: string;
  readonly post: PostId;
  /** False when another member's interval of publication overlaps: then it is one of the first. */
  readonly certain: boolean;
}

/** What one actor of the registry did in a story. */
export interface ActorPart {
  readonly actor: string;
  readonly affiliation: string;
  readonly state_controlled: boolean;
  readonly posts: readonly PostId[];
  /** Members whose chosen line of parents leads to a post of this actor. */
  readonly followers: readonly PostId[];
}

/** The explanation of a story. Recomputed whole from the story's posts and links; arrival order plays no part. */
export interface Trace {
  readonly story: string;
  /** The post it began with; null when that lies outside the collection or cannot be told. */
  readonly origin: PostId | null;
  /** The earliest member seen, whatever the origin. */
  readonly first_seen: PostId;
  readonly origin_status: OriginStatus;
  readonly origin_confidence: Confidence;
  readonly origin_reasons: readonly string[];
  readonly posts: number;
  readonly parents: Readonly<Record<PostId, ParentChoice>>;
  /** Members by time; ties by id. */
  readonly order: readonly PostId[];
  readonly first_by_language: readonly FirstIn[];
  readonly first_by_platform: readonly FirstIn[];
  readonly actors: readonly ActorPart[];
  /** Posts that only a suggested link ties to a member: not members, to be looked at. */
  readonly suggested: readonly PostId[];
  /** Declared sources that contradict what the wording or the clock shows, each as a sentence with the posts' ids. */
  readonly contradictions: readonly Statement[];
  /** What cannot be known from this collection, one sentence each. */
  readonly unknowns: readonly string[];
  readonly version: string;
}
