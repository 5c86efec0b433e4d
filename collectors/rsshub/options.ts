import { z } from "zod";
import { webUrl } from "../page/options.ts";
import { type RssOptions, rssOptions } from "../rss/options.ts";
import { zoneSchema } from "../zone.ts";
import { readRoute } from "./route.ts";

export const rsshubOptions = z.strictObject({
  instance: webUrl.meta({
    description: "Address of the RSSHub that your team runs, e.g. `http://rsshub.internal:1200`.",
  }),
  route: z
    .string()
    .regex(
      /^\/[^?#\s]+$/,
      "write it as RSSHub's documents do, from the first stroke on: /telegram/channel/name",
    )
    .meta({ description: "The route, as RSSHub's documents write it: `/telegram/channel/name`." }),
  parameters: z.record(z.string(), z.string()).default({}).meta({
    description: "Parameters that RSSHub takes behind any route: `limit`, `filter`, `mode` …",
  }),
  platform: rssOptions.shape.platform.unwrap().optional().meta({
    description: "Platform of the posts, where the route does not tell it.",
  }),
  account: rssOptions.shape.account.meta({
    description: "Who publishes all of this route, where the route does not tell it.",
  }),
  zone: zoneSchema
    .optional()
    .meta({ description: "Time zone of dates that state none. They then count as guessed." }),
});
export type RsshubOptions = z.infer<typeof rsshubOptions>;

/** The route as a feed. */
export function feedOf({ instance, route, parameters, platform, account, zone }: RsshubOptions): RssOptions {
  const told = readRoute(route);
  const query = new URLSearchParams(parameters).toString();
  return {
    url: `${instance.replace(/\/$/, "")}${route}${query === "" ? "" : `?${query}`}`,
    platform: platform ?? told.platform,
    account: account ?? (told.account === null ? undefined : { id: told.account }),
    zone,
  };
}
