import { html, raw } from "hono/html";
import { UsageError } from "../../contracts/errors.ts";
import type { StoredPost } from "../../contracts/store.ts";
import { excerptAround, placeOf } from "../../reports/excerpt.ts";
import type { Names } from "../../reports/names.ts";
import { wordsOf } from "../../reports/query-words.ts";
import { languageName } from "../../reports/words.ts";
import { parseQuery } from "../../text/query.ts";
import { type Markup, page, pathOf } from "../layout.ts";
import { count, type ExplorerParts, idShown, namesFor, timeOf, titleOf } from "../parts.ts";

const ORDERS = ["relevance", "newest", "oldest"] as const;
type Order = (typeof ORDERS)[number];

/** Posts on one page; the next page shows as many more. */
const STEP = 25;
/** Beyond this a reader narrows the search. */
const MOST = 500;
/** Characters shown around the first word that was found. */
const AROUND = 240;

export interface Asked {
  readonly q: string;
  readonly order: string;
  readonly shown: string;
}

/** Posts that a query finds, or what is wrong with it. */
export async function searchPage(parts: ExplorerParts, asked: Asked): Promise<Markup> {
  const { q } = asked;
  const order: Order = ORDERS.find((each) => each === asked.order) ?? "relevance";
  const most = Math.min(MOST, Math.max(STEP, Number.parseInt(asked.shown, 10) || STEP));
  // A field that nothing has is found out by the store only.
  const body = await results(parts, { q, order, most }).catch((error: unknown) => {
    if (!(error instanceof UsageError)) throw error;
    return html`<p class="problem" role="alert">${error.message}</p>`;
  });
  return page("Search", html`${form(q, order)}${body}`, q);
}

async function results(
  parts: ExplorerParts,
  { q, order, most }: { readonly q: string; readonly order: Order; readonly most: number },
): Promise<Markup> {
  const query = parseQuery(q);
  const found: StoredPost[] = [];
  for await (const stored of parts.store.find("posts", query, { limit: most, order })) found.push(stored);
  const all = await parts.store.count("posts", query);
  const told = { parts, names: namesFor(parts, found), words: wordsOf(query) };
  const more = new URLSearchParams({ q, order, shown: String(most + STEP) });
  return html`<p class="meta">${all === 0 ? "Nothing was found." : `${count(all)} posts; ${count(found.length)} shown.`}</p>
${found.map((stored) => foundPost(stored, told))}${
  found.length < all && most < MOST ? html`<p><a href="/search?${more.toString()}">Show more</a></p>` : ""
}`;
}

function form(q: string, order: Order): Markup {
  return html`<form action="/search"><input type="search" name="q" value="${q}" aria-label="Search posts"> <select name="order" aria-label="Order">${ORDERS.map(
    (each) => html`<option${each === order ? raw(" selected") : ""}>${each}</option>`,
  )}</select> <button>Search</button></form>
<p class="meta">Words must all occur; "phrases", field:value, field:[a TO b], AND, OR, NOT and parentheses are understood.</p>`;
}

interface Told {
  readonly parts: ExplorerParts;
  readonly names: Names;
  readonly words: readonly string[];
}

/** A found post: who, when, the words around the first match, and where it leads. */
export function foundPost(stored: StoredPost, { parts, names, words }: Told): Markup {
  const { post, findings, story } = stored;
  const id = idShown(stored, names);
  const lang = findings?.language.lang ?? "und";
  const title = `${names.of(stored)}: ${titleOf(stored, names)}`;
  const first = words
    .map((word) => ({ word, at: placeOf(word, post.text) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)[0];
  const around = names.conceal(excerptAround(post.text, first?.at ?? 0, first?.word.length ?? 0, AROUND));
  return html`<article class="found"><p><strong>${id === null ? title : html`<a href="${pathOf("posts", id)}">${title}</a>`}</strong></p>
<p class="meta">${timeOf(stored, parts)} · ${post.platform} · ${languageName(lang)}${
    story === null ? "" : html` · <a href="${pathOf("stories", story)}">story</a>`
  }</p>
<p lang="${lang}">${marked(around, words)}</p></article>`;
}

/** The words looked for, marked where they stand as they were written. */
function marked(text: string, words: readonly string[]): Markup {
  const pieces: (string | Markup)[] = [];
  let rest = text;
  while (rest !== "") {
    const next = words
      .filter((word) => word !== "")
      .map((word) => ({ word, at: rest.toLowerCase().indexOf(word.toLowerCase()) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at)[0];
    if (next === undefined) break;
    const end = next.at + next.word.length;
    pieces.push(rest.slice(0, next.at), html`<mark>${rest.slice(next.at, end)}</mark>`);
    rest = rest.slice(end);
  }
  pieces.push(rest);
  return html`${pieces}`;
}
