import type { Collector, CollectorIo } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import type { Fetcher } from "../../contracts/fetcher.ts";
import { page } from "../page/index.ts";
import type { VisitCursor } from "../visit.ts";
import { map } from "./map.ts";
import { type DynamicPageOptions, dynamicPageOptions } from "./options.ts";

export const dynamicPage: Collector<DynamicPageOptions, VisitCursor> = {
  info: {
    name: "dynamic-page",
    title: "Pages that only scripts fill",
    summary: "Reads article pages as a browser shows them, for sites that send their text by scripts.",
    options: dynamicPageOptions,
    lawful_basis:
      "Reads pages that anyone may open without logging in; robots.txt is kept for the page and for all that it asks for.",
    references: ["https://playwright.dev/docs/network", "https://www.rfc-editor.org/rfc/rfc9309"],
  },
  collect: (options, from, io) => page.collect(options, from, { ...io, fetch: showing(options, io) }),
  map,
};

/** The pages are asked for through a browser, and read as `page` reads them. */
function showing({ wait_for, patience_ms }: DynamicPageOptions, io: CollectorIo): Fetcher {
  const { browse, signal } = io;
  if (browse === undefined) throw new SetAside("there is no browser here that could show pages");
  return async (url) => {
    const shown = await browse(url, { wait_for, patience_ms, signal });
    const [first] = shown.refused;
    if (first !== undefined) {
      const more = shown.refused.length === 1 ? "" : ` (and ${shown.refused.length - 1} more)`;
      io.warn(url, `the page was not given all that it asked for: ${first}${more}`);
    }
    return shown;
  };
}
