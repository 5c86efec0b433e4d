import type { PostId } from "../../contracts/post.ts";
import type { Database } from "./database.ts";
import { Recent } from "./recent.ts";

/** Ids remembered with their numbers, about 100 bytes each: analysis asks again and again for posts of a burst. */
const REMEMBERED = 100_000;
/** The same few thousand are asked for many times over; a map of them alone stays close to the processor. */
const CLOSE = 4_000;

/** The number of a post by its id. A number never changes, so what is remembered is never stale. */
export function postNumbers({ raw }: Database) {
  const find = raw.prepare("SELECT key FROM posts WHERE id = ?");
  const recent = new Recent<PostId, number>(REMEMBERED);
  const close = new Recent<PostId, number>(CLOSE);

  function findKey(id: PostId): number | undefined {
    const known = close.get(id);
    if (known !== undefined) return known;
    const key = recent.get(id) ?? lookedUp(id);
    if (key !== undefined) close.set(id, key);
    return key;
  }

  function lookedUp(id: PostId): number | undefined {
    const row = find.get(id);
    if (row === undefined) return undefined;
    const key = Number(row.key);
    recent.set(id, key);
    return key;
  }

  return {
    findKey,
    /** For what must be there: findings and links are of stored posts. */
    keyOf(id: PostId): number {
      const key = findKey(id);
      if (key === undefined) throw new Error(`${id} is not stored, so nothing can be said of it`);
      return key;
    },
    /** The post is gone; its number may become another's. */
    forget(id: PostId): void {
      recent.delete(id);
      close.delete(id);
    },
    /** What was just stored need not be looked up. Only after its transaction: what is rolled back has no number. */
    remember(id: PostId, key: number): void {
      recent.set(id, key);
    },
  };
}

/** The number of a version of the analyzers. */
export type VersionOf = (version: string) => number;

/** Numbers versions within one transaction: what it rolls back has no number. */
export function versionNumbers({ raw }: Database): () => VersionOf {
  const add = raw.prepare("INSERT INTO finding_versions (version) VALUES (?) ON CONFLICT DO NOTHING");
  const find = raw.prepare("SELECT key FROM finding_versions WHERE version = ?");
  return () => {
    const known = new Map<string, number>();
    return (version) => {
      let key = known.get(version);
      if (key === undefined) {
        add.run(version);
        key = Number(find.get(version)!.key);
        known.set(version, key);
      }
      return key;
    };
  };
}
