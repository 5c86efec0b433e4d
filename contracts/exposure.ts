/** How often posts may have been seen: an interval with what it rests on, never one number. */
export interface Exposure {
  /** Bounds of the viewings, by the posts that give a count; null when none does. */
  readonly viewings: { readonly least: number; readonly most: number } | null;
  /** Posts with a count of views, and without. */
  readonly counted: readonly string[];
  readonly silent: readonly string[];
  /** Likes, reposts and comments, summed over the posts that give them. */
  readonly interactions: number;
  readonly interacting: readonly string[];
}
