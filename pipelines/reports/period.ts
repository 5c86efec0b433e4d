import { exposureOf } from "../../analyzers/exposure/index.ts";
import type { Config } from "../../config/schema.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Run } from "../../contracts/run.ts";
import type { CountBucket, Store, StoredPost } from "../../contracts/store.ts";
import type { Trace } from "../../contracts/trace.ts";
import type {
  AlertRow,
  CarriedStory,
  CarrierAccount,
  Period,
  PeriodInput,
  Share,
  WatchCount,
} from "../../reports/kinds/period.ts";
import type { ReportLanguage } from "../../reports/messages/index.ts";
import { namingOf } from "../../reports/names.ts";
import type { Notes } from "../../reports/parts/analyst.ts";
import { parseQuery } from "../../text/query.ts";
import { blindIn, coverageOf } from "./coverage.ts";
import { readFinding } from "./finding.ts";
import { lookOf } from "./story.ts";

/** Stories told one by one, and alerts listed: the most carried, the latest. */
const STORIES = 20;
const ALERTS = 50;
/** Posts of a watch that are cited. */
const NEWEST = 8;
const DAY_MS = 86_400_000;

export interface PeriodWanted {
  readonly config: Config;
  readonly lang: ReportLanguage;
  readonly names: boolean;
  readonly notes: Notes;
  /** Only posts of this watch; null for all. */
  readonly watch: string | null;
}

/** Gathers all that a situation or after-action report is told from, by queries that the report prints. */
export async function periodInput(
  store: Store,
  period: Period,
  { config, lang, names, notes, watch }: PeriodWanted,
): Promise<PeriodInput> {
  const days = `published_at:[${period.from} TO ${period.to}]`;
  const within = watch === null ? days : `${days} AND watches:${watch}`;
  const state = config.actors
    .filter(({ affiliation }) => affiliation === "state-controlled")
    .map(({ id }) => id);
  const traces = await carriedTraces(store, within, state);
  const carriers = await carriersOf(store, traces, period);
  const carried = await carriedStories(store, traces, carriers, within);
  const accounts = carrierAccounts(traces, carriers);
  const runs = await runsBefore(store, period);
  const alerts = await alertsOf(store, period, watch);
  const watches = await watchCounts(store, config, days, watch);
  const largest =
    carried[0] === undefined ? null : await readFinding(store, carried[0].story, { config, names });
  const shown = new Set<PostId>([
    ...carried.flatMap(({ start, carriers: own }) => [start, ...own]),
    ...alerts.flatMap(({ items }) => items),
    ...watches.flatMap(({ newest }) => newest),
  ]);
  const posts = await store.getPosts([...shown]);
  const named = new Map(posts.map((stored) => [stored.post.id, stored]));
  const asOf = runs.reduce(
    (latest, { ended_at }) => (ended_at !== null && ended_at > latest ? ended_at : latest),
    period.to,
  );
  const stories = `first:[* TO ${period.to}] AND last:[${period.from} TO *]`;
  return {
    period,
    all: { where: within, count: await store.count("posts", parseQuery(within)) },
    days: await store.countBy(parseQuery(within), "day"),
    platforms: shares(await store.countBy(parseQuery(within), "platform"), "platform", within),
    languages: shares(await store.countBy(parseQuery(within), "lang"), "lang", within),
    stories: { where: stories, count: await store.count("stories", parseQuery(stories)) },
    carried: carried.slice(0, STORIES),
    accounts,
    coverage: await coverageOf(store, config, runs, Date.parse(asOf)),
    blind: await blindIn(store, config, {
      from: Date.parse(period.from),
      to: Date.parse(period.to) + DAY_MS,
    }),
    watches,
    alerts,
    exposure: exposureOf([...carriers.values()].map(({ post }) => post)),
    largest,
    named: new Map([...carriers, ...named]),
    ...namingOf(config, names),
    asOf,
    version: [...new Set(traces.map(({ version }) => version))].sort().join("; "),
    notes,
    look: lookOf(config, lang),
  };
}

function shares(buckets: readonly CountBucket[], field: string, within: string): readonly Share[] {
  return buckets.map(({ key, count }) => ({ key, count, where: `${within} AND ${field}:"${key}"` }));
}

/** Traces of the stories in which a state-controlled outlet published within the period. */
async function carriedTraces(
  store: Store,
  within: string,
  state: readonly string[],
): Promise<readonly Trace[]> {
  if (state.length === 0) return [];
  const query = parseQuery(`${within} AND story:* AND actor:(${state.map((id) => `"${id}"`).join(" OR ")})`);
  const stories = new Set<string>();
  for await (const { story } of store.find("posts", query)) if (story !== null) stories.add(story);
  const traces: Trace[] = [];
  for (const story of [...stories].sort()) {
    const found = await store.getTrace(story);
    if (found !== null) traces.push(found.trace);
  }
  return traces;
}

/** Followers of state-controlled outlets that are none themselves, published within the period. */
async function carriersOf(
  store: Store,
  traces: readonly Trace[],
  { from, to }: Period,
): Promise<ReadonlyMap<PostId, StoredPost>> {
  const posts = await store.getPosts([...new Set(traces.flatMap(followersOf))]);
  const inside = posts.filter(({ post: { published } }) => {
    const day = published.latest.slice(0, 10);
    return day >= from && day <= to;
  });
  return new Map(inside.map((stored) => [stored.post.id, stored]));
}

function followersOf({ actors }: Trace): readonly PostId[] {
  const parts = actors.filter(({ state_controlled }) => state_controlled);
  const own = new Set(parts.flatMap(({ posts }) => posts));
  return [...new Set(parts.flatMap(({ followers }) => followers))].filter((id) => !own.has(id));
}

async function carriedStories(
  store: Store,
  traces: readonly Trace[],
  carriers: ReadonlyMap<PostId, StoredPost>,
  within: string,
): Promise<readonly CarriedStory[]> {
  const stories: CarriedStory[] = [];
  for (const trace of traces) {
    const own = followersOf(trace).filter((id) => carriers.has(id));
    const where = `${within} AND story:${trace.story}`;
    stories.push({
      story: trace.story,
      start: trace.origin ?? trace.first_seen,
      posts: { where, count: await store.count("posts", parseQuery(where)) },
      carriers: trace.order.filter((id) => own.includes(id)),
      uncredited: own.filter((id) => trace.parents[id]?.credit === "uncredited"),
    });
  }
  return stories.sort((a, b) => b.carriers.length - a.carriers.length || (a.story < b.story ? -1 : 1));
}

interface Gathered {
  readonly posts: PostId[];
  readonly uncredited: PostId[];
  /** The account's first post of each story. */
  readonly stories: Map<string, PostId>;
  readonly lags: number[];
}

function carrierAccounts(
  traces: readonly Trace[],
  carriers: ReadonlyMap<PostId, StoredPost>,
): readonly CarrierAccount[] {
  const accounts = new Map<string, Gathered>();
  for (const trace of traces) {
    for (const id of followersOf(trace)) {
      const stored = carriers.get(id);
      if (stored === undefined) continue;
      const key = `${stored.post.platform}:${stored.post.account.id}`;
      const account: Gathered = accounts.get(key) ?? {
        posts: [],
        uncredited: [],
        stories: new Map(),
        lags: [],
      };
      accounts.set(key, account);
      const choice = trace.parents[id];
      account.posts.push(id);
      if (!account.stories.has(trace.story)) account.stories.set(trace.story, id);
      if (choice?.credit === "uncredited") account.uncredited.push(id);
      const [least, most] = choice?.lag_seconds ?? [null, null];
      if (least !== null && most !== null) account.lags.push((least + most) / 2);
    }
  }
  return [...accounts]
    .map(([key, { posts, uncredited, stories, lags }]) => ({
      key,
      post: posts[0]!,
      posts,
      uncredited,
      stories: [...stories.values()],
      medianLag: lags.length === 0 ? null : lags.sort((a, b) => a - b)[lags.length >> 1]!,
    }))
    .sort(
      (a, b) =>
        b.stories.length - a.stories.length || b.posts.length - a.posts.length || (a.key < b.key ? -1 : 1),
    );
}

async function runsBefore(store: Store, { to }: Period): Promise<readonly Run[]> {
  const runs: Run[] = [];
  for await (const run of store.find("runs", { kind: "all" })) runs.push(run);
  const within = runs.filter(({ started_at }) => started_at.slice(0, 10) <= to);
  // Imported and archived material is collected after the period it is about; then the latest run tells.
  return within.length > 0 ? within : runs;
}

/** Posts of each watch in the period, with the newest of them. */
async function watchCounts(
  store: Store,
  { watches }: Config,
  days: string,
  only: string | null,
): Promise<readonly WatchCount[]> {
  const counts: WatchCount[] = [];
  for (const { name, title, category } of watches) {
    if (only !== null && name !== only) continue;
    const where = `${days} AND watches:${name}`;
    const newest: PostId[] = [];
    for await (const { post } of store.find("posts", parseQuery(where), { order: "newest", limit: NEWEST }))
      newest.push(post.id);
    counts.push({
      name: title,
      category,
      where,
      count: await store.count("posts", parseQuery(where)),
      newest,
    });
  }
  return counts;
}

async function alertsOf(
  store: Store,
  { from, to }: Period,
  watch: string | null,
): Promise<readonly AlertRow[]> {
  const rows: AlertRow[] = [];
  for await (const alert of store.find("alerts", { kind: "all" })) {
    const day = (alert.until ?? alert.raised_at).slice(0, 10);
    if (!alert.holds || day < from || day > to || (watch !== null && alert.watch !== watch)) continue;
    rows.push({
      at: alert.raised_at,
      rule: alert.rule,
      severity: alert.severity,
      subject: alert.subject,
      items: alert.items.slice(0, 6),
    });
  }
  return rows.sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, ALERTS);
}
