import type { Fields } from "../fields.ts";

/** One post of a wall as `collect` yields it. */
export interface WallRecord {
  readonly post: Fields;
  /** The communities and people that the post and what it repeats are of, by their numbers. */
  readonly people: Readonly<Record<string, Fields>>;
  readonly sha256: string;
}
