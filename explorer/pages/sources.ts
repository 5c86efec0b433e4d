import { html } from "hono/html";
import { askedSources, readHealth } from "../../pipelines/health.ts";
import { messages } from "../../text/messages/index.ts";
import { type Markup, page, tableOf } from "../layout.ts";
import { count, type ExplorerParts } from "../parts.ts";

/** Where posts came from, and how many. */
export async function sourcesPage({ store, config }: ExplorerParts): Promise<Markup> {
  const found = new Map(
    (await store.countBy({ kind: "all" }, "source")).map(({ key, count: posts }) => [key, posts]),
  );
  const healths = await readHealth(store, askedSources(config), Date.now());
  const configured = config.sources.map(({ name, collector, enabled }) => {
    const health = healths.get(name)?.health;
    const since =
      health?.since == null || health.state === "well" ? "" : ` since ${health.since.slice(0, 16)}Z`;
    const state = health === undefined ? "on" : `${messages.en.health[health.state]}${since}`;
    return { name, collector, state: enabled ? state : "off" };
  });
  const known = new Set(configured.map(({ name }) => name));
  const others = [...found.keys()]
    .filter((name) => !known.has(name))
    .map((name) => ({ name, collector: "", state: "not in the config" }));
  return page(
    "Sources",
    tableOf(
      "Sources of the config, and others that posts came from",
      [
        {
          head: "source",
          cell: ({ name }) =>
            html`<a href="/search?q=${encodeURIComponent(`source:"${name}"`)}&order=newest">${name}</a>`,
        },
        { head: "collector", cell: ({ collector }) => collector },
        { head: "state", cell: ({ state }) => state },
        { head: "posts", cell: ({ name }) => count(found.get(name) ?? 0), numeric: true },
      ],
      [...configured, ...others],
      "No sources are configured.",
    ),
  );
}
