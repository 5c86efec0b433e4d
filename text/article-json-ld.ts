/** What a page's JSON-LD says of its article; null where it says nothing. */
export interface LinkedData {
  /** `headline` and `name`: mostly the same, but either may hold a description or the outlet instead. */
  readonly titles: readonly string[];
  readonly body: string | null;
  readonly published: string | null;
  readonly authors: readonly string[];
  readonly publisher: string | null;
  readonly lang: string | null;
  readonly url: string | null;
  readonly images: readonly string[];
  /** `isBasedOn`: the work this one was made from. */
  readonly based_on: { readonly name: string | null; readonly url: string | null } | null;
}

type Node = Readonly<Record<string, unknown>>;

/** A page describes its article, its site, some people and a breadcrumb; whole lists of other articles come with some. */
const MOST_NODES = 2000;
const DEEPEST = 12;

/** `NewsArticle`, `BlogPosting`, `Report` … of schema.org, with or without its address before the name. */
const ARTICLE = /(?:^|\/)(?:\w*Article|\w*Posting|Report|Review)$/;
const PAGE = /(?:^|\/)(?:WebPage|ItemPage|VideoObject)$/;

/**
 * Reads the blocks of JSON-LD of one page: single objects, arrays and `@graph`, with references by `@id`. Blocks that
 * are no JSON are passed over, as browsers and search engines do. Null when none speaks of an article.
 */
export function readLinkedData(blocks: readonly string[]): LinkedData | null {
  const nodes: Node[] = [];
  for (const block of blocks) collect(parse(block), nodes, 0);
  const byId = new Map<string, Node>();
  for (const node of nodes) {
    const id = node["@id"];
    // The fullest node of an id is the thing itself, the others point at it.
    if (typeof id === "string" && size(node) > size(byId.get(id))) byId.set(id, node);
  }
  const article = best(nodes, ARTICLE) ?? best(nodes, PAGE);
  if (article === null) return null;

  const resolve = (value: unknown): unknown => {
    const id = isNode(value) && size(value) <= 2 ? value["@id"] : undefined;
    return typeof id === "string" ? (byId.get(id) ?? value) : value;
  };
  const named = (value: unknown): readonly string[] =>
    list(value).flatMap((one) => {
      const thing = resolve(one);
      const name = isNode(thing) ? text(thing.name) : text(thing);
      return name === null || /^https?:/i.test(name) ? [] : [name];
    });
  const basis = resolve(list(article.isBasedOn ?? article.isBasedOnUrl)[0]);
  return {
    titles: [text(article.headline), text(article.name)].filter((title) => title !== null),
    body: text(article.articleBody),
    published: text(article.datePublished) ?? text(article.dateCreated) ?? text(article.uploadDate),
    authors: [...new Set([...named(article.author), ...named(article.creator)])],
    publisher: named(article.publisher)[0] ?? named(article.sourceOrganization)[0] ?? null,
    lang: text(list(article.inLanguage)[0]),
    url: text(article.url) ?? address(article.mainEntityOfPage),
    images: list(article.image).flatMap((one) => address(resolve(one)) ?? []),
    based_on: basis === undefined ? null : sourceOf(basis),
  };
}

function sourceOf(basis: unknown): LinkedData["based_on"] {
  const url = address(basis);
  const name = isNode(basis) ? text(basis.name) : null;
  return url === null && name === null ? null : { name, url };
}

/** Scripts wrap JSON in comments or CDATA at times, and leave raw line breaks inside strings. */
function parse(block: string): unknown {
  const bare = block
    .trim()
    .replace(/^(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/|\/\/\s*<!\[CDATA\[|<!\[CDATA\[)/, "")
    .replace(/(?:-->|\/\*\s*\]\]>\s*\*\/|\/\/\s*\]\]>|\]\]>)$/, "")
    .trim()
    .replace(/;$/, "");
  for (const written of [bare, bare.replace(/[\u0000-\u001f]+/g, " ")]) {
    try {
      return JSON.parse(written);
    } catch {
      // The second spelling is tried; after it the block says nothing.
    }
  }
  return null;
}

function collect(value: unknown, into: Node[], depth: number): void {
  if (depth > DEEPEST || into.length >= MOST_NODES) return;
  if (Array.isArray(value)) {
    for (const one of value) collect(one, into, depth + 1);
    return;
  }
  if (!isNode(value)) return;
  into.push(value);
  for (const [key, inner] of Object.entries(value)) {
    // What hangs below these is another work, not the one the page is about.
    if (/^(?:hasPart|itemListElement|isBasedOn|citation|mentions|comment|relatedLink|review)$/.test(key))
      continue;
    if (typeof inner === "object") collect(inner, into, depth + 1);
  }
}

/** The first of the kind that has a date or a text; else the first. */
function best(nodes: readonly Node[], kind: RegExp): Node | null {
  const fitting = nodes.filter((node) =>
    list(node["@type"]).some((type) => typeof type === "string" && kind.test(type)),
  );
  return fitting.find((node) => node.datePublished || node.articleBody) ?? fitting[0] ?? null;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function size(node: Node | undefined): number {
  return node === undefined ? 0 : Object.keys(node).length;
}

function list(value: unknown): readonly unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}

function text(value: unknown): string | null {
  const one = Array.isArray(value) ? value[0] : value;
  const inner = isNode(one) ? one["@value"] : one;
  return typeof inner === "string" && inner.trim() !== "" ? inner.trim() : null;
}

function address(value: unknown): string | null {
  const one = Array.isArray(value) ? value[0] : value;
  const written = isNode(one) ? (text(one.url) ?? text(one["@id"])) : text(one);
  return written !== null && /^(?:https?:)?\/\//i.test(written) ? written : null;
}
