import type { PostId } from "../../contracts/post.ts";
import type { Reading } from "../../contracts/store.ts";
import type { Database } from "./database.ts";

/** Tells which posts are no longer as they were read: see contracts/store.ts. */
export function readings({ raw }: Database, keyOf: (id: PostId) => number) {
  const revision = raw.prepare("SELECT revision FROM posts WHERE key = ?");
  const mark = raw.prepare("SELECT mark FROM marks WHERE post = ?");

  function isOutdated(reading: Reading): boolean {
    const key = keyOf(reading.post);
    if (String(revision.get(key)!.revision) !== reading.revision) return true;
    return reading.mark !== undefined && markOf(key) !== reading.mark;
  }

  function markOf(key: number): string | null {
    const row = mark.get(key);
    return row === undefined ? null : String(row.mark);
  }

  return {
    outdated: (read: readonly Reading[]): readonly PostId[] =>
      read.filter(isOutdated).map(({ post }) => post),
    /** Whether a post was marked since. What its content says is a matter of its analysis, which marks it. */
    markedSince: ({ post, mark: before }: Reading): boolean =>
      before !== undefined && markOf(keyOf(post)) !== before,
  };
}
