import type { Alert, AlertJudgement, Delivery, RaisedAlert } from "./alert.ts";
import type { Capture } from "./capture.ts";
import type { PostFindings } from "./finding.ts";
import type { KeyEntry } from "./keys.ts";
import type { Link, LinkKey } from "./link.ts";
import type { Post, PostId } from "./post.ts";
import type { Query } from "./query.ts";
import type { Edit, Existence, PostVersion, Visit } from "./revisit.ts";
import type { Quarantined, Run } from "./run.ts";
import type { Story, Trace } from "./trace.ts";

/**
 * A post as it was read. What several processes make of it at once is told right by two tokens, compared for equality
 * only.
 */
export interface Reading {
  readonly post: PostId;
  /** Another one whenever what the analyzers read of the post (content, account, bounds of its time) has changed. */
  readonly revision: string;
  /** Another one whenever its story was marked to be traced again; null until the first time. Left out: not compared. */
  readonly mark?: string | null;
}

/** A post with what the analyzers said of it; null before analysis. */
export interface StoredPost {
  readonly post: Post;
  readonly revision: string;
  readonly mark: string | null;
  readonly findings: Omit<PostFindings, "keys"> | null;
  readonly story: string | null;
  /** Whether it is still there; left out where nobody has looked again. */
  readonly existence?: Existence;
  /** The latest change of its wording; left out where none was seen. */
  readonly edited?: Edit;
  /** When it is to be looked at again; left out where it is not. */
  readonly revisit_at?: string;
}

export interface Kinds {
  readonly posts: StoredPost;
  readonly links: Link;
  readonly stories: Story;
  readonly traces: Trace;
  readonly runs: Run;
  readonly quarantine: Quarantined;
  readonly alerts: Alert;
  readonly deliveries: Delivery;
  readonly captures: Capture;
}
export type Kind = keyof Kinds;

/** Bytes that a wording or a visit of a stored post was read from, and its address: what of the evidence bears on it. */
export interface Bearing {
  readonly post: PostId;
  readonly sha256: string | null;
  readonly url: string | null;
}

/** Records that may be taken away one by one; by `run`, `key` or `id`. */
export type RemovableKind = "runs" | "quarantine" | "alerts" | "deliveries" | "captures";

export interface FindOptions {
  /** At most so many; all when left out. */
  readonly limit?: number;
  /** Posts: by time of publication, or best match first. Other kinds have their own fixed order. */
  readonly order?: "oldest" | "newest" | "relevance";
}

export interface CountBucket {
  readonly key: string;
  readonly count: number;
}

/**
 * Holds everything. Idempotent by id: the same call twice leaves the same state. SQLite and Elasticsearch pass
 * tests/contracts/store.suite.ts. Each method is one transaction.
 */
export interface Store {
  /** The file it lies in, which other threads of this process may read; none where it lies elsewhere. */
  readonly file?: string;
  /**
   * Saves posts as collected, to be analysed. For each says whether it was new, had changed content, or was known.
   * Of two versions the later collected (ties: the greater content hash) is current; the other is kept as a version.
   * `analysed_soon`: somebody is busy analysing and will come to them, so that a store for which it is cheaper may let new
   * ones be found by a search only when they were analysed and traced.
   */
  savePosts(
    posts: readonly Post[],
    options?: { readonly analysed_soon?: boolean },
  ): Promise<readonly ("added" | "changed" | "known")[]>;
  /** In the order asked; ids that are not there are left out. */
  getPosts(ids: readonly PostId[]): Promise<readonly StoredPost[]>;
  /** What a post has said, by the time it was first seen; none when it is not there. */
  versionsOf(post: PostId): Promise<readonly PostVersion[]>;
  /**
   * Saves what was found where posts had stood, by post and time. A post whose state of existence has become another waits
   * for a trace. Posts that are not there are left out.
   */
  saveVisits(visits: readonly Visit[]): Promise<void>;
  /** By time. */
  visitsOf(post: PostId): Promise<readonly Visit[]>;
  /** Says when posts are to be looked at again; null takes it back. */
  planVisits(plans: readonly { readonly post: PostId; readonly at: string | null }[]): Promise<void>;
  /**
   * Saves findings and links, and marks `retrace`: posts whose story must be traced again. Both ends of every link that
   * an analysis saves or withdraws are among them. A mark is set after what it is about can be read. Of `retrace`, what has been
   * taken away meanwhile is left out.
   *
   * When a post of `read` has another revision by now, nothing is saved and such posts are named: what was made of them
   * may be wrong, and they are to be read again. The same goes for another mark of a post that a link is withdrawn of: the
   * link may have been found anew. Any other post with findings that has another mark is marked once more, because its
   * story may have been traced without them.
   */
  saveAnalysis(analysis: {
    /** All posts that findings and links were made from; those that have findings with their mark. */
    readonly read: readonly Reading[];
    readonly findings: readonly PostFindings[];
    readonly links: readonly Link[];
    /** Links that no longer hold; a link with a person's verdict stays. */
    readonly withdrawn: readonly LinkKey[];
    readonly retrace: readonly PostId[];
  }): Promise<readonly PostId[]>;
  /** Posts that wait for a step: never analysed (or changed since, or analysed by another version), or to be traced. */
  waiting(step: "analyze" | "trace", limit: number, version?: string): Promise<readonly PostId[]>;
  /** Links in which any of the posts is child or parent. */
  linksOf(posts: readonly PostId[]): Promise<readonly Link[]>;
  /**
   * Stories with traces replace whatever stories their members were in; `alone` are in none. All these posts no longer
   * wait. A story of which a post has another mark by now than in `read`, or is not there any more, is not saved, nor is
   * such a post left alone: their posts wait as they did, and those refused are named. So of several that trace at once
   * none undoes what another has seen. A store without transactions writes, looks at the marks again, and marks anew
   * what it should not have written.
   */
  saveTraces(update: {
    readonly stories: readonly { readonly story: Story; readonly trace: Trace }[];
    /** Posts that were looked at and are in no story. */
    readonly alone: readonly PostId[];
    /** Every member and every post left alone, read before its links were, with its mark. */
    readonly read: readonly Reading[];
  }): Promise<readonly PostId[]>;
  /** Those of the named stories that are there. */
  getStories(names: readonly string[]): Promise<readonly Story[]>;
  getTrace(story: string): Promise<{ readonly story: Story; readonly trace: Trace } | null>;
  /** The keys of analysed posts, all or those of posts collected since a time, to restore a key index. */
  keys(since?: string): AsyncIterable<KeyEntry>;
  /**
   * Posts collected before a time that carry some of the same: the wording, one of their lowest passages, an own name that
   * the other refers to, a shown one. Whether they share enough is a matter of all their keys.
   */
  sharing(entries: readonly KeyEntry[], before: string): Promise<readonly KeyEntry[]>;
  /** A person's decision on a link; null takes it back. Its posts wait for a trace. False when there is no such link. */
  judge(link: LinkKey, verdict: "confirmed" | "rejected" | null, by: string, at: string): Promise<boolean>;
  /** What was written before is found by searches after it; some stores find it only a second or two later. */
  refresh(kind: Kind): Promise<void>;
  find<K extends Kind>(kind: K, query: Query, options?: FindOptions): AsyncIterable<Kinds[K]>;
  count(kind: Kind, query: Query): Promise<number>;
  /** Posts by day of publication (`unknown` without one) or by a field's value, largest first (days in order). */
  countBy(
    query: Query,
    by: "day" | "platform" | "source" | "account" | "lang",
  ): Promise<readonly CountBucket[]>;
  /**
   * Saves alerts whole, by id, and never touches people's judgements on them. A delivery whose key is known stays as it
   * is: the same news is queued once, however often its story is traced.
   */
  saveAlerts(update: {
    readonly alerts: readonly RaisedAlert[];
    readonly deliveries: readonly Delivery[];
  }): Promise<void>;
  /** In the order asked, as last saved; ids that are not there are left out. */
  getAlerts(ids: readonly string[]): Promise<readonly Alert[]>;
  /** A person's decision. The same one twice is one. False when there is no such alert. */
  judgeAlert(id: string, judgement: AlertJudgement): Promise<boolean>;
  /** Puts deliveries whole, by key. */
  saveDeliveries(deliveries: readonly Delivery[]): Promise<void>;
  /** In the order asked, as last saved; keys that are not there are left out. */
  getDeliveries(keys: readonly string[]): Promise<readonly Delivery[]>;
  saveRun(run: Run): Promise<void>;
  setAside(items: readonly Quarantined[]): Promise<void>;
  /** Says what lies where in the evidence, by id. */
  saveCaptures(captures: readonly Capture[]): Promise<void>;
  /** Posts whose wording was collected before a time, whether or not a search finds them still. In a fixed order. */
  collectedBefore(at: string): AsyncIterable<StoredPost>;
  /** Of all stored posts; the same may come twice. */
  bearings(): AsyncIterable<Bearing>;
  /**
   * Takes posts away with all that is kept of them: versions, visits, findings, keys, links with their verdicts. What they were
   * linked to, or in a story with, waits for analysis and a trace: where very many carried the same, others may meet now. A
   * story of which nothing is left goes. Ids that are not there are left out. What a call that was broken off has begun, the next one ends, which may name none.
   */
  removePosts(ids: readonly PostId[]): Promise<void>;
  /** Ids that are not there are left out. With an alert go people's judgements of it. */
  removeRecords(kind: RemovableKind, ids: readonly string[]): Promise<void>;
  readonly cursors: {
    read(name: string): Promise<unknown>;
    write(name: string, cursor: unknown): Promise<void>;
  };
  close(): Promise<void>;
}
