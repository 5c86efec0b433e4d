import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeEach } from "vitest";
import type { Store } from "../../contracts/store.ts";
import { bulk } from "../../stores/elasticsearch/bulk.ts";
import { type Connection, connect } from "../../stores/elasticsearch/connection.ts";
import { openElasticsearchStore } from "../../stores/elasticsearch/index.ts";
import { aliasOf, INDEXES } from "../../stores/elasticsearch/names.ts";
import type { ElasticsearchOptions } from "../../stores/elasticsearch/options.ts";
import { pages } from "../../stores/elasticsearch/pages.ts";
import type { StoreFixture } from "../contracts/store.samples.ts";

/** The index set of one test file in a server that others use at the same time. */
export interface StoreOfFile {
  readonly options: ElasticsearchOptions;
  /** An empty store, for one test. */
  open(): Promise<StoreFixture>;
  /** Makes what was written findable. */
  settle(): Promise<void>;
  /** Removes the indexes. */
  remove(): Promise<void>;
}

/** Indexes are made once a file and emptied between tests: to make them costs more than most tests. */
export function storeOfFile(urls: readonly string[], over: Partial<ElasticsearchOptions> = {}): StoreOfFile {
  const prefix = `headwater-test-${randomUUID().slice(0, 8)}`;
  const options = { urls, apiKey: null, ca: null, prefix, shards: 1, replicas: 0, shown: [], ...over };
  const connecting = connect(options);
  const settle = async () => {
    await (await connecting).ask((client) => client.indices.refresh({ index: `${prefix}-*` }));
  };
  return {
    options,
    settle,
    async open() {
      const opened: Store[] = [];
      const reopen = async () => {
        const store = await openElasticsearchStore(options);
        opened.push(store);
        return store;
      };
      return {
        store: await reopen(),
        reopen,
        settle,
        cleanup: async () => {
          for (const store of opened) await store.close();
          await settle();
          await empty(await connecting);
        },
      };
    },
    async remove() {
      const connection = await connecting;
      await connection.ask(async (client) => {
        const indexes = Object.keys(await client.indices.get({ index: `${prefix}-*` }));
        if (indexes.length > 0) await client.indices.delete({ index: indexes });
        for (const kind of INDEXES) {
          await client.indices.deleteIndexTemplate({ name: aliasOf(prefix, kind) }, { ignore: [404] });
        }
      });
      await connection.close();
    },
  };
}

/** For the tests of one suite: each has an empty store of its own, all the same connection. */
export function storeOfEach(url: string): {
  readonly file: StoreOfFile;
  readonly connecting: Promise<Connection>;
  /** That of the test that runs. */
  readonly fixture: StoreFixture;
} {
  const file = storeOfFile([url]);
  const connecting = connect(file.options);
  let fixture: StoreFixture;
  beforeEach(async () => {
    fixture = await file.open();
  });
  afterEach(() => fixture.cleanup());
  afterAll(async () => {
    await (await connecting).close();
    await file.remove();
  });
  return {
    file,
    connecting,
    get fixture() {
      return fixture;
    },
  };
}

async function empty(connection: Connection): Promise<void> {
  const { prefix } = connection.options;
  const index = INDEXES.filter((kind) => kind !== "meta")
    .map((kind) => aliasOf(prefix, kind))
    .join(",");
  const listing = { index, query: { match_all: {} }, sort: ["_shard_doc" as const], source: false };
  for await (const hits of pages(connection, listing)) {
    await bulk(
      connection,
      hits.map(({ _index, _id }) => ({
        action: "delete",
        index: _index.replace(/-\d{6}$/, ""),
        id: _id!,
      })),
    );
  }
}
