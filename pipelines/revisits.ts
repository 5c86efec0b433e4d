import { secondsOf } from "../config/durations.ts";
import type { RevisitsConfig } from "../config/revisits.ts";
import type { StoredPost } from "../contracts/store.ts";
import { nextVisit, type RevisitTimes } from "../text/revisits.ts";
import type { TracedStory } from "./alerts/raise.ts";
import type { Parts } from "./parts.ts";

export function revisitTimes({ after, confirm }: RevisitsConfig): RevisitTimes {
  return { after: after.map((time) => secondsOf(time) * 1000), confirm: secondsOf(confirm) * 1000 };
}

/**
 * Plans the next visit of posts in watched stories: those with a post that belongs to a watch, and those that an alert
 * stands of. It comes before the traces are saved: after a crash in between they are traced, and planned, once more.
 */
export async function planRevisits(
  parts: Parts,
  traced: {
    readonly stories: readonly TracedStory[];
    readonly alerted: ReadonlySet<string>;
    readonly alone: readonly StoredPost[];
  },
): Promise<void> {
  if (!parts.config.revisits.enabled) return;
  const times = revisitTimes(parts.config.revisits);
  const watched = traced.stories.filter(
    ({ story, members }) => traced.alerted.has(story.story) || members.some(isWatched),
  );
  const posts = [...watched.flatMap(({ members }) => members), ...traced.alone.filter(isWatched)];
  const plans = posts.flatMap((stored) => {
    // What is planned stays planned: the visit itself plans the next.
    if (stored.revisit_at !== undefined || !mayRevisit(parts, stored)) return [];
    const at = nextVisit(stored.post.collected_at, stored.existence ?? null, times);
    return at === null ? [] : [{ post: stored.post.id, at }];
  });
  if (plans.length > 0) await parts.store.planVisits(plans);
}

/** A post of a file is asked for only where the config says so: who imports it has not asked for a crawl. */
export function mayRevisit({ config, sources }: Parts, { post }: StoredPost): boolean {
  if (post.url === null || !/^https?:/i.test(post.url)) return false;
  if (config.revisits.imported) return true;
  const source = sources.get(post.source);
  return source !== undefined && source.collector.info.name !== "file";
}

function isWatched({ findings }: StoredPost): boolean {
  return (findings?.watches.length ?? 0) > 0;
}
