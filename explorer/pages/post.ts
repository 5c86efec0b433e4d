import { html } from "hono/html";
import type { Link } from "../../contracts/link.ts";
import type { StoredPost } from "../../contracts/store.ts";
import type { Names } from "../../reports/names.ts";
import { lagText, languageName } from "../../reports/words.ts";
import { type Markup, page, pathOf, tableOf } from "../layout.ts";
import { count, type ExplorerParts, idShown, namesFor, timeOf, titleOf } from "../parts.ts";

/** Links of a post that are listed; a slogan has thousands. */
const LISTED = 200;

/** One post with all that is known of it; null when there is none. */
export async function postPage(parts: ExplorerParts, id: string): Promise<Markup | null> {
  const { store, config } = parts;
  const [stored] = await store.getPosts([id]);
  if (stored === undefined) return null;
  const links = await store.linksOf([id]);
  const others = await store.getPosts(links.map(({ child, parent }) => (child === id ? parent : child)));
  const posts = new Map([stored, ...others].map((each) => [each.post.id, each]));
  const names = namesFor(parts, posts.values());
  const { post, findings, story } = stored;
  const lang = findings?.language.lang ?? "und";
  const actor = config.actors.find(({ id: known }) => known === findings?.actor);
  const facts: readonly (readonly [string, Markup | string | null])[] = [
    ["published", timeOf(stored, parts)],
    ["collected", `${post.collected_at} from ${post.source}`],
    ["account", names.of(stored)],
    ["actor", actor === undefined ? null : `${actor.name} (${actor.affiliation})`],
    ["platform", post.platform],
    ["language", findings === null ? "not analysed yet" : `${languageName(lang)} (${lang})`],
    ["address", post.url === null || !names.shown(stored) ? null : outside(post.url)],
    ["says it comes from", declared(stored, names)],
    ["counts", counts(stored)],
    ["watches", findings?.watches.map(({ watch }) => watch).join(", ") || null],
    ["story", story === null ? "in none" : html`<a href="${pathOf("stories", story)}">${story}</a>`],
    ["SHA-256 of the bytes", post.sha256 === null ? null : html`<code>${post.sha256}</code>`],
    ["id", idShown(stored, names) === null ? null : html`<code>${id}</code>`],
  ];
  return page(
    titleOf(stored, names) || names.of(stored),
    html`<dl>${facts.map(([name, value]) => (value === null ? "" : html`<dt>${name}</dt><dd>${value}</dd>`))}</dl>
<h2>Text</h2><p class="text" lang="${lang}">${names.conceal(post.text)}</p>
<h2>Links</h2>${linkTable(links, { id, posts, names })}`,
  );
}

function outside(url: string): Markup {
  return /^https?:/.test(url) ? html`<a href="${url}" rel="noreferrer">${url}</a>` : html`${url}`;
}

function declared({ post: { declared_source } }: StoredPost, names: Names): string | null {
  if (declared_source === null) return null;
  const { kind, name, url, account } = declared_source;
  return names.conceal(`${name ?? url ?? account ?? "somebody"} (${kind})`);
}

function counts({ post: { engagement } }: StoredPost): string | null {
  if (engagement === null) return null;
  return (["views", "likes", "reposts", "comments"] as const)
    .flatMap((name) => {
      const value = engagement[name];
      const shown = engagement.rounded?.[name]?.raw;
      return value === null ? [] : [`${shown === undefined ? count(value) : `about ${shown}`} ${name}`];
    })
    .join(", ");
}

interface Told {
  readonly id: string;
  readonly posts: ReadonlyMap<string, StoredPost>;
  readonly names: Names;
}

function linkTable(links: readonly Link[], { id, posts, names }: Told): Markup {
  const rows = [...links].sort((a, b) => b.score - a.score).slice(0, LISTED);
  const share = (value: number | undefined) => (value === undefined ? "" : `${Math.round(100 * value)} %`);
  return tableOf<Link>(
    `${count(links.length)} links${links.length > rows.length ? `, the strongest ${rows.length} shown` : ""}`,
    [
      {
        head: "other post",
        cell: ({ child, parent }) => {
          const other = posts.get(child === id ? parent : child);
          if (other === undefined) return "not stored any more";
          const title = `${names.of(other)}: ${titleOf(other, names)}`;
          const shown = idShown(other, names);
          return shown === null ? title : html`<a href="${pathOf("posts", shown)}">${title}</a>`;
        },
      },
      { head: "it is the", cell: ({ child }) => (child === id ? "parent" : "child") },
      { head: "relation", cell: ({ relation, credit }) => `${relation}, ${credit}` },
      { head: "of the child", cell: ({ overlap }) => share(overlap?.child), numeric: true },
      { head: "of the parent", cell: ({ overlap }) => share(overlap?.parent), numeric: true },
      { head: "lag", cell: ({ lag_seconds }) => lagText(lag_seconds) },
      {
        head: "status",
        cell: ({ status, confidence, verdict }) => verdict ?? `${status}, confidence: ${confidence}`,
      },
      { head: "why", cell: ({ reasons }) => names.conceal(reasons.join("; ")) },
    ],
    rows,
    "No link ties it to another post of the collection.",
  );
}
