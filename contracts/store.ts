import type { Alert, AlertJudgement, Delivery, RaisedAlert } from "./alert.ts";
import type { PostFindings } from "./finding.ts";
import type { KeyEntry } from "./keys.ts";
import type { Link, LinkKey } from "./link.ts";
import type { Post, PostId } from "./post.ts";
import type { Query } from "./query.ts";
import type { Quarantined, Run } from "./run.ts";
import type { Story, Trace } from "./trace.ts";

/** A post with what the analyzers said of it; null before analysis. */
export interface StoredPost {
  readonly post: Post;
  readonly findings: Omit<PostFindings, "keys"> | null;
  readonly story: string | null;
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
}
export type Kind = keyof Kinds;

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
  /**
   * Saves posts as collected, to be analysed. For each says whether it was new, had changed content, or was known.
   * Of two versions the later collected (ties: the greater content hash) is current; the other is kept as a version.
   */
  savePosts(posts: readonly Post[]): Promise<readonly ("added" | "changed" | "known")[]>;
  /** In the order asked; ids that are not there are left out. */
  getPosts(ids: readonly PostId[]): Promise<readonly StoredPost[]>;
  /** Saves findings and links, and marks `retrace` (posts whose story must be traced again), in one transaction. */
  saveAnalysis(analysis: {
    readonly findings: readonly PostFindings[];
    readonly links: readonly Link[];
    /** Links that no longer hold; a link with a person's verdict stays. */
    readonly withdrawn: readonly LinkKey[];
    readonly retrace: readonly PostId[];
  }): Promise<void>;
  /** Posts that wait for a step: never analysed (or changed since, or analysed by another version), or to be traced. */
  waiting(step: "analyze" | "trace", limit: number, version?: string): Promise<readonly PostId[]>;
  /** Links in which any of the posts is child or parent. */
  linksOf(posts: readonly PostId[]): Promise<readonly Link[]>;
  /**
   * Stories with traces replace whatever stories their members were in; `traced` no longer wait, save those marked
   * again since `waiting` was last asked.
   */
  saveTraces(update: {
    readonly stories: readonly { readonly story: Story; readonly trace: Trace }[];
    /** Posts that were looked at and are in no story. */
    readonly alone: readonly PostId[];
    readonly traced: readonly PostId[];
  }): Promise<void>;
  getTrace(story: string): Promise<{ readonly story: Story; readonly trace: Trace } | null>;
  /** All keys of analysed posts, to restore a key index. */
  keys(): AsyncIterable<KeyEntry>;
  /** A person's decision on a link; null takes it back. Its posts wait for a trace. False when there is no such link. */
  judge(link: LinkKey, verdict: "confirmed" | "rejected" | null, by: string, at: string): Promise<boolean>;
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
  readonly cursors: {
    read(name: string): Promise<unknown>;
    write(name: string, cursor: unknown): Promise<void>;
  };
  close(): Promise<void>;
}
