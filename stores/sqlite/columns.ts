import type { Kind } from "../../contracts/store.ts";
import type { FieldOf } from "../fields.ts";

/** Where the value of a field stands. */
export interface Column {
  readonly sql: string;
  /** For a value in another table, or one of a list: the condition on the row, given one on the value. */
  readonly within?: (condition: string) => string;
}

/** `p`, `l`, `s`, `r`, `q`, `a`, `d`, `c` are the names that find.ts gives to the tables. Fields of type text are in `search`. */
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
    watches: {
      sql: "w.watch",
      within: (is) => `p.key IN (SELECT w.post FROM watched w WHERE ${is})`,
    },
    watches_confirmed: {
      sql: "w.watch",
      within: (is) => `p.key IN (SELECT w.post FROM watched w WHERE w.confirmed = 1 AND ${is})`,
    },
    existence: later("existence"),
    deleted_by: later("deleted_by"),
    deleted_at: later("deleted_at"),
    edited_at: later("edited_at"),
    revisit_at: later("revisit_at"),
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
      sql: `(SELECT d.verdict FROM verdicts d WHERE d.pair = l.key)`,
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
  alerts: {
    id: { sql: "a.id" },
    rule: { sql: "a.rule" },
    kind: { sql: "a.kind" },
    severity: { sql: "a.severity" },
    state: {
      sql: `coalesce((SELECT j.state FROM alert_judgements j WHERE j.alert = a.id
        ORDER BY j.at DESC, j.by DESC, j.state DESC LIMIT 1), 'open')`,
    },
    holds: { sql: "a.holds" },
    subject: { sql: "a.subject" },
    story: { sql: "a.story" },
    watch: { sql: "a.watch" },
    source: { sql: "a.source" },
    items: { sql: "i.post", within: (is) => `a.key IN (SELECT i.alert FROM alert_items i WHERE ${is})` },
    since: { sql: "a.since" },
    until: { sql: "a.until" },
    size: { sql: "a.size" },
    raised_at: { sql: "a.raised_at" },
    updated_at: { sql: "a.updated_at" },
  },
  deliveries: {
    key: { sql: "d.name" },
    channel: { sql: "d.channel" },
    alert: { sql: "d.alert" },
    rule: { sql: "d.rule" },
    mode: { sql: "d.mode" },
    batch: { sql: "d.batch" },
    state: { sql: "d.state" },
    created_at: { sql: "d.created_at" },
    due_at: { sql: "d.due_at" },
  },
  captures: {
    id: { sql: "c.id" },
    at: { sql: "c.at" },
    url: { sql: "c.url" },
    requested_url: { sql: "c.requested_url" },
    status: { sql: "c.status" },
    sha256: { sql: "c.sha256" },
    file: { sql: "c.file" },
  },
};

function later(column: string): Column {
  const within = (is: string) => `p.key IN (SELECT e.post FROM later e WHERE ${is})`;
  return { sql: `e.${column}`, within };
}

function inList(field: "platforms" | "languages"): Column {
  return {
    sql: "e.value",
    within: (is) => `EXISTS (SELECT 1 FROM json_each(s.body, '$.${field}') e WHERE ${is})`,
  };
}
