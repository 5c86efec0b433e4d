import type { Fields } from "../fields.ts";
import type { XmlItem } from "../rss/record.ts";

/** One video as `collect` yields it. */
export type YoutubeRecord =
  /** As the Data API gives it. */
  | { readonly form: "video"; readonly video: Fields; readonly sha256: string }
  /** As the feed of a channel or a playlist gives it. */
  | { readonly form: "entry"; readonly entry: XmlItem }
  /** One that a list names and that is not given out: what the list calls it. */
  | { readonly form: "missing"; readonly id: string; readonly title: string | null };

export function watchUrl(id: string): string {
  return `https://www.youtube.com/watch?v=${id}`;
}
