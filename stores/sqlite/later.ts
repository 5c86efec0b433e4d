import type { PostId } from "../../contracts/post.ts";
import type { Visit } from "../../contracts/revisit.ts";
import type { Store } from "../../contracts/store.ts";
import { differs, existenceOf } from "../../text/existence.ts";
import type { Database } from "./database.ts";

/** What became of posts after they were collected: see contracts/store.ts. */
export function laterTables(
  { raw }: Database,
  findKey: (id: PostId) => number | undefined,
  mark: (posts: readonly PostId[]) => void,
) {
  const save = raw.prepare("INSERT INTO visits (post, at, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
  const all = raw.prepare("SELECT body FROM visits WHERE post = ? ORDER BY at");
  const put = raw.prepare(`
    INSERT INTO later (post, existence, deleted_by, deleted_at, existence_body) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (post) DO UPDATE SET (existence, deleted_by, deleted_at, existence_body) =
      (excluded.existence, excluded.deleted_by, excluded.deleted_at, excluded.existence_body)`);
  const plan = raw.prepare(`
    INSERT INTO later (post, revisit_at) VALUES (?, ?)
    ON CONFLICT (post) DO UPDATE SET revisit_at = excluded.revisit_at`);

  const visitsOf = (key: number) => all.all(key).map(({ body }) => JSON.parse(String(body)) as Visit);

  return {
    /** Within a transaction. */
    saveVisits(visits: readonly Visit[]): void {
      for (const [post, own] of Map.groupBy(visits, (visit) => visit.post)) {
        const key = findKey(post);
        if (key === undefined) continue;
        const before = existenceOf(visitsOf(key));
        for (const visit of own) save.run(key, Date.parse(visit.at), JSON.stringify(visit));
        const after = existenceOf(visitsOf(key))!;
        const deleted = after.state === "deleted";
        const at = deleted ? Date.parse(after.since) : null;
        put.run(key, after.state, deleted ? after.by : null, at, JSON.stringify(after));
        if (differs(before, after)) mark([post]);
      }
    },
    visitsOf(post: PostId): readonly Visit[] {
      return visitsOf(findKey(post) ?? 0);
    },
    /** Within a transaction. */
    planVisits(plans: Parameters<Store["planVisits"]>[0]): void {
      for (const { post, at } of plans) {
        const key = findKey(post);
        if (key !== undefined) plan.run(key, at === null ? null : Date.parse(at));
      }
    },
  };
}
