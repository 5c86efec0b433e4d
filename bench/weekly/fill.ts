import type { PostFindings } from "../../contracts/finding.ts";
import type { Post } from "../../contracts/post.ts";
import type { Store } from "../../contracts/store.ts";
import type { ParentChoice, Story, Trace } from "../../contracts/trace.ts";
import { openSqliteStore } from "../../stores/sqlite/index.ts";
import { randomFrom } from "../simulator/random.ts";
import { ENGLISH } from "../simulator/words-en.ts";

/** The actor whose stories are carried. */
export const OUTLET = "outlet";
/** The watch that posts join. */
export const WATCH = "narrative";

export const FIRST_DAY = "2026-03-02";
export const LAST_DAY = "2026-03-08";

const WEEK_MS = 7 * 86_400_000;
const PLATFORMS = ["web", "wechat", "weibo", "telegram", "x"];
const LANGUAGES = ["en", "zh-Hans", "fr", "ru", "zh-Hant"];
const ACCOUNTS = 40_000;
/** Posts a batch. */
const BATCH = 5_000;
/** One post in so many begins a story; a story has so many members, and of one in five the outlet is the origin. */
const STORY_EVERY = 50;
const MEMBERS = 6;
const OUTLET_EVERY = 5;
/** One post in so many belongs to the watch. */
const WATCHED_EVERY = 200;

const NO_KEYS = new Uint32Array();
const KEYS = {
  wording: null,
  passages: NO_KEYS,
  own: NO_KEYS,
  refers: NO_KEYS,
  shows: NO_KEYS,
};

/** Fills a store with a week of posts, findings and traced stories, as analysis leaves them; no post is anybody's. */
export async function fillWeek(file: string, posts: number, say: (line: string) => void): Promise<void> {
  const store = await openSqliteStore(file);
  try {
    for (let from = 0; from < posts; from += BATCH) {
      const batch = Array.from({ length: Math.min(BATCH, posts - from) }, (_, i) => postAt(from + i, posts));
      await store.savePosts(batch);
      const findings = batch.map((post, i) => findingsOf(post, from + i));
      await store.saveAnalysis({ read: [], findings, links: [], withdrawn: [], retrace: [] });
      await store.saveTraces({ stories: storiesIn(batch, from), alone: [], read: [] });
      if (from % 100_000 === 0) say(`${from} posts stored`);
    }
    await saveRuns(store);
  } finally {
    await store.close();
  }
}

const random = randomFrom("weekly report");
const STOCK = [...ENGLISH.nouns, ...ENGLISH.adverbs, ...ENGLISH.modifiers];

function postAt(n: number, posts: number): Post {
  const at = new Date(Date.parse(FIRST_DAY) + Math.floor((n / posts) * WEEK_MS)).toISOString();
  const platform = PLATFORMS[n % PLATFORMS.length]!;
  const isOutlet = isOrigin(n) && (n / STORY_EVERY) % OUTLET_EVERY === 0;
  const text = Array.from({ length: 20 }, () => random.pick(STOCK)).join(" ");
  return {
    id: `${platform}:${n}`,
    platform,
    url: `https://${platform}.example/${n}`,
    account: { id: isOutlet ? "outlet" : `a${Math.floor(ACCOUNTS * random.next() ** 2)}` },
    published_at: at,
    published: { earliest: at, latest: at, basis: "platform" },
    collected_at: at,
    source: `source ${n % 20}`,
    title: text.slice(0, 60),
    text,
    lang_declared: null,
    engagement: n % 3 === 0 ? { views: n % 5_000, likes: n % 50, reposts: null, comments: null } : null,
    references: [],
    media: [],
    declared_source: null,
    sha256: n.toString(16).padStart(64, "0"),
  };
}

function isOrigin(n: number): boolean {
  return n % STORY_EVERY === 0;
}

function findingsOf(post: Post, n: number): PostFindings {
  const watched = n % WATCHED_EVERY === 0;
  return {
    post: post.id,
    language: { lang: LANGUAGES[n % LANGUAGES.length]!, confidence: 0.9 },
    actor: post.account.id === "outlet" ? OUTLET : null,
    keys: KEYS,
    watches: watched ? [{ watch: WATCH, status: "confirmed", score: 1, reasons: ["words"] }] : [],
    version: "bench",
  };
}

function storiesIn(batch: readonly Post[], from: number): readonly { story: Story; trace: Trace }[] {
  return batch.flatMap((_, i) => {
    const members = batch.slice(i, i + MEMBERS);
    return isOrigin(from + i) && members.length === MEMBERS ? [storyOf(members)] : [];
  });
}

function storyOf(members: readonly Post[]): { story: Story; trace: Trace } {
  const ids = members.map(({ id }) => id);
  const [origin, ...others] = ids as [string, ...string[]];
  const byOutlet = members[0]!.account.id === "outlet";
  const story: Story = {
    story: `s-${origin.replace(/\W/g, "")}`,
    members: ids,
    first: members[0]!.published_at,
    last: members.at(-1)!.published_at,
    platforms: [...new Set(members.map(({ platform }) => platform))],
    languages: ["en"],
  };
  const choice = (parent: string | null): ParentChoice => ({
    parent,
    status: parent === null ? "origin" : "chosen",
    confidence: "high",
    alternatives: [],
    relation: parent === null ? null : "near-copy",
    credit: "uncredited",
    lag_seconds: parent === null ? null : [60, 60],
    score: 0.9,
    reasons: [],
  });
  const trace: Trace = {
    story: story.story,
    origin,
    first_seen: origin,
    origin_status: "observed",
    origin_confidence: "moderate",
    origin_reasons: [],
    posts: ids.length,
    parents: Object.fromEntries(ids.map((id, i) => [id, choice(i === 0 ? null : ids[i - 1]!)])),
    order: ids,
    first_by_language: [],
    first_by_platform: [],
    actors: byOutlet
      ? [
          {
            actor: OUTLET,
            affiliation: "state-controlled",
            state_controlled: true,
            posts: [origin],
            followers: others,
          },
        ]
      : [],
    suggested: [],
    contradictions: [],
    unknowns: [],
    version: "bench",
  };
  return { story, trace };
}

/** Twenty sources read every hour of the week. */
async function saveRuns(store: Store): Promise<void> {
  for (let source = 0; source < 20; source++) {
    for (let hour = 0; hour < 7 * 24; hour++) {
      const at = new Date(Date.parse(FIRST_DAY) + hour * 3_600_000).toISOString();
      await store.saveRun({
        run: `${source}-${hour}`,
        source: `source ${source}`,
        collector: "rss",
        started_at: at,
        ended_at: at,
        status: "done",
        seen: 50,
        buckets: { added: 50, undated: 0, changed: 0, known: 0, rejected: 0 },
        unknown_fields: {},
        problems: [],
      });
    }
  }
}
