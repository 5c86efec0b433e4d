import { html, raw } from "hono/html";
import { blindIn } from "../../pipelines/reports/coverage.ts";
import { blindDays } from "../../reports/figures/blind-days.ts";
import { daysChart } from "../../reports/figures/days.ts";
import { type Markup, page } from "../layout.ts";
import { count, type ExplorerParts } from "../parts.ts";
import { alertTable, newestAlerts } from "./alerts.ts";
import { latestStories, storyTable } from "./stories.ts";

/** Days that the chart shows, up to the last one with posts. */
const [FEWEST_DAYS, DAYS] = [14, 60];
const ALERTS = 10;
const STORIES = { stories: 15, posts: 300 };
const DAY_MS = 86_400_000;

/** What came, what was raised, what spreads. */
export async function overviewPage(parts: ExplorerParts): Promise<Markup> {
  const { store } = parts;
  const all = { kind: "all" } as const;
  const posts = await store.count("posts", all);
  if (posts === 0) {
    return page(
      "Overview",
      html`<p>Nothing has been stored yet. <code>headwater up</code> collects what the config names, <code>headwater import FILE</code> takes a file.</p>`,
    );
  }
  const [stories, quarantine, alerts, latest] = await Promise.all([
    store.count("stories", all),
    store.count("quarantine", all),
    newestAlerts(parts, "holds:true -state:closed", ALERTS),
    latestStories(parts, STORIES),
  ]);
  const cards = [
    ["posts", posts],
    ["stories", stories],
    ["open alerts", alerts.length === ALERTS ? `${ALERTS} or more` : alerts.length],
    ["records set aside", quarantine],
  ] as const;
  return page(
    "Overview",
    html`<ul class="cards">${cards.map(
      ([name, value]) => html`<li><b>${typeof value === "number" ? count(value) : value}</b>${name}</li>`,
    )}</ul>
${await chart(parts)}
<h2>Alerts</h2>${await alertTable(parts, alerts)}
<h2>Stories of the newest posts</h2>${storyTable(parts, `${count(latest.length)} stories`, latest)}`,
  );
}

async function chart({ store, config }: ExplorerParts): Promise<Markup | ""> {
  const found = (await store.countBy({ kind: "all" }, "day")).filter(({ key }) => key !== "unknown");
  const last = found.at(-1)?.key;
  if (last === undefined) return "";
  const counts = new Map(found.map(({ key, count: posts }) => [key, posts]));
  const spread = (Date.parse(last) - Date.parse(found[0]!.key)) / DAY_MS + 1;
  const length = Math.min(DAYS, Math.max(FEWEST_DAYS, spread));
  const days = Array.from({ length }, (_, i) => {
    const day = new Date(Date.parse(last) - (length - 1 - i) * DAY_MS).toISOString().slice(0, 10);
    return { day, count: counts.get(day) ?? 0 };
  });
  const total = days.reduce((sum, day) => sum + day.count, 0);
  const period = { from: Date.parse(days[0]!.day), to: Date.parse(last) + DAY_MS };
  const blind = blindDays(
    await blindIn(store, config, period),
    days.map(({ day }) => day),
  ).map(({ day, sources }) => ({ day, said: `${count(sources)} sources were not read for most of the day` }));
  const shaded =
    blind.length === 0 ? "" : " Shaded: a source was not read; what is missing there is no finding.";
  const described = `${count(total)} posts were published from ${days[0]!.day} to ${last} (UTC).${shaded}`;
  const title = "Posts a day";
  const svg = daysChart({
    id: "days",
    title,
    described,
    days,
    events: [],
    blind,
    shown: count,
    dayText: (day) => day.slice(5),
  });
  return html`<figure><div class="drawing">${raw(svg)}</div><figcaption>${title}, by day of publication. ${described}</figcaption></figure>`;
}
