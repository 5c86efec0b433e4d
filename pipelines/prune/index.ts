import type { Config } from "../../config/schema.ts";
import type { Log } from "../../contracts/log.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Store } from "../../contracts/store.ts";
import { parseQuery } from "../../text/query.ts";
import { evidenceFolder } from "../evidence.ts";
import { endRemoval, planEvidence, removeEvidence } from "./captures.ts";
import { planPosts } from "./posts.ts";
import { planRecords } from "./records.ts";
import type { Tally } from "./tally.ts";

export type { Tally } from "./tally.ts";

export interface PruneOptions {
  readonly keep_days: number;
  /** Counts, and takes nothing away. */
  readonly dry: boolean;
}

export interface Pruned {
  /** What was collected before this is no longer kept. */
  readonly before: string;
  readonly tallies: readonly Tally[];
}

interface Deps {
  readonly config: Config;
  readonly store: Store;
  readonly log: Log;
  readonly now: () => Date;
  /** What processes share through Redis; null where one works alone and restores its keys at every start. */
  readonly shared: { readonly keys: { forget(posts: readonly PostId[]): Promise<void> } } | null;
}

const DAY_MS = 86_400_000;
/** Posts taken away in one transaction. */
const AT_ONCE = 500;

/**
 * Takes away what is older than it may be kept. All is decided before anything goes, and both a dry run and a real one
 * count by that. A run that was broken off loses nothing that stays: the next one decides anew on what is left. The
 * stories that lost posts wait for a trace afterwards.
 */
export async function prune(deps: Deps, { keep_days, dry }: PruneOptions): Promise<Pruned> {
  const { config, store, log, now, shared } = deps;
  const before = new Date(now().getTime() - keep_days * DAY_MS).toISOString();
  const holds = config.retention.holds.map(parseQuery);
  const folder = evidenceFolder(config);
  if (!dry) {
    await store.removePosts([]);
    await endRemoval(store, folder);
  }
  const records = await planRecords(store, before);
  const progress = (done: number) => log.progress("posts looked at", done, null);
  const posts = await planPosts({ store, before, holds, cited: records.cited, progress });
  const without = new Set<PostId>(posts.remove);
  const evidence = await planEvidence({ store, folder, before, without });
  if (!dry) {
    for (let i = 0; i < posts.remove.length; i += AT_ONCE) {
      const some = posts.remove.slice(i, i + AT_ONCE);
      // Before: of a post that is known there and not stored, an analysis would be told for nothing.
      await shared?.keys.forget(some);
      await store.removePosts(some);
      log.progress("posts taken away", Math.min(i + AT_ONCE, posts.remove.length), posts.remove.length);
    }
    for (const kind of ["deliveries", "alerts", "quarantine", "runs"] as const)
      await store.removeRecords(kind, records.remove[kind]);
    await removeEvidence(store, folder, evidence.remove);
  }
  return { before, tallies: [...posts.tallies, ...records.tallies, ...evidence.tallies] };
}
