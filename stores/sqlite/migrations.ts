/**
 * Each entry brings a database from the version before it (its place in this list) to the next; the file's
 * user_version says where it stands. Entries that have been released are never changed.
 *
 * Posts are numbered: everything else refers to a post by `key`, and ids appear at the rim only. Times are
 * milliseconds. A `body` is the whole record as JSON; columns beside it are what searches ask for.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE posts (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL DEFAULT 1, -- counts the changes of what the analyzers read
    content TEXT NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    counted_at INTEGER,
    platform TEXT NOT NULL,
    source TEXT NOT NULL,
    account TEXT NOT NULL,
    handle TEXT,
    name TEXT,
    url TEXT,
    lang TEXT,
    published_at INTEGER,
    at INTEGER NOT NULL, -- published_at, else the latest it can have been: for the order of a listing
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX posts_by_time ON posts (at, id);
  CREATE INDEX posts_by_account ON posts (account);

  CREATE TABLE versions (
    post INTEGER NOT NULL,
    content TEXT NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    counted_at INTEGER,
    body TEXT NOT NULL,
    PRIMARY KEY (post, content)
  ) STRICT, WITHOUT ROWID;

  CREATE VIRTUAL TABLE search USING fts5 (
    title, text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
  );

  CREATE TABLE findings (
    post INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    lang TEXT NOT NULL,
    lang_confidence REAL NOT NULL,
    lang_second TEXT,
    actor TEXT,
    fingerprints BLOB NOT NULL,
    names TEXT
  ) STRICT;
  CREATE INDEX findings_by_version ON findings (version);
  CREATE TABLE finding_versions (key INTEGER PRIMARY KEY, version TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE to_analyze (post INTEGER PRIMARY KEY) STRICT;
  -- How often a post was marked to be traced again, and whether the last time is still to be done.
  CREATE TABLE marks (post INTEGER PRIMARY KEY, mark INTEGER NOT NULL, waiting INTEGER NOT NULL) STRICT;
  CREATE INDEX to_trace ON marks (post) WHERE waiting;

  CREATE TABLE links (
    key INTEGER PRIMARY KEY, -- made of the two posts: see links.ts
    child INTEGER NOT NULL,
    parent INTEGER NOT NULL,
    relation TEXT NOT NULL,
    credit TEXT NOT NULL,
    status TEXT NOT NULL,
    confidence TEXT NOT NULL,
    score REAL NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX links_by_child ON links (child);
  CREATE INDEX links_by_parent ON links (parent);
  -- A verdict is on the pair: it holds whichever of the two turns out to be the child.
  CREATE TABLE verdicts (
    pair INTEGER PRIMARY KEY,
    verdict TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE stories (
    key INTEGER PRIMARY KEY,
    story TEXT NOT NULL UNIQUE,
    first INTEGER,
    last INTEGER,
    origin TEXT,
    origin_status TEXT NOT NULL,
    body TEXT NOT NULL,
    trace TEXT NOT NULL
  ) STRICT;
  CREATE TABLE members (post INTEGER PRIMARY KEY, story INTEGER NOT NULL) STRICT;
  CREATE INDEX members_by_story ON members (story);

  CREATE TABLE runs (
    key INTEGER PRIMARY KEY,
    run TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    collector TEXT NOT NULL,
    status TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE TABLE quarantine (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    run TEXT NOT NULL,
    source TEXT NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE TABLE cursors (name TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE findings ADD COLUMN watches TEXT;
  CREATE TABLE watched (
    watch TEXT NOT NULL,
    post INTEGER NOT NULL,
    confirmed INTEGER NOT NULL,
    PRIMARY KEY (watch, post)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX watched_by_post ON watched (post);

  CREATE TABLE alerts (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    rule TEXT NOT NULL,
    kind TEXT NOT NULL,
    severity TEXT NOT NULL,
    subject TEXT NOT NULL,
    story TEXT,
    watch TEXT,
    source TEXT,
    holds TEXT NOT NULL,
    since INTEGER,
    until INTEGER,
    size INTEGER NOT NULL,
    raised_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX alerts_by_story ON alerts (story);
  CREATE TABLE alert_items (post TEXT NOT NULL, alert INTEGER NOT NULL, PRIMARY KEY (post, alert)) STRICT, WITHOUT ROWID;
  CREATE INDEX alert_items_by_alert ON alert_items (alert);
  -- What people decided; never touched by what the machine writes.
  CREATE TABLE alert_judgements (
    alert TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    state TEXT NOT NULL,
    note TEXT,
    PRIMARY KEY (alert, at, by, state)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE deliveries (
    key INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    channel TEXT NOT NULL,
    alert TEXT NOT NULL,
    rule TEXT NOT NULL,
    mode TEXT NOT NULL,
    batch TEXT,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX deliveries_by_state ON deliveries (state, due_at);
  `,
  `
  -- Keys of a new kind, in one column; posts are analysed again by their version, and have none until then.
  ALTER TABLE findings DROP COLUMN names;
  ALTER TABLE findings RENAME COLUMN fingerprints TO keys;
  UPDATE findings SET keys = x'';
  `,
  `
  CREATE TABLE captures (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    url TEXT NOT NULL,
    requested_url TEXT NOT NULL,
    status INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    file TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX captures_by_sha256 ON captures (sha256);
  CREATE INDEX captures_by_url ON captures (url);
  CREATE INDEX captures_by_file ON captures (file);
  `,
  `
  -- What became of posts after they were collected. Times beside the bodies are for searches.
  CREATE TABLE visits (
    post INTEGER NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (post, at)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE later (
    post INTEGER PRIMARY KEY,
    existence TEXT,
    deleted_by TEXT,
    deleted_at INTEGER,
    edited_at INTEGER,
    revisit_at INTEGER,
    existence_body TEXT,
    edit_body TEXT
  ) STRICT;
  CREATE INDEX later_by_revisit ON later (revisit_at) WHERE revisit_at IS NOT NULL;
  `,
  `
  -- What stands in columns is not in the body again: there are more links than anything else.
  ALTER TABLE links ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
  INSERT OR IGNORE INTO finding_versions (version) SELECT DISTINCT body ->> '$.version' FROM links;
  UPDATE links SET
    version = (SELECT v.key FROM finding_versions v WHERE v.version = body ->> '$.version'),
    body = json_array(
      body ->> '$.child', body ->> '$.parent', body -> '$.evidence', body -> '$.overlap', body -> '$.spans',
      body -> '$.added', body -> '$.left_out', body -> '$.lag_seconds', body -> '$.reasons');
  `,
];
