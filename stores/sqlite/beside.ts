import { DatabaseSync } from "node:sqlite";
import type { Post, PostId } from "../../contracts/post.ts";
import type { StoredPost } from "../../contracts/store.ts";
import { flat } from "./rows.ts";

/** Pages kept while a batch is read, in KiB: the upper pages of two tables. */
const CACHE_KIB = 4_096;

type Row = readonly [body: string, revision: number];

/**
 * Posts as they stand in a store's file, read from another thread of the process that writes it. Nothing stays open, so
 * that the one who writes can put the file in order when it ends. They come in the order of their ids; those that are not
 * there are left out.
 */
export function postsBeside(
  file: string,
  ids: readonly PostId[],
): readonly Pick<StoredPost, "post" | "revision">[] {
  const raw = new DatabaseSync(file, { readOnly: true });
  try {
    // In one transaction, so that what is read stays in memory, and in their order, which is next to each other.
    raw.exec(`PRAGMA cache_size = -${CACHE_KIB}; BEGIN`);
    const read = flat(raw, "SELECT body, revision FROM posts WHERE id = ?");
    return ids.toSorted().flatMap((id) => {
      const row = read.get(id) as unknown as Row | undefined;
      return row === undefined ? [] : [{ post: JSON.parse(row[0]) as Post, revision: String(row[1]) }];
    });
  } finally {
    raw.close();
  }
}
