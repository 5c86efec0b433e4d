import type { Collector } from "../../contracts/collector.ts";
import { type WalkCursor, walkBack } from "../walk.ts";
import { map } from "./map.ts";
import { type VkOptions, vkOptions } from "./options.ts";
import { revisit } from "./revisit.ts";
import { searchPages, vkApi, wallPages } from "./wall.ts";

export const vk: Collector<VkOptions, WalkCursor> = {
  info: {
    name: "vk",
    title: "VK",
    summary:
      "Reads the wall of a community or a person, or a search over public posts, with what they repeat.",
    lawful_basis:
      "The interface is used with the token of an application of your own, under its terms; closed walls and private profiles are not read.",
    options: vkOptions,
    references: [
      "https://dev.vk.com/en/method/wall.get",
      "https://dev.vk.com/en/method/newsfeed.search",
      "https://dev.vk.com/en/reference/errors",
    ],
  },
  secrets: [
    { name: "token", required: true, description: "Service token of an application (or a user's token)." },
  ],
  map,
  revisit,
  async *collect(options, from, io) {
    const { wall, search, pages } = options;
    const api = vkApi(options, io);
    const ask = search === undefined ? wallPages(options, api) : searchPages(search, api);
    yield* walkBack({ of: search ?? wall!, pages, ask }, from, io);
  },
};
