import type { CollectorIo } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import { decodeBody } from "../../text/charset.ts";
import { readFeed } from "../rss/feed.ts";
import type { XmlItem } from "../rss/record.ts";
import type { WalkItem, WalkPage } from "../walk.ts";
import { pathOf } from "./listing.ts";
import type { RedditOptions } from "./options.ts";
import type { RedditRecord } from "./record.ts";

/** The feed of a list, 100 posts of it: what is given out without an application. */
export function feedPage(options: RedditOptions, io: CollectorIo) {
  const url = new URL(`${pathOf(options)}/.rss`, options.site);
  url.searchParams.set("limit", "100");
  return async (): Promise<WalkPage> => {
    const fetched = await io.fetch(url.href, { accept: "application/atom+xml", signal: io.signal });
    if (/^\/login\b/.test(new URL(fetched.url).pathname)) {
      throw new SetAside(
        `${url.href} asks for a log-in, and none is passed; use an application (\`client_id_env\`).`,
      );
    }
    const feed = readFeed(decodeBody(fetched, "xml").text, { url: fetched.url, sha256: fetched.sha256 });
    if ("problem" in feed)
      throw new SetAside(`${url.href} ${feed.problem}: it blocks us, or there is no such list.`);
    if (!feed.complete) io.warn(url.href, "the feed stops in the middle; its last post may lack something");
    const items = feed.items.flatMap((item) => (item.format === "atom" ? [itemOf(item, url.href)] : []));
    if (items.length < feed.items.length) throw new SetAside(`${url.href} is a feed, but none of Reddit.`);
    return { items, next: null };
  };
}

function itemOf(entry: XmlItem, url: string): WalkItem {
  const id = entry.fields.id?.[0]?.text.trim() ?? "";
  const key = /^t3_(\w+)$/.exec(id)?.[1];
  const raw: RedditRecord = { form: "entry", entry };
  return {
    where: entry.fields.link?.[0]?.attributes?.href ?? url,
    raw,
    key: key ?? "",
    apart: key === undefined,
  };
}
