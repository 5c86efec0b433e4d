/** A post of a forum as its interface gives it, with what the map must know of where it stood. */
export interface PostRecord {
  /** Origin of the forum. */
  readonly site: string;
  /** Title of its topic, where the post does not carry it. */
  readonly topic: string | null;
  readonly post: unknown;
  readonly sha256: string;
}
