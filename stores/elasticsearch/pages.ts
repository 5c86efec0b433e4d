import type { estypes } from "@elastic/elasticsearch";
import type { Connection } from "./connection.ts";
import { isStatus } from "./failures.ts";

export interface Listing {
  readonly index: string;
  readonly query: estypes.QueryDslQueryContainer;
  /** Ends in what is different for every document, so that no page repeats or misses one. */
  readonly sort: estypes.SortCombinations[];
  /** What of the documents is wanted. */
  readonly source: boolean | readonly string[];
  readonly limit?: number | undefined;
  /** Begins behind the document that sorts so. */
  readonly after?: estypes.SortResults;
  /** The numbers of the documents are wanted, too. */
  readonly version?: boolean;
}

/** Documents a page: some megabytes of posts. */
const PAGE = 1_000;
/** How long a reader may take over one page. */
const KEPT_OPEN = "10m";

export type Hit = estypes.SearchHit<unknown>;

/**
 * All hits as they were when the reading began, page by page, whatever is written meanwhile. When the server has
 * forgotten the reading (a restart, a reader that paused), it goes on behind the last hit with what is there now.
 */
export async function* pages(connection: Connection, listing: Listing): AsyncGenerator<readonly Hit[]> {
  const { index, query, sort, source, limit = Number.POSITIVE_INFINITY, version = false } = listing;
  if (limit <= 0) return;
  const open = async () =>
    (await connection.ask((client) => client.openPointInTime({ index, keep_alive: KEPT_OPEN }))).id;
  let id = await open();
  let { after } = listing;
  try {
    for (let given = 0; given < limit; ) {
      const size = Math.min(PAGE, limit - given);
      const search = {
        ...{ query, sort, size, version, track_total_hits: false },
        _source: typeof source === "boolean" ? source : [...source],
        ...(after === undefined ? {} : { search_after: after }),
      };
      let answer: estypes.SearchResponse;
      try {
        answer = await connection.ask((client) =>
          client.search({ ...search, pit: { id, keep_alive: KEPT_OPEN } } as estypes.SearchRequest),
        );
      } catch (error) {
        if (!(error instanceof Error) || !isStatus(error.cause, 404)) throw error;
        id = await open();
        continue;
      }
      id = answer.pit_id ?? id;
      const { hits } = answer.hits;
      if (hits.length > 0) yield hits;
      given += hits.length;
      if (hits.length < size) return;
      after = hits[hits.length - 1]!.sort;
    }
  } finally {
    // It ends by itself; not to hold it longer is a kindness that may fail.
    await connection.ask((client) => client.closePointInTime({ id })).catch(() => {});
  }
}
