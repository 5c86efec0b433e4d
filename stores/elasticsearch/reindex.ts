import type { estypes } from "@elastic/elasticsearch";
import { bulk, type Write } from "./bulk.ts";
import type { Connection } from "./connection.ts";
import { read } from "./documents.ts";
import { type LedgerDocument, ledgerOf, projection } from "./entry.ts";
import { isType } from "./failures.ts";
import { type KeysDocument, keysDocument, keysOf } from "./history.ts";
import { aliasOf, type IndexKind } from "./names.ts";
import { packed } from "./packed.ts";
import { type Hit, pages } from "./pages.ts";
import { LAYOUT, layoutOf, pending, sayLayout, setup } from "./setup.ts";

export type Progress = (index: string, done: number, total: number) => void;

/** What an index made anew is called: `headwater-links-000002`. */
const NUMBERED = /-(\d{6})$/;

/**
 * Makes indexes anew with the layout of today, document by document, and puts them in the place of the old ones. Reading
 * and writing go on; at the end of each index writers wait for a moment. When it is broken off and run again, it goes on
 * where it was. Without `kinds`, what the layout asks for.
 */
export async function reindex(
  connection: Connection,
  kinds: readonly IndexKind[] | null,
  progress: Progress,
): Promise<readonly string[]> {
  await setup(connection);
  const layout = (await layoutOf(connection)) ?? LAYOUT;
  const asked = pending(layout).flatMap(({ anew }) => anew);
  const made: string[] = [];
  for (const kind of new Set(kinds ?? asked)) {
    // It holds how far this is, and nothing that a layout changes.
    if (kind === "meta") continue;
    for (const from of await indexesOf(connection, kind))
      made.push(await remake(connection, kind, from, progress));
  }
  if (kinds === null || asked.every((kind) => kinds.includes(kind))) await sayLayout(connection, LAYOUT);
  return made;
}

/** The indexes behind an alias, by name; not those that are being made. */
export async function indexesOf(connection: Connection, kind: IndexKind): Promise<readonly string[]> {
  const name = aliasOf(connection.options.prefix, kind);
  const found = await connection.ask((client) => client.indices.getAlias({ name }));
  return Object.entries(found)
    .filter(([, { aliases }]) => aliases[name]!.filter === undefined)
    .map(([index]) => index)
    .sort();
}

async function remake(
  connection: Connection,
  kind: IndexKind,
  from: string,
  progress: Progress,
): Promise<string> {
  const written = from.replace(NUMBERED, "");
  const number = Number(NUMBERED.exec(from)?.[1] ?? "1") + 1;
  const to = `${written}-${String(number).padStart(6, "0")}`;
  const all = aliasOf(connection.options.prefix, kind);
  await makeHidden(connection, kind, to, all);
  await copy(connection, { kind, from, to, resume: true }, progress);
  // From here on nothing is lost between the last look and the change of names: writers wait and try again.
  await connection.ask((client) => client.indices.addBlock({ index: from, block: "write" }));
  try {
    await connection.ask((client) => client.indices.refresh({ index: [from, to] }));
    await copy(connection, { kind, from, to, resume: false }, progress);
    await removeGone(connection, from, to);
    await connection.ask((client) =>
      client.indices.updateAliases({
        actions: [
          { remove_index: { index: from } },
          { add: { index: to, alias: all } },
          ...(written === all || written.endsWith("-none") ? [] : [{ add: { index: to, alias: written } }]),
        ],
      }),
    );
  } catch (error) {
    await liftBlock(connection, from);
    throw error;
  }
  return to;
}

/** Whoever waits to write goes on. */
export async function liftBlock(connection: Connection, index: string): Promise<void> {
  const settings = { "index.blocks.write": null } as unknown as estypes.IndicesIndexSettings;
  await connection.ask((client) => client.indices.putSettings({ index, settings }));
}

/** The template of posts puts an index behind the alias of all at once; with this filter nobody sees it there yet. */
async function makeHidden(
  connection: Connection,
  kind: IndexKind,
  index: string,
  alias: string,
): Promise<void> {
  const hidden = { aliases: { [alias]: { filter: { match_none: {} } } } };
  await connection.ask(async (client) => {
    try {
      await client.indices.create({ index, ...(kind === "posts" ? hidden : {}) });
    } catch (error) {
      if (!isType(error, "resource_already_exists_exception")) throw error;
    }
  });
}

interface Copy {
  readonly kind: IndexKind;
  readonly from: string;
  readonly to: string;
  /** From where a former run came to. */
  readonly resume: boolean;
}

/** Each document with its number: what is there with the same or a higher one is left as it is. */
async function copy(
  connection: Connection,
  { kind, from, to, resume }: Copy,
  progress: Progress,
): Promise<void> {
  const { count: total } = await connection.ask((client) => client.count({ index: from }));
  const meta = aliasOf(connection.options.prefix, "meta");
  const name = `copied ${from}`;
  const [known] = resume ? await read<Checkpoint>(connection, meta, [name]) : [null];
  const { after = undefined, done: before = 0 } = known?.document.entry ?? {};
  const sort = [{ [SORTED_BY[kind] ?? "order.id"]: "asc" as const }];
  const listing = { index: from, query: { match_all: {} }, sort, source: kind !== "posts", version: true };
  let done = before;
  for await (const hits of pages(connection, { ...listing, ...(after === undefined ? {} : { after }) })) {
    const writes =
      kind === "posts"
        ? await projected(connection, hits, from, to)
        : (kind === "keys" ? await withKeys(connection, hits) : hits).map((hit) => copied(hit, to));
    for (const outcome of await bulk(connection, writes)) {
      if (outcome.status === "refused")
        throw new Error(`${to} refuses a document of ${from}: ${outcome.reason}`);
    }
    done += hits.length;
    progress(to, done, total);
    if (!resume) continue;
    const entry = { after: hits[hits.length - 1]!.sort!.slice(0, 1), done };
    await bulk(connection, [{ action: "index", index: meta, id: name, document: { id: name, entry } }]);
  }
}

interface Checkpoint {
  readonly entry: { readonly after: estypes.SortResults; readonly done: number };
}

/** What tells documents of an index apart. */
const SORTED_BY: Partial<Record<IndexKind, string>> = {
  ledger: "id",
  keys: "id",
  versions: "id",
  cursors: "id",
  meta: "id",
};

function copied({ _id, _source, _version }: Hit, to: string): Write {
  return {
    action: "index",
    index: to,
    makes_index: true,
    id: _id!,
    document: repacked(_source as object),
    version: _version!,
  };
}

/** Before layout 4 the body of a record lay open. */
function repacked(document: { readonly body?: unknown }): object {
  return typeof document.body === "object" ? { ...document, body: packed(document.body) } : document;
}

/** Before layout 6 keys did not say by what older posts are found. */
async function withKeys(connection: Connection, hits: readonly Hit[]): Promise<readonly Hit[]> {
  const documents = hits.map(({ _source }) => _source as KeysDocument);
  const ids = documents.map(({ id }) => id);
  const held = await read<LedgerDocument>(connection, ledgerOf(connection.options.prefix), ids);
  return hits.map((hit, i) => {
    const post = held[i]?.document.entry.post;
    if (post === undefined) return hit;
    return { ...hit, _source: keysDocument(post.id, keysOf(documents[i]!), post.collected_at) };
  });
}

/** Posts are made from the ledger, as they are whenever they are written. */
async function projected(
  connection: Connection,
  hits: readonly Hit[],
  from: string,
  to: string,
): Promise<readonly Write[]> {
  const { prefix } = connection.options;
  const ids = hits.map(({ _id }) => _id!);
  const held = await read<LedgerDocument>(connection, ledgerOf(prefix), ids);
  const writes = held.flatMap((each) =>
    each === null ? [] : projection(connection.options, each.document, each.version)[0]!,
  );
  // A post whose time was corrected may have left its month a moment ago.
  const month = from.replace(NUMBERED, "");
  return writes.filter(({ index }) => index === month).map((write) => ({ ...write, index: to }));
}

/** Documents that were removed from the old index while they were copied. */
async function removeGone(connection: Connection, from: string, to: string): Promise<void> {
  const listing = { index: to, query: { match_all: {} }, sort: ["_shard_doc" as const], source: false };
  for await (const hits of pages(connection, listing)) {
    const ids = hits.map(({ _id }) => _id!);
    const { docs } = await connection.ask((client) => client.mget({ index: from, ids, _source: false }));
    const gone = ids.filter((_, i) => !("found" in docs[i]! && docs[i].found));
    await bulk(
      connection,
      gone.map((id) => ({ action: "delete", index: to, id }) as const),
    );
  }
}
