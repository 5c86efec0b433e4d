import type { PostId } from "../../contracts/post.ts";
import type { Reading, Store } from "../../contracts/store.ts";
import type { Database } from "./database.ts";

/** Ids of revised posts remembered, about 100 bytes each. Of a process that revised more every post is looked up. */
const REMEMBERED = 100_000;

type Analysis = Parameters<Store["saveAnalysis"]>[0];

/** Tells which posts are no longer as they were read: see contracts/store.ts. */
export function readings({ raw }: Database, findKey: (id: PostId) => number | undefined) {
  const revision = raw.prepare("SELECT revision FROM posts WHERE key = ?");
  const mark = raw.prepare("SELECT mark FROM marks WHERE post = ?");
  // Only this process writes: a post that it has not revised is as it was read.
  const revised = new Set<PostId>();

  function isRevisedSince({ post, revision: before }: Reading): boolean {
    if (revised.size < REMEMBERED && !revised.has(post)) return false;
    const key = findKey(post);
    // What was taken away meanwhile is not as it was read either.
    return key === undefined || String(revision.get(key)!.revision) !== before;
  }

  function markOf(key: number): string | null {
    const row = mark.get(key);
    return row === undefined ? null : String(row.mark);
  }

  function isMarkedSince({ post, mark: before }: Reading): boolean {
    if (before === undefined) return false;
    const key = findKey(post);
    return key === undefined || markOf(key) !== before;
  }

  return {
    /** The posts that nothing may be saved of, and those that have to be marked once more. */
    compare({ read, findings, withdrawn }: Analysis) {
      const marked = new Set(read.filter(isMarkedSince).map(({ post }) => post));
      const losing = new Set(
        marked.size === 0 ? [] : withdrawn.flatMap(({ child, parent }) => [child, parent]),
      );
      const changed = read
        .filter(
          (reading) => isRevisedSince(reading) || (marked.has(reading.post) && losing.has(reading.post)),
        )
        .map(({ post }) => post);
      const again = marked.size === 0 ? [] : findings.map(({ post }) => post).filter((id) => marked.has(id));
      return { changed, again };
    },
    /** Whether a post was marked since. What its content says is a matter of its analysis, which marks it. */
    isMarkedSince,
    /** The post has another revision from now on. */
    revised(post: PostId): void {
      if (revised.size < REMEMBERED) revised.add(post);
    },
  };
}
