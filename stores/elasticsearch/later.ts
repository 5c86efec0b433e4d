import type { PostId } from "../../contracts/post.ts";
import type { PostVersion, Visit } from "../../contracts/revisit.ts";
import type { Store } from "../../contracts/store.ts";
import { differs, existenceOf } from "../../text/existence.ts";
import type { Entry } from "./entry.ts";
import { type Ledger, marked } from "./ledger.ts";

/** Kept with a post: its schedule has some ten visits, and one that cannot be reached a few more. */
const KEPT_VISITS = 100;

/** What became of posts after they were collected: see contracts/store.ts. */
export function laterDocuments(ledger: Ledger) {
  return {
    async versionsOf(post: PostId): Promise<readonly PostVersion[]> {
      const [entry] = await ledger.get([post]);
      if (entry == null) return [];
      const time = (at: number) => new Date(at).toISOString();
      return [...entry.versions, entry]
        .toSorted((a, b) => a.first_seen - b.first_seen)
        .map((version) => ({
          post: version.post,
          first_seen: time(version.first_seen),
          last_seen: time(version.last_seen),
          current: version === entry,
        }));
    },

    async saveVisits(visits: readonly Visit[]): Promise<void> {
      const own = Map.groupBy(visits, ({ post }) => post);
      await ledger.change([...own.keys()], (id, before) => {
        if (before === null) return null;
        const after = visited(before.entry, own.get(id)!);
        if (after === before.entry) return null;
        const changed = differs(before.entry.existence ?? null, after.existence ?? null);
        const { entry, waits } = changed ? marked({ ...before, entry: after }) : { ...before, entry: after };
        return { entry, waits, alone: false };
      });
    },

    async visitsOf(post: PostId): Promise<readonly Visit[]> {
      const [entry] = await ledger.get([post]);
      return entry?.visits ?? [];
    },

    async planVisits(plans: Parameters<Store["planVisits"]>[0]): Promise<void> {
      const at = new Map(plans.map((plan) => [plan.post, plan.at]));
      await ledger.change([...at.keys()], (id, before) => {
        if (before === null) return null;
        const next = at.get(id) ?? null;
        if ((before.entry.revisit_at ?? null) === next) return null;
        const { revisit_at: _, ...entry } = before.entry;
        const planned = next === null ? entry : { ...entry, revisit_at: next };
        return { entry: planned, waits: before.waits, alone: false };
      });
    },
  };
}

function visited(entry: Entry, visits: readonly Visit[]): Entry {
  const before = entry.visits ?? [];
  const known = new Set(before.map(({ at }) => at));
  const news = visits.filter(({ at }) => !known.has(at));
  if (news.length === 0) return entry;
  const all = [...before, ...news].toSorted((a, b) => (a.at < b.at ? -1 : 1)).slice(-KEPT_VISITS);
  return { ...entry, visits: all, existence: existenceOf(all)! };
}
