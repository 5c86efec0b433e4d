import type { RulePost, WatchFacts } from "../../analyzers/alerts/rule.ts";
import { placed } from "../../analyzers/trace/member.ts";
import { ALERT_ITEMS } from "../../contracts/alert.ts";
import type { Query } from "../../contracts/query.ts";
import type { Run, RunSummary } from "../../contracts/run.ts";
import type { StoredPost } from "../../contracts/store.ts";
import type { Parts } from "../parts.ts";

/** A stored post as rules see it. */
export function rulePost({ post, findings, existence }: StoredPost): RulePost {
  const { id, platform, account, from, to } = placed(post);
  const watches = findings?.watches ?? [];
  const confirmed = watches.filter(({ status }) => status === "confirmed").map(({ watch }) => watch);
  return {
    id,
    platform,
    account,
    actor: findings?.actor ?? null,
    lang: findings?.language.lang ?? "und",
    from,
    to,
    watches: watches.map(({ watch }) => watch),
    confirmed,
    deleted:
      existence?.state !== "deleted"
        ? null
        : {
            by: existence.by ?? "unknown",
            after: Date.parse(existence.seen_at ?? post.collected_at),
            at: Date.parse(existence.since),
          },
  };
}

/** The day (UTC) on which a post counts for its watches; `unknown` when it states no time. */
export function dayOf({ post }: StoredPost): string {
  return post.published_at === null ? "unknown" : new Date(post.published_at).toISOString().slice(0, 10);
}

/** How many posts a watch has on every day. */
export async function watchDays(
  { store }: Pick<Parts, "store">,
  watch: string,
  suggested: boolean,
): Promise<ReadonlyMap<string, number>> {
  const days = await store.countBy(watchQuery(watch, suggested), "day");
  return new Map(days.map(({ key, count }) => [key, count]));
}

/** One day of a watch, as rules see it. */
export async function watchFacts(
  { store, config }: Pick<Parts, "store" | "config">,
  {
    watch,
    day,
    suggested,
    by_day,
  }: Omit<WatchFacts, "title" | "category" | "posts"> & { readonly suggested: boolean },
): Promise<WatchFacts> {
  const on: Query =
    day === "unknown"
      ? { kind: "not", part: { kind: "exists", field: "published_at" } }
      : { kind: "text", field: "published_at", value: day, prefix: false };
  const query: Query = { kind: "and", parts: [watchQuery(watch, suggested), on] };
  const posts: RulePost[] = [];
  for await (const stored of store.find("posts", query, { order: "oldest", limit: ALERT_ITEMS }))
    posts.push(rulePost(stored));
  const { title, category } = config.watches.find(({ name }) => name === watch)!;
  return { watch, title, category, day, posts, by_day };
}

function watchQuery(watch: string, suggested: boolean): Query {
  return { kind: "text", field: suggested ? "watches" : "watches_confirmed", value: watch, prefix: false };
}

/** What the runs of one source add up to; null when none has ended yet. */
export function runsOf(runs: readonly Run[]): RunSummary | null {
  const ended = runs
    .filter(({ status }) => status === "done" || status === "failed")
    .sort((a, b) => (a.started_at < b.started_at ? -1 : 1));
  const first = ended[0];
  if (first === undefined) return null;
  const news = ({ buckets }: Run) => buckets.added + buckets.undated + buckets.changed > 0;
  const last = ended.findLast(news);
  const since = last === undefined ? ended : ended.slice(ended.indexOf(last) + 1);
  const failed = since.filter(({ status }) => status === "failed");
  return {
    runs: ended.length,
    first_at: first.started_at,
    last_new_at: last?.started_at ?? null,
    since: since.length,
    failed: failed.length,
    problem: failed.at(-1)?.problems.at(-1) ?? null,
  };
}
