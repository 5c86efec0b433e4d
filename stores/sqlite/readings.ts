import type { PostId } from "../../contracts/post.ts";
import type { Reading, Store } from "../../contracts/store.ts";
import type { Database } from "./database.ts";
import { Recent } from "./recent.ts";

/** Revisions remembered, about 40 bytes each. */
const REMEMBERED = 100_000;

type Analysis = Parameters<Store["saveAnalysis"]>[0];

/** Tells which posts are no longer as they were read: see contracts/store.ts. */
export function readings({ raw }: Database, keyOf: (id: PostId) => number) {
  const revision = raw.prepare("SELECT revision FROM posts WHERE key = ?");
  const mark = raw.prepare("SELECT mark FROM marks WHERE post = ?");
  // Only this process writes, so what it remembers is right as long as it forgets what it changes.
  const recent = new Recent<number, string>(REMEMBERED);

  function revisionOf(key: number): string {
    let known = recent.get(key);
    if (known === undefined) {
      known = String(revision.get(key)!.revision);
      recent.set(key, known);
    }
    return known;
  }

  function markOf(key: number): string | null {
    const row = mark.get(key);
    return row === undefined ? null : String(row.mark);
  }

  function isMarkedSince({ post, mark: before }: Reading): boolean {
    return before !== undefined && markOf(keyOf(post)) !== before;
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
          ({ post, revision }) =>
            revisionOf(keyOf(post)) !== revision || (marked.has(post) && losing.has(post)),
        )
        .map(({ post }) => post);
      const again = marked.size === 0 ? [] : findings.map(({ post }) => post).filter((id) => marked.has(id));
      return { changed, again };
    },
    /** Whether a post was marked since. What its content says is a matter of its analysis, which marks it. */
    isMarkedSince,
    /** The post has another revision from now on. */
    revised(key: number): void {
      recent.delete(key);
    },
  };
}
