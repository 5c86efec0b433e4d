import type { Collector } from "../../contracts/collector.ts";
import { type WalkCursor, walkBack } from "../walk.ts";
import { listen } from "./jetstream.ts";
import { feedPages, searchPages } from "./lists.ts";
import { map } from "./map.ts";
import { type BlueskyCursor, type BlueskyOptions, blueskyOptions } from "./options.ts";
import { revisit } from "./revisit.ts";

export const bluesky: Collector<BlueskyOptions, BlueskyCursor> = {
  info: {
    name: "bluesky",
    title: "Bluesky",
    summary:
      "Reads an account's posts and reposts, a search, or what the stream of the network says of some accounts or words.",
    lawful_basis:
      "Posts are public records of an open network, given out by its documented interfaces; who asks not to be shown without a log-in is left out.",
    options: blueskyOptions,
    references: [
      "https://docs.bsky.app/docs/api/app-bsky-feed-get-author-feed",
      "https://docs.bsky.app/docs/api/app-bsky-feed-search-posts",
      "https://github.com/bluesky-social/jetstream",
      "https://docs.bsky.app/docs/advanced-guides/rate-limits",
    ],
  },
  secrets: [
    { name: "identifier", required: false, description: "Handle of the account that searches." },
    { name: "app_password", required: false, description: "An app password of that account." },
  ],
  map,
  revisit,
  async *collect(options, from, io) {
    const { actor, search, jetstream, pages } = options;
    if (jetstream !== undefined) {
      yield* listen(jetstream, from !== null && "cursor" in from ? from : null, io);
      return;
    }
    const walked: WalkCursor | null = from !== null && "floor" in from ? from : null;
    if (actor !== undefined) {
      yield* walkBack({ of: `@${actor}`, pages, ask: feedPages(actor, options, io) }, walked, io);
    } else if (search !== undefined) {
      const ask = await searchPages(search, options, io);
      yield* walkBack({ of: search, pages, ask }, walked, io);
    }
  },
};
