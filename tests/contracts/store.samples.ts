import type { Delivery, RaisedAlert } from "../../contracts/alert.ts";
import type { Capture } from "../../contracts/capture.ts";
import type { PostFindings, PostKeys } from "../../contracts/finding.ts";
import type { Link } from "../../contracts/link.ts";
import type { Post } from "../../contracts/post.ts";
import type { Query } from "../../contracts/query.ts";
import type { Run } from "../../contracts/run.ts";
import type { FindOptions, Kind, Kinds, Reading, Store } from "../../contracts/store.ts";
import type { Story, Trace } from "../../contracts/trace.ts";
import { parseQuery } from "../../text/query.ts";

/** A store opened for one test. */
export interface StoreFixture {
  readonly store: Store;
  /** Closes the store and opens the same data again. */
  reopen?(): Promise<Store>;
  /** Waits until what was written is found, for stores that search a little behind. */
  settle?(): Promise<void>;
  cleanup(): Promise<void>;
}

export type OpenStore = () => Promise<StoreFixture>;

export function samplePost(id: string, over: Partial<Post> = {}): Post {
  const published_at = "published_at" in over ? (over.published_at ?? null) : "2021-09-09T08:00:00.000Z";
  const collected_at = over.collected_at ?? "2021-09-30T00:00:00.000Z";
  return {
    id,
    platform: id.slice(0, id.indexOf(":")),
    url: null,
    account: { id: "somebody" },
    published_at,
    published: {
      earliest: published_at,
      latest: published_at ?? collected_at,
      basis: published_at === null ? "observed" : "platform",
    },
    collected_at,
    source: "test",
    title: null,
    text: `the text of ${id}`,
    lang_declared: null,
    engagement: null,
    references: [],
    media: [],
    declared_source: null,
    sha256: null,
    ...over,
  };
}

export function sampleCapture(id: string, over: Partial<Capture> = {}): Capture {
  return {
    id,
    at: "2021-09-30T00:00:00.000Z",
    url: "https://paper.example/a",
    requested_url: "https://paper.example/a",
    status: 200,
    sha256: "a".repeat(64),
    payload_digest: "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ",
    bytes: 12,
    file: "2021-09/headwater-20210930000000-desk-1.warc.gz",
    offset: 310,
    length: 900,
    repeats: null,
    hops: [],
    ...over,
  };
}

export function sampleFindings(post: string, over: Partial<PostFindings> = {}): PostFindings {
  return {
    post,
    language: { lang: "en", confidence: 0.5 },
    actor: null,
    keys: sampleKeys({
      wording: 2 ** 53 - 1,
      passages: Uint32Array.of(1, 0x80000000, 0xffffffff),
      own: Uint32Array.of(post.length),
      refers: Uint32Array.of(5, 6),
    }),
    watches: [],
    version: "v1",
    ...over,
  };
}

export function sampleKeys(over: Partial<PostKeys>): PostKeys {
  const none = new Uint32Array();
  return { wording: null, passages: none, own: none, refers: none, shows: none, ...over };
}

export function sampleLink(child: string, parent: string, over: Partial<Link> = {}): Link {
  return {
    child,
    parent,
    relation: "near-copy",
    credit: "uncredited",
    evidence: ["wording"],
    overlap: { child: 0.75, parent: 1 },
    spans: [[0, 10, 5, 15]],
    added: [[10, 20]],
    left_out: [[0, 5]],
    lag_seconds: [60, 120],
    score: 0.5,
    status: "asserted",
    confidence: "high",
    reasons: ["ten characters in a row"],
    verdict: null,
    version: "v1",
    ...over,
  };
}

export function sampleStory(...members: string[]): { readonly story: Story; readonly trace: Trace } {
  const name = members.toSorted()[0]!;
  const story: Story = {
    story: name,
    members,
    first: "2021-09-09T08:00:00.000Z",
    last: "2021-09-10T08:00:00.000Z",
    platforms: [...new Set(members.map((id) => id.slice(0, id.indexOf(":"))))],
    languages: ["en", "zh-Hans"],
  };
  const trace: Trace = {
    story: name,
    origin: name,
    first_seen: name,
    origin_status: "observed",
    origin_confidence: "moderate",
    origin_reasons: ["nothing precedes it"],
    posts: members.length,
    parents: {},
    order: members,
    first_by_language: [],
    first_by_platform: [],
    actors: [],
    suggested: [],
    contradictions: [],
    unknowns: [],
    version: "v1",
  };
  return { story, trace };
}

export function sampleRun(run: string, over: Partial<Run> = {}): Run {
  return {
    run,
    source: "a feed",
    collector: "rss",
    started_at: "2021-09-30T00:00:00.000Z",
    ended_at: null,
    status: "running",
    seen: 1,
    buckets: { added: 1, undated: 0, changed: 0, known: 0, rejected: 0 },
    unknown_fields: {},
    problems: [],
    ...over,
  };
}

export function sampleAlert(id: string, over: Partial<RaisedAlert> = {}): RaisedAlert {
  return {
    id,
    rule: "state story relayed",
    kind: "state-relay",
    severity: "high",
    subject: `story:${id}`,
    story: id,
    watch: null,
    source: null,
    why: [{ say: "relay.uncredited", with: { uncredited: 2, posts: 3 } }],
    since: "2021-09-08T01:12:00.000Z",
    until: "2021-09-10T03:30:00.000Z",
    who: [{ account: "wechat:gh_1", actor: null, posts: 1, uncredited: 1 }],
    confidence: "moderate",
    confidence_reasons: [],
    unknowns: [{ say: "unknown.owners", with: { accounts: 1 } }],
    items: ["web:a", "wechat:b"],
    size: 3,
    thread: id,
    holds: true,
    raised_at: "2021-09-11T00:00:00.000Z",
    updated_at: "2021-09-11T00:00:00.000Z",
    events: [{ at: "2021-09-11T00:00:00.000Z", what: "raised", size: 3 }],
    ...over,
  };
}

export function sampleDelivery(key: string, over: Partial<Delivery> = {}): Delivery {
  return {
    key,
    channel: "team",
    alert: "a-1",
    rule: "state story relayed",
    mode: "alone",
    batch: null,
    state: "waiting",
    created_at: "2021-09-11T00:00:00.000Z",
    due_at: "2021-09-11T00:00:00.000Z",
    attempts: 0,
    error: null,
    sent_at: null,
    ...over,
  };
}

/** Saves findings alone, or links between posts that are stored; gives the posts that have changed since they were read. */
export async function analyze(
  store: Store,
  over: Partial<Parameters<Store["saveAnalysis"]>[0]>,
): Promise<readonly string[]> {
  return store.saveAnalysis({ read: [], findings: [], links: [], withdrawn: [], retrace: [], ...over });
}

/** Posts as they are now, for what is to be made of them. */
export async function readings(store: Store, ids: readonly string[]): Promise<readonly Required<Reading>[]> {
  return (await store.getPosts(ids)).map(({ post, revision, mark }) => ({ post: post.id, revision, mark }));
}

export async function found<K extends Kind>(
  store: Store,
  kind: K,
  query: string | Query,
  options?: FindOptions,
): Promise<Kinds[K][]> {
  const all: Kinds[K][] = [];
  for await (const item of store.find(kind, typeof query === "string" ? parseQuery(query) : query, options))
    all.push(item);
  return all;
}

/** The ids of the posts that a search finds, in its order. */
export async function ids(store: Store, query: string | Query, options?: FindOptions): Promise<string[]> {
  return (await found(store, "posts", query, options)).map(({ post }) => post.id);
}
