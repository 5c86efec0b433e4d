import type { Link, LinkKey } from "../../contracts/link.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Database } from "./database.ts";
import type { VersionOf } from "./numbers.ts";
import { flat, linkBody, STORED_LINK, type StoredLinkRow, storedLink } from "./rows.ts";

/**
 * A link is numbered by its pair of posts, the later stored one first, so that a pair has one link whichever is the child,
 * and new links stand at the end of the table. With 2^26 posts (67 million) the number stays exact in JavaScript.
 */
const POSTS = 2 ** 26;

/** Links and people's verdicts on them: see contracts/store.ts. */
export function linkTable(
  { raw }: Database,
  keyOf: (id: PostId) => number,
  findKey: (id: PostId) => number | undefined,
) {
  const save = raw.prepare(`
    INSERT OR REPLACE INTO links (key, child, parent, relation, credit, status, confidence, score, version, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const remove = raw.prepare("DELETE FROM links WHERE key = ?");
  const exists = raw.prepare("SELECT 1 FROM links WHERE key = ?");
  const judged = raw.prepare("SELECT 1 FROM verdicts WHERE pair = ?");
  const judge = raw.prepare("INSERT OR REPLACE INTO verdicts (pair, verdict, by, at) VALUES (?, ?, ?, ?)");
  const unjudge = raw.prepare("DELETE FROM verdicts WHERE pair = ?");
  const withEarlier = flat(raw, `${STORED_LINK} WHERE l.key > ? AND l.key < ?`);
  const keysOf = flat(
    raw,
    "SELECT key FROM links WHERE child = ?1 UNION ALL SELECT key FROM links WHERE parent = ?1",
  );
  const byKey = flat(raw, `${STORED_LINK} WHERE l.key = ?`);

  const pairOf = ({ child, parent }: LinkKey): number => pair(findKey(child) ?? 0, findKey(parent) ?? 0);

  return {
    /** Within a transaction. */
    save(links: readonly Link[], versionOf: VersionOf): void {
      for (const link of links) {
        const [child, parent] = [keyOf(link.child), keyOf(link.parent)];
        const { relation, credit, status, confidence, score } = link;
        const version = versionOf(link.version);
        const body = linkBody(link);
        save.run(
          pair(child, parent),
          child,
          parent,
          relation,
          credit,
          status,
          confidence,
          score,
          version,
          body,
        );
      }
    },
    /** Within a transaction. */
    withdraw(links: readonly LinkKey[]): void {
      for (const link of links) {
        const key = pairOf(link);
        if (judged.get(key) === undefined) remove.run(key);
      }
    },
    judge(link: LinkKey, verdict: Link["verdict"], by: string, at: string): boolean {
      const key = pairOf(link);
      if (exists.get(key) === undefined) return false;
      if (verdict === null) unjudge.run(key);
      else judge.run(key, verdict, by, at);
      return true;
    },
    of(ids: readonly PostId[]): readonly Link[] {
      const posts = new Set(ids.map((id) => findKey(id) ?? 0));
      const found: Link[] = [];
      for (const post of posts) {
        const rows = withEarlier.all(post * POSTS, (post + 1) * POSTS) as unknown as readonly StoredLinkRow[];
        for (const row of rows) found.push(storedLink(row));
        for (const [key] of keysOf.all(post) as unknown as readonly [number][]) {
          // Its other end, the later one, may be among the posts, too.
          const later = Math.floor(key / POSTS);
          if (later !== post && !posts.has(later))
            found.push(storedLink(byKey.get(key) as unknown as StoredLinkRow));
        }
      }
      return found;
    },
  };
}

/** Posts are numbered from 1, so that 0 is no post. */
function pair(a: number, b: number): number {
  return Math.max(a, b) * POSTS + Math.min(a, b);
}
