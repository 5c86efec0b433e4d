import type { PostId } from "../../contracts/post.ts";
import type { Bearing, RemovableKind, StoredPost } from "../../contracts/store.ts";
import type { Database } from "./database.ts";
import { flat, STORED_POST, type StoredPostRow, storedPost } from "./rows.ts";

/** What else is kept of a post, each by its number. */
const OF_POST = ["versions", "findings", "to_analyze", "marks", "watched", "visits", "later", "members"];

/** By what a record is named. */
const NAMES: Readonly<Record<RemovableKind, string>> = {
  runs: "run",
  quarantine: "id",
  alerts: "id",
  deliveries: "name",
  captures: "id",
};

/** Posts read at a time: some megabytes. */
const PAGE = 1_000;

export interface RemovalParts {
  readonly findKey: (id: PostId) => number | undefined;
  /** What is remembered of a post goes. */
  readonly forget: (id: PostId) => void;
  /** Its story is to be traced again. */
  readonly mark: (posts: readonly PostId[]) => void;
}

/** Taking away what is kept no longer: see contracts/store.ts. */
export function removal({ raw }: Database, { findKey, forget, mark }: RemovalParts) {
  const page = flat(raw, `${STORED_POST} WHERE p.key > ? AND p.first_seen < ? ORDER BY p.key LIMIT ${PAGE}`);
  const keyOfRow = raw.prepare("SELECT key FROM posts WHERE id = ?");
  const dropOf = OF_POST.map((table) => raw.prepare(`DELETE FROM ${table} WHERE post = ?`));
  const unindex = raw.prepare("DELETE FROM search WHERE rowid = ?");
  const drop = raw.prepare("DELETE FROM posts WHERE key = ?");
  const linked = raw.prepare(`
    SELECT l.key, p.id FROM links l JOIN posts p ON p.key = iif(l.child = ?1, l.parent, l.child)
    WHERE l.child = ?1 OR l.parent = ?1`);
  const dropLink = raw.prepare("DELETE FROM links WHERE key = ?");
  const dropVerdict = raw.prepare("DELETE FROM verdicts WHERE pair = ?");
  const storyOf = raw.prepare("SELECT story FROM members WHERE post = ?");
  const membersOf = raw.prepare(
    "SELECT p.id FROM members m JOIN posts p ON p.key = m.post WHERE m.story = ?",
  );
  const dropStory = raw.prepare("DELETE FROM stories WHERE key = ?");
  const awaitAnalysis = raw.prepare(
    "INSERT OR IGNORE INTO to_analyze (post) SELECT key FROM posts WHERE id = ?",
  );
  const dropItems = raw.prepare(
    "DELETE FROM alert_items WHERE alert = (SELECT key FROM alerts WHERE id = ?)",
  );
  const dropJudgements = raw.prepare("DELETE FROM alert_judgements WHERE alert = ?");

  return {
    *collectedBefore(at: string): Generator<StoredPost> {
      for (let after = 0; ; ) {
        const rows = page.all(after, Date.parse(at)) as unknown as readonly StoredPostRow[];
        for (const row of rows) {
          const stored = storedPost(row);
          after = Number(keyOfRow.get(stored.post.id)!.key);
          yield stored;
        }
        if (rows.length < PAGE) return;
      }
    },
    *bearings(): Generator<Bearing> {
      const all = raw.prepare(`
        SELECT id AS post, body ->> '$.sha256' AS sha256, url FROM posts
        UNION ALL
        SELECT p.id, v.body ->> '$.sha256', v.body ->> '$.url' FROM versions v JOIN posts p ON p.key = v.post
        UNION ALL
        SELECT p.id, v.body ->> '$.sha256', NULL FROM visits v JOIN posts p ON p.key = v.post`);
      for (const row of all.iterate()) yield row as unknown as Bearing;
    },
    /** Within a transaction. */
    removePosts(ids: readonly PostId[]): void {
      const gone = new Map(
        ids.flatMap((id) => {
          const key = findKey(id);
          return key === undefined ? [] : [[id, key] as const];
        }),
      );
      const left = new Set<PostId>();
      const stories = new Set<number>();
      for (const key of gone.values()) {
        for (const row of linked.all(key)) {
          dropLink.run(Number(row.key));
          dropVerdict.run(Number(row.key));
          left.add(String(row.id));
        }
        const story = storyOf.get(key);
        if (story !== undefined) stories.add(Number(story.story));
      }
      for (const [id, key] of gone) {
        for (const statement of dropOf) statement.run(key);
        unindex.run(key);
        drop.run(key);
        forget(id);
      }
      for (const story of stories) {
        const members = membersOf.all(story).map(({ id }) => String(id));
        for (const id of members) left.add(id);
        if (members.length === 0) dropStory.run(story);
      }
      const others = [...left].filter((id) => !gone.has(id));
      for (const id of others) awaitAnalysis.run(id);
      mark(others);
    },
    /** Within a transaction. */
    removeRecords(kind: RemovableKind, ids: readonly string[]): void {
      const statement = raw.prepare(`DELETE FROM ${kind} WHERE ${NAMES[kind]} = ?`);
      for (const id of ids) {
        if (kind === "alerts") {
          dropItems.run(id);
          dropJudgements.run(id);
        }
        statement.run(id);
      }
    },
  };
}
