import type { Link, LinkKey } from "../../contracts/link.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Database } from "./database.ts";
import { STORED_LINK, type StoredLinkRow, storedLink } from "./rows.ts";

/** Links and people's verdicts on them: see contracts/store.ts. A pair of posts has one link, whichever is the child. */
export function linkTable(
  { raw }: Database,
  keyOf: (id: PostId) => number,
  findKey: (id: PostId) => number | undefined,
) {
  const save = raw.prepare(`
    INSERT INTO links (child, parent, relation, credit, status, confidence, score, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (child, parent) DO UPDATE SET (relation, credit, status, confidence, score, body) =
      (excluded.relation, excluded.credit, excluded.status, excluded.confidence, excluded.score, excluded.body)`);
  const remove = raw.prepare("DELETE FROM links WHERE child = ? AND parent = ?");
  const exists = raw.prepare(
    "SELECT 1 FROM links WHERE (child = ?1 AND parent = ?2) OR (child = ?2 AND parent = ?1)",
  );
  const judged = raw.prepare("SELECT 1 FROM verdicts WHERE low = ? AND high = ?");
  const judge = raw.prepare(
    "INSERT OR REPLACE INTO verdicts (low, high, verdict, by, at) VALUES (?, ?, ?, ?, ?)",
  );
  const unjudge = raw.prepare("DELETE FROM verdicts WHERE low = ? AND high = ?");
  const ofPost = raw.prepare(
    `SELECT key FROM links WHERE child = ?1 UNION ALL SELECT key FROM links WHERE parent = ?1`,
  );
  const byKey = raw.prepare(`${STORED_LINK} WHERE l.key = ?`);

  return {
    /** Within a transaction. */
    save(links: readonly Link[]): void {
      for (const link of links) {
        const child = keyOf(link.child);
        const parent = keyOf(link.parent);
        // A corrected time may have turned the link round.
        remove.run(parent, child);
        const { relation, credit, status, confidence, score } = link;
        save.run(
          child,
          parent,
          relation,
          credit,
          status,
          confidence,
          score,
          JSON.stringify({ ...link, verdict: null }),
        );
      }
    },
    /** Within a transaction. */
    withdraw(keys: readonly LinkKey[]): void {
      for (const { child, parent } of keys) {
        const [low, high] = pair(findKey(child), findKey(parent));
        if (judged.get(low, high) !== undefined) continue;
        remove.run(low, high);
        remove.run(high, low);
      }
    },
    judge({ child, parent }: LinkKey, verdict: Link["verdict"], by: string, at: string): boolean {
      const [low, high] = pair(findKey(child), findKey(parent));
      if (exists.get(low, high) === undefined) return false;
      if (verdict === null) unjudge.run(low, high);
      else judge.run(low, high, verdict, by, at);
      return true;
    },
    of(posts: readonly PostId[]): readonly Link[] {
      const keys = new Set<number>();
      for (const id of posts) {
        for (const { key } of ofPost.all(findKey(id) ?? 0)) keys.add(Number(key));
      }
      return [...keys].map((key) => storedLink(byKey.get(key) as unknown as StoredLinkRow));
    },
  };
}

/** Posts are numbered from 1, so that 0 is no post. */
function pair(a = 0, b = 0): readonly [low: number, high: number] {
  return a < b ? [a, b] : [b, a];
}
