import type { Kind } from "../../contracts/store.ts";
import type { FieldOf } from "../fields.ts";

/** Where the value of a field stands. */
export interface Column {
  readonly sql: string;
  /** For a value in another table, or one of a list: the condition on the row, given one on the value. */
  readonly within?: (condition: string) => string;
}

/** `p`, `l`, `s`, `r`, `q` are the names that find.ts gives to the tables. Fields of type text are in `search`. */
export const COLUMNS: { readonly [K in Kind]: Readonly<Record<FieldOf<K>, Column>> } = {
  posts: {
    id: { sql: "p.id" },
    platform: { sql: "p.platform" },
    source: { sql: "p.source" },
    "account.id": { sql: "p.account" },
    "account.handle": { sql: "p.handle" },
    "account.name": { sql: "p.name" },
    url: { sql: "p.url" },
    title: { sql: "nullif(p.body ->> '$.title', '')" },
    text: { sql: "nullif(p.body ->> '$.text', '')" },
    // What was found; before analysis, what the post declares.
    lang: {
      sql: "f.lang",
      within: (is) => `p.key IN (
        SELECT f.post FROM (
          SELECT post, lang FROM findings
          UNION ALL
          SELECT t.post, d.lang FROM to_analyze t JOIN posts d ON d.key = t.post
          WHERE t.post NOT IN (SELECT post FROM findings)
        ) f WHERE ${is})`,
    },
    published_at: { sql: "p.published_at" },
    collected_at: { sql: "p.first_seen" },
    story: {
      sql: "s.story",
      within: (is) => `p.key IN (SELECT m.post FROM stories s JOIN members m ON m.story = s.key WHERE ${is})`,
    },
    actor: { sql: "f.actor", within: (is) => `p.key IN (SELECT f.post FROM findings f WHERE ${is})` },
    "declared_source.name": { sql: "(p.body ->> '$.declared_source.name')" },
  },
  links: {
    child: { sql: "p.id", within: (is) => `l.child IN (SELECT p.key FROM posts p WHERE ${is})` },
    parent: { sql: "p.id", within: (is) => `l.parent IN (SELECT p.key FROM posts p WHERE ${is})` },
    relation: { sql: "l.relation" },
    credit: { sql: "l.credit" },
    status: { sql: "l.status" },
    confidence: { sql: "l.confidence" },
    score: { sql: "l.score" },
    verdict: {
      sql: `(SELECT d.verdict FROM verdicts d
        WHERE d.low = min(l.child, l.parent) AND d.high = max(l.child, l.parent))`,
    },
  },
  stories: {
    story: { sql: "s.story" },
    members: {
      sql: "p.id",
      within: (is) => `s.key IN (SELECT m.story FROM posts p JOIN members m ON m.post = p.key WHERE ${is})`,
    },
    platforms: inList("platforms"),
    languages: inList("languages"),
    first: { sql: "s.first" },
    last: { sql: "s.last" },
  },
  traces: {
    story: { sql: "s.story" },
    origin: { sql: "s.origin" },
    origin_status: { sql: "s.origin_status" },
  },
  runs: {
    run: { sql: "r.run" },
    source: { sql: "r.source" },
    collector: { sql: "r.collector" },
    status: { sql: "r.status" },
    started_at: { sql: "r.started_at" },
  },
  quarantine: {
    id: { sql: "q.id" },
    run: { sql: "q.run" },
    source: { sql: "q.source" },
    reason: { sql: "q.reason" },
    at: { sql: "q.at" },
  },
};

function inList(field: "platforms" | "languages"): Column {
  return {
    sql: "e.value",
    within: (is) => `EXISTS (SELECT 1 FROM json_each(s.body, '$.${field}') e WHERE ${is})`,
  };
}
