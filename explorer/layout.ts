import { html, raw } from "hono/html";
import { STYLE } from "../reports/document/style.ts";

/** Escaped HTML: what the `html` tag gives. */
export type Markup = ReturnType<typeof html>;

/** Beside the look of reports: the bar that leads everywhere, the search box, cards of figures. */
const OWN = `
.bar{display:flex;flex-wrap:wrap;gap:.4rem 1.25rem;align-items:center;background:none;border:0;border-bottom:1px solid var(--line);border-radius:0;padding:0 0 .6rem;margin-bottom:1rem;font-size:.95rem}
.bar strong{margin-right:.5rem}.bar form{margin-left:auto;display:flex;gap:.4rem}
input,select,button{font:inherit;color:inherit;background:var(--shade);border:1px solid var(--line);border-radius:.35rem;padding:.25rem .5rem}
input[type=search]{min-width:16rem}
.cards{display:flex;flex-wrap:wrap;gap:.75rem;padding:0;list-style:none}
.cards li{border:1px solid var(--line);border-radius:.5rem;padding:.5rem 1rem;min-width:8rem}
.cards b{display:block;font-size:1.4rem;font-variant-numeric:tabular-nums}
.meta{color:var(--soft);font-size:.87rem}
.found{border-bottom:1px solid var(--line);padding:.6rem 0}.found p{margin:.15rem 0;overflow-wrap:anywhere}
.text{white-space:pre-wrap;overflow-wrap:anywhere;border-left:3px solid var(--line);padding-left:1rem}
.problem{border:1px solid var(--left-ink);background:var(--left);color:var(--left-ink);border-radius:.5rem;padding:.5rem 1rem}
mark{background:#fff3b0;color:#1b1f24}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;font-size:.92rem}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
`;

/** One whole page. It needs no script and asks nobody for anything. */
export function page(title: string, body: Markup, query = ""): Markup {
  return html`<!doctype html>
<html lang="en-CA">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Headwater</title>
<style>${raw(STYLE + OWN)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
${bar(query)}
<main id="content">
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
}

/** The way from any page to any other. */
export function bar(query = ""): Markup {
  return html`<nav class="bar" aria-label="Pages"><strong>Headwater</strong><a href="/">Overview</a><a href="/stories">Stories</a><a href="/alerts">Alerts</a><a href="/sources">Sources</a><form action="/search" role="search"><input type="search" name="q" value="${query}" aria-label="Search posts" placeholder="words, &quot;phrases&quot;, field:value"><button>Search</button></form></nav>`;
}

/** The style of the bar, for pages that reports make. */
export const barStyle: Markup = html`<style>${raw(OWN)}</style>`;

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => Markup | string | number;
  readonly numeric?: true;
}

/** Rows under their heads, or a sentence where there are none. */
export function tableOf<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  nothing: string,
): Markup {
  if (rows.length === 0) return html`<p>${nothing}</p>`;
  const kind = ({ numeric }: Column<Row>) => (numeric ? raw(' class="number"') : "");
  return html`<div class="table"><table><caption>${caption}</caption><thead><tr>${columns.map(
    (column) => html`<th scope="col"${kind(column)}>${column.head}</th>`,
  )}</tr></thead><tbody>${rows.map(
    (row) => html`<tr>${columns.map((column) => html`<td${kind(column)}>${column.cell(row)}</td>`)}</tr>`,
  )}</tbody></table></div>`;
}

/** Names of a post or a story in an address. */
export const pathOf = (kind: "posts" | "stories" | "alerts", id: string): string =>
  `/${kind}/${encodeURIComponent(id)}`;
