import type { Fields } from "../fields.ts";
import type { XmlItem } from "../rss/record.ts";

/** One post as `collect` yields it. */
export type RedditRecord =
  /** The data of a thing of kind t3, as the interface gives it. */
  | { readonly form: "link"; readonly link: Fields; readonly sha256: string }
  /** As a feed gives it: without counts, and without what became of it. */
  | { readonly form: "entry"; readonly entry: XmlItem };

export const REDDIT = "https://www.reddit.com";
