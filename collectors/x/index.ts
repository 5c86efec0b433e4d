import type { Collector } from "../../contracts/collector.ts";
import { type WalkCursor, walkBack } from "../walk.ts";
import { map } from "./map.ts";
import { type XOptions, xOptions } from "./options.ts";
import { revisit } from "./revisit.ts";
import { timelinePages, xApi } from "./timeline.ts";

export const x: Collector<XOptions, WalkCursor> = {
  info: {
    name: "x",
    title: "X",
    summary:
      "Reads an account's posts or a recent search by the interface of X, with what is repeated and quoted in full.",
    lawful_basis:
      "The interface is used with an application of your own, under its agreement, within what was paid for; pages for people are not read.",
    options: xOptions,
    references: [
      "https://docs.x.com/x-api/posts/search-recent-posts",
      "https://docs.x.com/x-api/users/get-posts",
      "https://developer.x.com/en/developer-terms/agreement-and-policy",
    ],
  },
  secrets: [
    { name: "bearer_token", required: true, description: "The bearer token of an application (app-only)." },
  ],
  map,
  revisit,
  async *collect(options, from, io) {
    const { user, user_id, search, pages } = options;
    const of = search ?? user_id ?? user!.toLowerCase();
    yield* walkBack({ of, pages, ask: timelinePages(options, xApi(io), io) }, from, io);
  },
};
