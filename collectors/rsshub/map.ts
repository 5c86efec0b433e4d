import type { Mapped } from "../../contracts/collector.ts";
import { hostOf } from "../../text/urls.ts";
import { map as mapFeedItem } from "../rss/map.ts";
import { feedOf, type RsshubOptions } from "./options.ts";
import { nativeId } from "./route.ts";

/** An item of a route as a draft: a feed's item, with the platform's own id and account. Pure. */
export function map(raw: unknown, options: RsshubOptions): Mapped {
  const feed = feedOf(options);
  const mapped = mapFeedItem(raw, feed);
  if ("rejected" in mapped) return mapped;
  const { draft, unknown_fields } = mapped;
  const id = nativeId(feed.platform, draft.url);
  // The instance is no publisher: an item of the web is its own site's.
  const here = hostOf(options.instance);
  const account =
    draft.account?.id === here ? { ...draft.account, id: hostOf(draft.url ?? "") ?? here } : draft.account;
  return {
    draft: { ...draft, ...(id === null ? {} : { id }), ...(account === undefined ? {} : { account }) },
    unknown_fields: unknown_fields.filter((name) => name !== "_extra"),
  };
}
