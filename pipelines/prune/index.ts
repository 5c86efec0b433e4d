import type { PostId } from "../../contracts/post.ts";
import { parseQuery } from "../../text/query.ts";
import { evidenceFolder } from "../evidence.ts";
import type { Parts } from "../parts.ts";
import { endRemoval, planEvidence, removeEvidence } from "./captures.ts";
import { planPosts } from "./posts.ts";
import { planRecords } from "./records.ts";
import type { Tally } from "./tally.ts";

export type { Tally } from "./tally.ts";

export interface PruneOptions {
  readonly keep_days: number;
  /** Counts, and takes nothing away. */
  readonly dry: boolean;
  /** Breaks it off. */
  readonly signal?: AbortSignal;
}

export interface Pruned {
  /** What was collected before this is no longer kept. */
  readonly before: string;
  readonly tallies: readonly Tally[];
}

type Deps = Pick<Parts, "config" | "store" | "log" | "now" | "forgetKeys">;

const DAY_MS = 86_400_000;
/** Posts taken away in one transaction. */
const AT_ONCE = 500;

/**
 * Takes away what is older than it may be kept. All is decided before anything goes, and both a dry run and a real one
 * count by that. A run that was broken off loses nothing that stays: the next one decides anew on what is left. The
 * stories that lost posts wait for a trace afterwards.
 */
export async function prune(deps: Deps, { keep_days, dry, signal }: PruneOptions): Promise<Pruned> {
  const { config, store, log, now, forgetKeys } = deps;
  const before = new Date(now().getTime() - keep_days * DAY_MS).toISOString();
  const holds = config.retention.holds.map(parseQuery);
  const folder = evidenceFolder(config);
  if (!dry) {
    await store.removePosts([]);
    await endRemoval(store, folder);
  }
  const records = await planRecords(store, before);
  const progress = (done: number) => {
    signal?.throwIfAborted();
    log.progress("posts looked at", done, null);
  };
  const posts = await planPosts({ store, before, holds, cited: records.cited, progress });
  const without = new Set<PostId>(posts.remove);
  const evidence = await planEvidence({ store, folder, before, without });
  signal?.throwIfAborted();
  if (!dry) {
    for (let i = 0; i < posts.remove.length; i += AT_ONCE) {
      const some = posts.remove.slice(i, i + AT_ONCE);
      // Before: of a post that is known there and not stored, an analysis would be told for nothing.
      await forgetKeys(some);
      await store.removePosts(some);
      signal?.throwIfAborted();
      log.progress("posts taken away", Math.min(i + AT_ONCE, posts.remove.length), posts.remove.length);
    }
    for (const kind of ["deliveries", "alerts", "quarantine", "runs"] as const)
      await store.removeRecords(kind, records.remove[kind]);
    await removeEvidence(store, folder, evidence.remove);
  }
  return { before, tallies: [...posts.tallies, ...records.tallies, ...evidence.tallies] };
}
