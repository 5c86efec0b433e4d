import type { CollectorIo } from "../../contracts/collector.ts";
import { RetryLater, SetAside } from "../../contracts/errors.ts";
import { decodeBody } from "../../text/charset.ts";
import { readFeed } from "../rss/feed.ts";
import type { XmlItem } from "../rss/record.ts";
import type { WalkItem, WalkPage } from "../walk.ts";
import type { YoutubeRecord } from "./record.ts";

/** Feeds of channels that are there answer 404 for hours, in waves. */
const WAVE_MS = 3_600_000;

/** The one page of a feed. */
export function feedPage(url: string, io: CollectorIo) {
  return async (): Promise<WalkPage> => {
    const fetched = await io.fetch(url, {
      accept: "application/atom+xml, application/xml;q=0.9",
      signal: io.signal,
      statuses: [404, 500],
    });
    if (fetched.status > 299) {
      throw new RetryLater(
        `${url} answered ${fetched.status}. YouTube's feeds do that for hours at a time, so it says nothing of the channel; when it goes on for days, check the id.`,
        WAVE_MS,
      );
    }
    const feed = readFeed(decodeBody(fetched, "xml").text, { url: fetched.url, sha256: fetched.sha256 });
    if ("problem" in feed) throw new SetAside(`${url} ${feed.problem}.`);
    if (!feed.complete) io.warn(url, "the feed stops in the middle; its last video may lack something");
    const items = feed.items.flatMap((item) => (item.format === "atom" ? [itemOf(item, url)] : []));
    if (items.length < feed.items.length) throw new SetAside(`${url} is a feed, but none of YouTube.`);
    return { items, next: null };
  };
}

function itemOf(entry: XmlItem, url: string): WalkItem {
  const published = Date.parse(entry.fields.published?.[0]?.text ?? "");
  const known = !Number.isNaN(published);
  const raw: YoutubeRecord = { form: "entry", entry };
  return {
    where: entry.fields.id?.[0]?.text.trim() || url,
    raw,
    key: known ? new Date(published).toISOString() : "",
    apart: !known,
  };
}
