import type { PostDraft } from "../../contracts/post.ts";
import { readDate } from "../../text/dates.ts";
import { isFields } from "./record.ts";

type Time = Pick<PostDraft, "published_at" | "published_zone" | "published_basis">;

/**
 * The time of an exported post, so that taking it in again gives the same interval: from the date as it was written,
 * with the zone that was assumed for it then. Null when the record is no export or states its instant plainly.
 */
export function exportedTime(published: unknown): Time | null {
  if (!isFields(published)) return null;
  const { basis, raw, earliest, latest } = published;
  if (typeof raw !== "string")
    return basis === "feed" || basis === "page" ? { published_basis: basis } : null;
  const read = readDate(raw, { zone: "UTC" });
  if (read === null || read.zone === "stated" || typeof earliest !== "string" || typeof latest !== "string") {
    return { published_at: raw, ...(basis === "feed" || basis === "page" ? { published_basis: basis } : {}) };
  }
  const [from, to] = [Date.parse(earliest), Date.parse(latest)];
  // An interval wider than the written date had no zone at all, and gets none now.
  const isZoned = to - from === Date.parse(read.latest) - Date.parse(read.earliest);
  return {
    published_at: raw,
    ...(isZoned ? { published_zone: offsetText(Date.parse(read.earliest) - from) } : {}),
  };
}

/** Milliseconds ahead of UTC as `+08:00`. */
function offsetText(ahead: number): string {
  const minutes = Math.abs(Math.round(ahead / 60_000));
  const two = (value: number) => String(value).padStart(2, "0");
  return `${ahead < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
