import type { Collector } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import { type WalkCursor, walkBack } from "../walk.ts";
import { feedPage } from "./feed.ts";
import { listingPages, logIn, pathOf } from "./listing.ts";
import { map } from "./map.ts";
import { type RedditOptions, redditOptions } from "./options.ts";
import { revisit } from "./revisit.ts";

export const reddit: Collector<RedditOptions, WalkCursor> = {
  info: {
    name: "reddit",
    title: "Reddit",
    summary:
      "Reads the new posts of a subreddit, of a user or of a search, with crossposts and what became of removed ones.",
    lawful_basis:
      "The interface is used with an application of your own, under its terms; without one, the feeds that are published for everyone.",
    options: redditOptions,
    references: [
      "https://www.reddit.com/dev/api/oauth",
      "https://support.reddithelp.com/hc/en-us/articles/16160319875092-Reddit-Data-API-Wiki",
    ],
  },
  secrets: [
    { name: "client_id", required: false, description: "Id of an application registered with Reddit." },
    { name: "client_secret", required: false, description: "Its secret." },
  ],
  map,
  revisit,
  async *collect(options, from, io) {
    const { client_id, client_secret } = io.secrets;
    if ((client_id === undefined) !== (client_secret === undefined)) {
      throw new SetAside("An application has an id and a secret: give `client_id_…` and `client_secret_…`.");
    }
    if (client_id === undefined && options.search !== undefined) {
      throw new SetAside(
        "A search of Reddit needs an application: give `client_id_env` and `client_secret_env`.",
      );
    }
    const of = `${pathOf(options)}${options.search === undefined ? "" : ` ${options.search}`}`;
    const ask =
      client_id === undefined ? feedPage(options, io) : listingPages(options, await logIn(options, io));
    yield* walkBack({ of, pages: options.pages, ask }, from, io);
  },
};
