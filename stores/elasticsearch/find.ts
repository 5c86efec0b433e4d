import type { estypes } from "@elastic/elasticsearch";
import type { Query } from "../../contracts/query.ts";
import type { CountBucket, FindOptions, Kind, Kinds, Store } from "../../contracts/store.ts";
import type { Connection } from "./connection.ts";
import { read } from "./documents.ts";
import { type LedgerDocument, ledgerOf, storedPost } from "./entry.ts";
import { aliasOf } from "./names.ts";
import { unpacked } from "./packed.ts";
import { pages } from "./pages.ts";
import { compiled, ranking } from "./query.ts";
import type { RecordDocument } from "./records.ts";

// What has no time comes last. `_last` itself stands for a number that JavaScript cannot hold, and would be refused when
// the next page is asked for from there: so it is the last or first millisecond of what four digits of a year can say.
const OLDEST = [{ "order.at": { order: "asc", missing: 253_402_300_799_999 } }, { "order.id": "asc" }];
const NEWEST = [{ "order.at": { order: "desc", missing: -62_167_219_200_000 } }, { "order.id": "desc" }];
const BEST = [{ _score: "desc" }, ...OLDEST];

type By = Parameters<Store["countBy"]>[1];

/** What posts are counted by: a day, or values that make the key together. */
const GROUPS: Readonly<Record<Exclude<By, "day">, readonly string[]>> = {
  platform: ["platform"],
  source: ["source"],
  account: ["platform", "account.id"],
  lang: ["lang"],
};
/** Buckets a request. */
const BUCKETS = 1_000;

/** Searching and counting: see contracts/store.ts. What was written is found about a second later. */
export function searches(connection: Connection) {
  const { prefix } = connection.options;

  return {
    async *find<K extends Kind>(kind: K, query: Query, options: FindOptions = {}): AsyncGenerator<Kinds[K]> {
      const { limit, order } = options;
      const asked = compiled(kind, query);
      const words = kind === "posts" && order === "relevance" ? ranking(query) : [];
      const sort =
        words.length > 0
          ? BEST
          : kind === "posts" && (order === "newest" || order === "relevance")
            ? NEWEST
            : OLDEST;
      const listing = {
        index: aliasOf(prefix, kind),
        query: words.length > 0 ? { bool: { filter: [asked], should: [...words] } } : asked,
        sort: sort as estypes.SortCombinations[],
        source: kind === "posts" ? false : ["body"],
        limit,
      };
      for await (const hits of pages(connection, listing)) {
        if (kind !== "posts") {
          for (const { _source } of hits) yield unpacked((_source as RecordDocument<Kinds[K]>).body);
          continue;
        }
        // The ledger has them whole, and as they are now.
        const ids = hits.map(({ _id }) => _id!);
        for (const held of await read<LedgerDocument>(connection, ledgerOf(prefix), ids)) {
          if (held !== null) yield storedPost(held.document.entry) as Kinds[K];
        }
      }
    },

    async count(kind: Kind, query: Query): Promise<number> {
      const asked = compiled(kind, query);
      const { count } = await connection.ask((client) =>
        client.count({ index: aliasOf(prefix, kind), query: asked } as estypes.CountRequest),
      );
      return count;
    },

    async countBy(query: Query, by: By): Promise<readonly CountBucket[]> {
      const asked = compiled("posts", query);
      const sources =
        by === "day"
          ? [{ day: DAYS }]
          : GROUPS[by].map((field) => ({ [field]: { terms: { field, missing_bucket: true } } }));
      if (by === "account") return bySize(await accountBuckets(asked, sources));
      const none = by === "day" ? "unknown" : "und";
      const counted: CountBucket[] = [];
      for await (const found of buckets(asked, sources)) {
        for (const { key, doc_count } of found) {
          const parts = Object.values(key).map((part) => part ?? none);
          counted.push({ key: parts.join(":"), count: doc_count });
        }
      }
      return by === "day" ? counted.toSorted(byKey) : bySize(counted);
    },
  };

  /** The index counts by what readers see; whose account it is, the ledger knows of one post of each. */
  async function accountBuckets(
    query: estypes.QueryDslQueryContainer,
    sources: object[],
  ): Promise<readonly CountBucket[]> {
    const counts = new Map<string, number>();
    for await (const found of buckets(query, sources, ONE)) {
      const ids = found.map(
        (bucket) => (bucket.one as estypes.AggregationsTopHitsAggregate).hits.hits[0]!._id!,
      );
      const held = await read<LedgerDocument>(connection, ledgerOf(prefix), ids);
      for (const [i, { doc_count }] of found.entries()) {
        if (held[i] === null) continue;
        const { platform, account } = held[i]!.document.entry.post;
        const key = `${platform}:${account.id}`;
        counts.set(key, (counts.get(key) ?? 0) + doc_count);
      }
    }
    return [...counts].map(([key, count]) => ({ key, count }));
  }

  /** All of them, exactly: a `terms` aggregation over several shards only estimates. */
  async function* buckets(query: estypes.QueryDslQueryContainer, sources: object[], aggregations?: object) {
    let after: object | undefined;
    do {
      const composite = { size: BUCKETS, sources, ...(after === undefined ? {} : { after }) };
      const answer = await connection.ask((client) =>
        client.search({
          ...{ index: aliasOf(prefix, "posts"), size: 0, query },
          aggregations: { by: { composite, ...(aggregations === undefined ? {} : { aggregations }) } },
        } as estypes.SearchRequest),
      );
      const found = answer.aggregations!.by as estypes.AggregationsCompositeAggregate;
      yield found.buckets as readonly estypes.AggregationsCompositeBucket[];
      after = found.after_key;
    } while (after !== undefined);
  }
}

const ONE = { one: { top_hits: { size: 1, _source: false } } };

function bySize(counted: readonly CountBucket[]): readonly CountBucket[] {
  return counted.toSorted((a, b) => b.count - a.count || byKey(a, b));
}

function byKey(a: CountBucket, b: CountBucket): number {
  return a.key < b.key ? -1 : 1;
}

const DAYS = {
  date_histogram: {
    field: "published_at",
    calendar_interval: "1d",
    format: "yyyy-MM-dd",
    missing_bucket: true,
  },
};
