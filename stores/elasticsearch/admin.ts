import { type Connection, connect } from "./connection.ts";
import { removeEmptyMonths } from "./months.ts";
import { aliasOf, INDEXES, type IndexKind } from "./names.ts";
import type { ElasticsearchOptions } from "./options.ts";
import { indexesOf, type Progress, reindex } from "./reindex.ts";
import { LAYOUT, layoutOf, pending, setup } from "./setup.ts";

export { INDEXES, type IndexKind } from "./names.ts";

export interface IndexStatus {
  readonly kind: IndexKind;
  readonly indexes: number;
  readonly documents: number;
  readonly bytes: number;
  /** Of its shards: green, yellow (without a copy of some) or red (some are missing). */
  readonly health: string;
}

export interface LayoutStatus {
  /** Null before the indexes are made. */
  readonly layout: number | null;
  readonly newest: number;
  /** What is to be done before they have the newest. */
  readonly pending: readonly string[];
  readonly indexes: readonly IndexStatus[];
}

/** Makes indexes, brings them up to date, and removes those of months that are empty. Gives what is left to `reindex`. */
export async function setupIndexes(options: ElasticsearchOptions): Promise<LayoutStatus> {
  return connected(options, async (connection) => {
    await setup(connection);
    await removeEmptyMonths(connection);
    return statusOf(connection);
  });
}

export async function indexStatus(options: ElasticsearchOptions): Promise<LayoutStatus> {
  return connected(options, statusOf);
}

/** See reindex.ts; gives the names of the new indexes. */
export async function reindexAll(
  options: ElasticsearchOptions,
  kinds: readonly IndexKind[] | null,
  progress: Progress,
): Promise<readonly string[]> {
  return connected(options, (connection) => reindex(connection, kinds, progress));
}

async function statusOf(connection: Connection): Promise<LayoutStatus> {
  const layout = await layoutOf(connection);
  const status = { layout, newest: LAYOUT };
  if (layout === null) return { ...status, pending: ["the indexes are not made yet"], indexes: [] };
  const indexes = await Promise.all(INDEXES.map((kind) => statusOfKind(connection, kind)));
  return { ...status, pending: pending(layout).map(({ what }) => what), indexes };
}

async function statusOfKind(connection: Connection, kind: IndexKind): Promise<IndexStatus> {
  const names = await indexesOf(connection, kind);
  await connection.refresh(aliasOf(connection.options.prefix, kind));
  const { indices = {} } = await connection.ask((client) => client.indices.stats({ index: [...names] }));
  const { status } = await connection.ask((client) => client.cluster.health({ index: [...names] }));
  const all = Object.values(indices);
  return {
    kind,
    indexes: names.length,
    documents: sum(all.map(({ primaries }) => primaries?.docs?.count ?? 0)),
    bytes: sum(all.map(({ total }) => total?.store?.size_in_bytes ?? 0)),
    health: status,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

async function connected<T>(
  options: ElasticsearchOptions,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await connect(options);
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}
