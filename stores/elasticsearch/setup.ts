import type { estypes } from "@elastic/elasticsearch";
import { StopAll, UsageError } from "../../contracts/errors.ts";
import { bulk } from "./bulk.ts";
import type { Connection } from "./connection.ts";
import { read } from "./documents.ts";
import { isType } from "./failures.ts";
import { mappingOf } from "./layout.ts";
import { MIGRATIONS, type Migration } from "./migrations.ts";
import { aliasOf, INDEXES, type IndexKind } from "./names.ts";

/** The number of the layout that this code writes. */
export const LAYOUT = MIGRATIONS.length;
/** These grow with the posts and are cut into shards. */
const LARGE: ReadonlySet<IndexKind> = new Set(["posts", "links", "ledger", "keys", "versions", "captures"]);
/** What nobody searches is made searchable when we ask for it. */
const UNSEARCHED: ReadonlySet<IndexKind> = new Set(["ledger", "keys", "versions", "cursors", "meta"]);

/** The component template that says how long posts are kept: stack/lifecycle.ts. A bare Elasticsearch has none. */
const LIFECYCLE = "headwater-lifecycle";
/** The first of the numbered indexes behind an alias. */
const FIRST = "-000001";

interface LayoutDocument {
  readonly entry: { readonly layout: number };
}

/** The layout that the indexes have; null before they are made. */
export async function layoutOf(connection: Connection): Promise<number | null> {
  const meta = aliasOf(connection.options.prefix, "meta");
  const there = await connection.ask((client) => client.indices.existsAlias({ name: meta }));
  if (!there) return null;
  const [held] = await read<LayoutDocument>(connection, meta, ["layout"]);
  return held?.document.entry.layout ?? null;
}

/** Throws unless the indexes have the layout that this code reads and writes. */
export async function checkLayout(connection: Connection): Promise<void> {
  const layout = await layoutOf(connection);
  const where = `the indexes ${connection.options.prefix}-*`;
  if (layout === null) {
    throw new UsageError(`there is no data in ${where} yet; run \`headwater index setup\``, 66);
  }
  if (layout > LAYOUT) {
    throw new StopAll(
      `${where} were written by a newer Headwater; run that one, or set another store.prefix`,
    );
  }
  if (layout < LAYOUT) {
    throw new UsageError(
      `${where} were made by an older Headwater; run \`headwater index setup\` to bring them up to date`,
    );
  }
}

/** What is to be done before the layout is that of this code. */
export function pending(layout: number): readonly Migration[] {
  return MIGRATIONS.slice(layout);
}

/**
 * Puts templates, makes what is missing, and adds fields that are new. Changes nothing that is there: what must be made
 * anew is named by `pending`, and is a matter of `reindex`. May be run again, and by several at once.
 */
export async function setup(connection: Connection): Promise<void> {
  const layout = await layoutOf(connection);
  if (layout !== null && layout > LAYOUT) return checkLayout(connection);
  const { prefix } = connection.options;
  await Promise.all(INDEXES.map((kind) => putTemplate(connection, kind)));
  await Promise.all(
    INDEXES.map((kind) =>
      makeIndex(connection, `${aliasOf(prefix, kind)}${firstOf(kind)}`, aliasOf(prefix, kind)),
    ),
  );
  const steps = pending(layout ?? LAYOUT);
  for (const kind of new Set(steps.flatMap(({ extended }) => extended))) {
    const { properties } = mappingOf(kind) as { properties: Record<string, estypes.MappingProperty> };
    await connection.ask((client) => client.indices.putMapping({ index: aliasOf(prefix, kind), properties }));
  }
  if (steps.every(({ anew }) => anew.length === 0)) await sayLayout(connection, LAYOUT);
}

/** Says that the indexes now have a layout. */
export async function sayLayout(connection: Connection, layout: number): Promise<void> {
  const document = { id: "layout", entry: { layout } };
  const index = aliasOf(connection.options.prefix, "meta");
  await bulk(connection, [{ action: "index", index, id: "layout", document }]);
}

/** Posts lie in months; an empty one stands behind their alias so that it can be searched before the first post. */
function firstOf(kind: IndexKind): string {
  return kind === "posts" ? `-none${FIRST}` : FIRST;
}

async function putTemplate(connection: Connection, kind: IndexKind): Promise<void> {
  const { prefix, shards, replicas } = connection.options;
  const alias = aliasOf(prefix, kind);
  await connection.ask((client) =>
    client.indices.putIndexTemplate({
      name: alias,
      index_patterns: [`${alias}-*`],
      // Above what comes with Elasticsearch, which has 100 at most.
      priority: 500,
      version: LAYOUT,
      _meta: { description: `Headwater: ${kind}` },
      template: {
        settings: {
          number_of_shards: LARGE.has(kind) ? shards : 1,
          ...(replicas === null ? { auto_expand_replicas: "0-1" } : { number_of_replicas: replicas }),
          refresh_interval: UNSEARCHED.has(kind) ? "30s" : "2s",
          ...(kind === "posts" ? { "query.default_field": ["title", "text"] } : {}),
        },
        mappings: mappingOf(kind) as object,
        // A month's index is in the listing of all as soon as it is there.
        ...(kind === "posts" ? { aliases: { [alias]: {} } } : {}),
      },
      ...(kind === "posts"
        ? { composed_of: [LIFECYCLE], ignore_missing_component_templates: [LIFECYCLE] }
        : {}),
    }),
  );
}

/** An index made by its template, unless its alias is there already. Of several that make it at once one does. */
export async function makeIndex(connection: Connection, index: string, alias: string): Promise<void> {
  await connection.ask(async (client) => {
    if (await client.indices.existsAlias({ name: alias })) return;
    try {
      await client.indices.create({ index, aliases: { [alias]: {} } });
    } catch (error) {
      if (!isType(error, "resource_already_exists_exception")) throw error;
    }
  });
}
