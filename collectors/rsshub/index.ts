import type { Collector } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import type { Fetcher } from "../../contracts/fetcher.ts";
import { htmlToText } from "../../text/html.ts";
import { rss } from "../rss/index.ts";
import type { RssCursor } from "../rss/options.ts";
import { map } from "./map.ts";
import { feedOf, type RsshubOptions, rsshubOptions } from "./options.ts";

/** What RSSHub answers with where a route is wrong, closed, or broken by a change of the site. */
const REFUSALS = [400, 401, 403, 404];

export const rsshub: Collector<RsshubOptions, RssCursor> = {
  info: {
    name: "rsshub",
    title: "RSSHub",
    summary: "Reads a route of an RSSHub that the team runs: feeds of sites and platforms that publish none.",
    options: rsshubOptions,
    lawful_basis:
      "The instance is the team's own; what its routes read is public, and the team chooses routes that read without another's log-in.",
    references: ["https://docs.rsshub.app/routes/", "https://docs.rsshub.app/guide/parameters"],
  },
  collect: (options, from, io) => rss.collect(feedOf(options), from, { ...io, fetch: asking(io.fetch) }),
  map,
};

/**
 * An instance forbids robots by default, so that search engines leave it alone; its owner's own collection may ask. What
 * it says of a failure stands in a page.
 */
const asking =
  (fetch: Fetcher): Fetcher =>
  async (url, wishes) => {
    const answer = await fetch(url, { ...wishes, api: true, statuses: REFUSALS });
    if (!REFUSALS.includes(answer.status)) return answer;
    const page = htmlToText(new TextDecoder().decode(answer.body)).text;
    const said =
      /(?:Error Message:?|Message:)\s*([^\n]{3,300})/i.exec(page)?.[1] ??
      page.split("\n", 1)[0]!.slice(0, 300);
    throw new SetAside(`${url} answered ${answer.status}: RSSHub says "${said.trim()}".`);
  };
