import type { PostId } from "../../contracts/post.ts";
import type { Database } from "./database.ts";

/** Ids remembered with their numbers, about 100 bytes each: analysis asks for the posts that were just saved. */
const REMEMBERED = 20_000;

/** The number of a post by its id. A number never changes, so what is remembered is never stale. */
export function postNumbers({ raw }: Database) {
  const find = raw.prepare("SELECT key FROM posts WHERE id = ?");
  let recent = new Map<PostId, number>();
  let older = new Map<PostId, number>();

  function findKey(id: PostId): number | undefined {
    const known = recent.get(id) ?? older.get(id);
    if (known !== undefined) return known;
    const row = find.get(id);
    if (row === undefined) return undefined;
    const key = Number(row.key);
    if (recent.size >= REMEMBERED) {
      older = recent;
      recent = new Map();
    }
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
  };
}
