import type { Delivery } from "../../contracts/alert.ts";
import type { Capture } from "../../contracts/capture.ts";
import type { Query } from "../../contracts/query.ts";
import type { Quarantined, Run } from "../../contracts/run.ts";
import type { CountBucket, FindOptions, Kind, Kinds, Store } from "../../contracts/store.ts";
import type { Story, Trace } from "../../contracts/trace.ts";
import { STORED_ALERT, type StoredAlertRow, storedAlert } from "./alerts.ts";
import type { Database } from "./database.ts";
import { rankedBy } from "./match.ts";
import {
  STORED_LINK,
  STORED_POST,
  type StoredLinkRow,
  type StoredPostRow,
  storedLink,
  storedPost,
} from "./rows.ts";
import { where } from "./where.ts";

interface Table {
  readonly name: string;
  readonly key: string;
  /** One row by its key. */
  readonly row: string;
  /** A fixed order; that of posts is chosen by the caller. */
  readonly order: string;
}

const TABLES: Readonly<Record<Kind, Table>> = {
  posts: { name: "posts p", key: "p.key", row: `${STORED_POST} WHERE p.key = ?`, order: "p.at, p.id" },
  links: { name: "links l", key: "l.key", row: `${STORED_LINK} WHERE l.key = ?`, order: "l.child, l.parent" },
  stories: {
    name: "stories s",
    key: "s.key",
    row: "SELECT body FROM stories WHERE key = ?",
    order: "s.first NULLS LAST, s.story",
  },
  traces: {
    name: "stories s",
    key: "s.key",
    row: "SELECT trace AS body FROM stories WHERE key = ?",
    order: "s.first NULLS LAST, s.story",
  },
  runs: {
    name: "runs r",
    key: "r.key",
    row: "SELECT body FROM runs WHERE key = ?",
    order: "r.started_at, r.run",
  },
  quarantine: {
    name: "quarantine q",
    key: "q.key",
    row: "SELECT body FROM quarantine WHERE key = ?",
    order: "q.key",
  },
  alerts: {
    name: "alerts a",
    key: "a.key",
    row: `${STORED_ALERT} WHERE a.key = ?`,
    order: "a.raised_at, a.id",
  },
  deliveries: {
    name: "deliveries d",
    key: "d.key",
    row: "SELECT body FROM deliveries WHERE key = ?",
    order: "d.due_at, d.name",
  },
  captures: {
    name: "captures c",
    key: "c.key",
    row: "SELECT body FROM captures WHERE key = ?",
    order: "c.at, c.id",
  },
};

const READERS: { readonly [K in Kind]: (row: unknown) => Kinds[K] } = {
  posts: (row) => storedPost(row as StoredPostRow),
  links: (row) => storedLink(row as StoredLinkRow),
  stories: (row) => bodyOf(row) as Story,
  traces: (row) => bodyOf(row) as Trace,
  runs: (row) => bodyOf(row) as Run,
  quarantine: (row) => bodyOf(row) as Quarantined,
  alerts: (row) => storedAlert(row as StoredAlertRow),
  deliveries: (row) => bodyOf(row) as Delivery,
  captures: (row) => bodyOf(row) as Capture,
};

const FLAT: ReadonlySet<Kind> = new Set(["posts", "links"]);

const GROUPS: Readonly<Record<Parameters<Store["countBy"]>[1], string>> = {
  day: "coalesce(date(p.published_at / 1000, 'unixepoch'), 'unknown')",
  platform: "p.platform",
  source: "p.source",
  account: "p.platform || ':' || p.account",
  lang: "coalesce((SELECT f.lang FROM findings f WHERE f.post = p.key), p.lang, 'und')",
};

/** Searching and counting: see contracts/store.ts. */
export function searches({ raw }: Database) {
  /** The keys of all that match, in order: eight bytes each, so that rows are read one by one while others write. */
  function matches(kind: Kind, query: Query, { order, limit }: FindOptions): readonly number[] {
    const { name, key, order: fixed } = TABLES[kind];
    const condition = where(kind, query);
    const ranked = kind === "posts" && order === "relevance" ? rankedBy(query) : null;
    const from = ranked === null ? name : `${name} LEFT JOIN k ON k.post = p.key`;
    const by =
      kind !== "posts"
        ? fixed
        : ranked !== null
          ? BY_RANK
          : order === "newest" || order === "relevance"
            ? NEWEST
            : fixed;
    const statement = raw.prepare(
      `${ranked === null ? "" : RANKS} SELECT ${key} FROM ${from} WHERE ${condition.sql} ORDER BY ${by} LIMIT ?`,
    );
    statement.setReturnArrays(true);
    const keys: number[] = [];
    const values = [...(ranked === null ? [] : [ranked]), ...condition.values, limit ?? -1];
    for (const row of statement.iterate(...values)) keys.push((row as unknown as readonly [number])[0]);
    return keys;
  }

  return {
    async *find<K extends Kind>(kind: K, query: Query, options: FindOptions = {}): AsyncGenerator<Kinds[K]> {
      const keys = matches(kind, query, options);
      const read = raw.prepare(TABLES[kind].row);
      read.setReturnArrays(FLAT.has(kind));
      for (const key of keys) {
        const row = read.get(key);
        // A story may have been replaced since.
        if (row !== undefined) yield READERS[kind](row);
      }
    },
    count(kind: Kind, query: Query): number {
      const { sql, values } = where(kind, query);
      const row = raw
        .prepare(`SELECT count(*) AS count FROM ${TABLES[kind].name} WHERE ${sql}`)
        .get(...values);
      return Number(row!.count);
    },
    countBy(query: Query, by: keyof typeof GROUPS): readonly CountBucket[] {
      const { sql, values } = where("posts", query);
      const rows = raw
        .prepare(`SELECT ${GROUPS[by]} AS key, count(*) AS count FROM posts p WHERE ${sql} GROUP BY 1
          ORDER BY ${by === "day" ? "1" : "2 DESC, 1"}`)
        .all(...values);
      return rows.map((row) => ({ key: String(row.key), count: Number(row.count) }));
    },
  };
}

const RANKS = "WITH k AS MATERIALIZED (SELECT rowid AS post, rank FROM search WHERE search MATCH ?)";
const BY_RANK = "k.rank NULLS LAST, p.at, p.id";
const NEWEST = "p.at DESC, p.id DESC";

function bodyOf(row: unknown): unknown {
  return JSON.parse((row as { readonly body: string }).body);
}
