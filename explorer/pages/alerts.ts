import { html } from "hono/html";
import type { Alert } from "../../contracts/alert.ts";
import { alertContextOf, alertText } from "../../reports/alert.ts";
import { parseQuery } from "../../text/query.ts";
import { type Markup, page, pathOf, tableOf } from "../layout.ts";
import { count, type ExplorerParts, namesFor } from "../parts.ts";
import { foundPost } from "./search.ts";

const LISTED = 200;
/** Posts shown under an alert; the story has them all. */
const ITEMS = 30;
/** Posts of each alert that are read for the names in a list. */
const NAMED = 20;

/** Alerts that hold and are not closed, or all of them. */
export async function alertsPage(parts: ExplorerParts, all: boolean): Promise<Markup> {
  const alerts = await newestAlerts(parts, all ? "" : "holds:true -state:closed", LISTED);
  const other = all
    ? html`<a href="/alerts">Only what is open</a>`
    : html`<a href="/alerts?all=yes">Closed and withdrawn ones, too</a>`;
  return page("Alerts", html`<p>${other}</p>${await alertTable(parts, alerts)}`);
}

export async function newestAlerts(
  { store }: ExplorerParts,
  where: string,
  limit: number,
): Promise<readonly Alert[]> {
  const found: Alert[] = [];
  for await (const alert of store.find("alerts", parseQuery(where))) found.push(alert);
  return found.toReversed().slice(0, limit);
}

export async function alertTable(parts: ExplorerParts, alerts: readonly Alert[]): Promise<Markup> {
  // A title names the account of one of the first posts.
  const ids = new Set(alerts.flatMap(({ items }) => items.slice(0, NAMED)));
  const posts = new Map((await parts.store.getPosts([...ids])).map((stored) => [stored.post.id, stored]));
  return tableOf<Alert>(
    `${count(alerts.length)} alerts, the newest first`,
    [
      {
        head: "what",
        cell: (alert) =>
          html`<a href="${pathOf("alerts", alert.id)}">${alertText(alert, alertContextOf(parts.config, posts, parts.names)).title}</a>`,
      },
      { head: "severity", cell: ({ severity }) => severity },
      { head: "state", cell: ({ holds, state }) => (holds ? state : "withdrawn") },
      { head: "raised (UTC)", cell: ({ raised_at }) => raised_at.slice(0, 16).replace("T", " ") },
      { head: "rule", cell: ({ rule }) => rule },
    ],
    alerts,
    "No alerts.",
  );
}

/** One alert as it is told on a channel, with its posts and its history; null when there is none. */
export async function alertPage(parts: ExplorerParts, id: string): Promise<Markup | null> {
  const { store, config } = parts;
  const [alert] = await store.getAlerts([id]);
  if (alert === undefined) return null;
  const posts = await store.getPosts(alert.items);
  const byId = new Map(posts.map((stored) => [stored.post.id, stored]));
  const text = alertText(alert, alertContextOf(config, byId, parts.names));
  const { labels } = text;
  const list = (head: string, lines: readonly string[]) =>
    lines.length === 0 ? "" : html`<h2>${head}</h2><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
  const names = namesFor(parts, posts);
  return page(
    text.title,
    html`<p class="meta">${text.severity_told} · ${text.state} · ${text.rule} · ${text.since}</p>
<ul>${text.what.map((line) => html`<li>${line}</li>`)}</ul>
${list(labels.who, text.who)}${list(labels.how_sure, text.how_sure)}${list(labels.not_known, text.not_known)}
${alert.story === null ? "" : html`<p><a href="${pathOf("stories", alert.story)}">The story</a></p>`}
<h2>History</h2>
<ul>${alert.events.map(({ at, what, size }) => html`<li>${at}: ${what} (${count(size)})</li>`)}${alert.judgements.map(
      ({ at, by, state, note }) => html`<li>${at}: ${state} by ${by}${note === null ? "" : `: ${note}`}</li>`,
    )}</ul>
<p class="meta">Decide with <code>headwater alert ack|close|reopen ${alert.id}</code>.</p>
<h2>Posts</h2>${posts.slice(0, ITEMS).map((stored) => foundPost(stored, { parts, names, words: [] }))}`,
  );
}
