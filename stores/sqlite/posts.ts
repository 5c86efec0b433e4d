import type { Post, PostId } from "../../contracts/post.ts";
import type { PostVersion } from "../../contracts/revisit.ts";
import type { Store, StoredPost } from "../../contracts/store.ts";
import { searchable } from "../../text/searchable.ts";
import {
  contentHash,
  editOf,
  isLater,
  type Observation,
  observation,
  readsDifferently,
  together,
} from "../content.ts";
import type { Database } from "./database.ts";
import { flat, STORED_POST, type StoredPostRow, storedPost } from "./rows.ts";

type Outcome = Awaited<ReturnType<Store["savePosts"]>>[number];

interface VersionRow {
  readonly key: number;
  readonly content: string;
  readonly first_seen: number;
  readonly last_seen: number;
  readonly counted_at: number | null;
  readonly body: string;
}

const COLUMNS =
  "content, first_seen, last_seen, counted_at, platform, source, account, handle, name, url, lang, published_at, at, body";
const VERSION_COLUMNS = "content, first_seen, last_seen, counted_at, body";

/** Saving and reading posts: see contracts/store.ts. */
export function postTable(
  { raw, transaction }: Database,
  findKey: (id: PostId) => number | undefined,
  remember: (id: PostId, key: number) => void,
  revised: (id: PostId) => void,
) {
  const insert = raw.prepare(
    `INSERT INTO posts (${COLUMNS}, id) VALUES (${marks(15)}) ON CONFLICT (id) DO NOTHING`,
  );
  const update = raw.prepare(`UPDATE posts SET (${COLUMNS}) = (${marks(14)}) WHERE key = ?`);
  const revise = raw.prepare("UPDATE posts SET revision = revision + 1 WHERE key = ?");
  const seenUntil = raw.prepare("UPDATE posts SET last_seen = ? WHERE key = ?");
  const current = raw.prepare(`SELECT key, ${VERSION_COLUMNS} FROM posts WHERE id = ?`);
  const version = raw.prepare(
    `SELECT post AS key, ${VERSION_COLUMNS} FROM versions WHERE post = ? AND content = ?`,
  );
  const keepVersion = raw.prepare(
    `INSERT OR REPLACE INTO versions (${VERSION_COLUMNS}, post) VALUES (${marks(6)})`,
  );
  const versions = raw.prepare(`SELECT post AS key, ${VERSION_COLUMNS} FROM versions WHERE post = ?`);
  const putEdit = raw.prepare(`
    INSERT INTO later (post, edited_at, edit_body) VALUES (?, ?, ?)
    ON CONFLICT (post) DO UPDATE SET (edited_at, edit_body) = (excluded.edited_at, excluded.edit_body)`);
  const dropEdit = raw.prepare("UPDATE later SET (edited_at, edit_body) = (NULL, NULL) WHERE post = ?");
  const dropVersion = raw.prepare("DELETE FROM versions WHERE post = ? AND content = ?");
  const index = raw.prepare("INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)");
  const unindex = raw.prepare("DELETE FROM search WHERE rowid = ?");
  const awaitAnalysis = raw.prepare("INSERT OR IGNORE INTO to_analyze (post) VALUES (?)");
  const stored = flat(raw, `${STORED_POST} WHERE p.key = ?`);

  let added: [PostId, number][] = [];

  function save(post: Post): Outcome {
    const content = contentHash(post);
    const seen = observation(post);
    const { changes, lastInsertRowid } = insert.run(...values(content, seen), post.id);
    if (changes === 0) return saveAgain(content, seen);
    addToIndex(lastInsertRowid, post);
    awaitAnalysis.run(lastInsertRowid);
    added.push([post.id, Number(lastInsertRowid)]);
    return "added";
  }

  function saveAgain(content: string, seen: Observation): Outcome {
    const row = current.get(seen.post.id) as unknown as VersionRow;
    if (row.content === content && addsNothing(seen, row)) {
      if (seen.last_seen > row.last_seen) seenUntil.run(seen.last_seen, row.key);
      return "known";
    }
    if (row.content === content) {
      const before = observed(row);
      const after = together(before, seen);
      update.run(...values(content, after), row.key);
      noteEdit(seen.post.id, row.key);
      if (!readsDifferently(before.post, after.post)) return "known";
      reviseAndWait(seen.post.id, row.key);
      return "changed";
    }
    const outcome = saveVersion(content, seen, row);
    noteEdit(seen.post.id, row.key);
    return outcome;
  }

  function saveVersion(content: string, seen: Observation, row: VersionRow): Outcome {
    const kept = version.get(row.key, content) as unknown as VersionRow | undefined;
    const after = kept === undefined ? seen : together(observed(kept), seen);
    if (!isLater({ content, last_seen: after.last_seen }, row)) {
      keepVersion.run(
        content,
        after.first_seen,
        after.last_seen,
        after.counted_at,
        json(after.post),
        row.key,
      );
      return kept === undefined ? "changed" : "known";
    }
    keepVersion.run(row.content, row.first_seen, row.last_seen, row.counted_at, row.body, row.key);
    dropVersion.run(row.key, content);
    update.run(...values(content, after), row.key);
    unindex.run(row.key);
    addToIndex(row.key, after.post);
    reviseAndWait(seen.post.id, row.key);
    return "changed";
  }

  /** All that a post has said: the former versions, then the current one. */
  function allOf(id: PostId): readonly VersionRow[] {
    const now = current.get(id) as unknown as VersionRow | undefined;
    if (now === undefined) return [];
    return [...(versions.all(now.key) as unknown as readonly VersionRow[]), now];
  }

  function noteEdit(id: PostId, key: number): void {
    const all = allOf(id);
    if (all.length < 2) return;
    const edit = editOf(all.map(observed));
    if (edit === null) dropEdit.run(key);
    else putEdit.run(key, Date.parse(edit.by), JSON.stringify(edit));
  }

  function reviseAndWait(id: PostId, key: number): void {
    revise.run(key);
    revised(id);
    awaitAnalysis.run(key);
  }

  function addToIndex(key: number | bigint, { title, text }: Post): void {
    index.run(key, title === null ? "" : searchable(title), searchable(text));
  }

  return {
    savePosts(posts: readonly Post[]): readonly Outcome[] {
      added = [];
      const outcomes = transaction(() => posts.map(save));
      for (const [id, key] of added) remember(id, key);
      return outcomes;
    },
    versionsOf: (id: PostId): readonly PostVersion[] => {
      const rows = allOf(id);
      const time = (at: number) => new Date(at).toISOString();
      return rows
        .map((row) => ({ ...observed(row), current: row === rows.at(-1) }))
        .sort((a, b) => a.first_seen - b.first_seen)
        .map(({ post, first_seen, last_seen, current: is }) => ({
          post,
          first_seen: time(first_seen),
          last_seen: time(last_seen),
          current: is,
        }));
    },
    getPosts: (ids: readonly PostId[]): readonly StoredPost[] =>
      ids.flatMap((id) => {
        const key = findKey(id);
        const row = key === undefined ? undefined : stored.get(key);
        if (row === undefined) return [];
        // Who only reads may remember the number of a post that another process has taken away since.
        const found = storedPost(row as unknown as StoredPostRow);
        return found.post.id === id ? [found] : [];
      }),
  };
}

/** The common case of a page that came again, told without reading the stored post. */
function addsNothing(seen: Observation, { first_seen, body }: VersionRow): boolean {
  return (seen.first_seen > first_seen && seen.counted_at === null) || body === json(seen.post);
}

function observed({ first_seen, last_seen, counted_at, body }: VersionRow): Observation {
  return { post: JSON.parse(body) as Post, first_seen, last_seen, counted_at };
}

function values(content: string, { post, first_seen, last_seen, counted_at }: Observation) {
  const { account, published, published_at } = post;
  const at = Date.parse(published_at ?? published.latest);
  return [
    content,
    first_seen,
    last_seen,
    counted_at,
    post.platform,
    post.source,
    account.id,
    account.handle ?? null,
    account.name ?? null,
    post.url,
    post.lang_declared,
    published_at === null ? null : at,
    at,
    json(post),
  ] as const;
}

function json(post: Post): string {
  return JSON.stringify(post);
}

function marks(count: number): string {
  return Array(count).fill("?").join(", ");
}
