import { INDICES } from "./privileges.ts";

/** Names of what the set-up makes in Elasticsearch. */
export const POLICY = "headwater-months";
/** The index template of posts takes it in when it is there: a bare Elasticsearch knows no lifecycles. */
export const COMPONENT = "headwater-lifecycle";
export const REPOSITORY = "headwater";
export const SNAPSHOTS = "headwater-nightly";

export interface Retention {
  /**
   * How long a month of the searchable `posts` is kept after its index was made, in days; null keeps it. The ledger,
   * which holds each post whole, is no matter of this: see docs/operations.md.
   */
  readonly posts_days: number | null;
  readonly snapshots_days: number;
}

/** A month is written to for a while after its end: late finds, imports. Then its segments are merged into one. */
const MERGE_AFTER_DAYS = 45;

/**
 * Only deletes and merges. No rollover: an id is unique per backing index only, so a post would be stored twice.
 * https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-ilm-put-lifecycle
 */
export function lifecyclePolicy({ posts_days }: Retention) {
  return {
    policy: {
      phases: {
        hot: { actions: {} },
        warm: { min_age: `${MERGE_AFTER_DAYS}d`, actions: { forcemerge: { max_num_segments: 1 } } },
        ...(posts_days === null ? {} : { delete: { min_age: `${posts_days}d`, actions: { delete: {} } } }),
      },
    },
  };
}

/** https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-cluster-put-component-template */
export function lifecycleComponent() {
  return { template: { settings: { "index.lifecycle.name": POLICY } } };
}

/**
 * The folder that Elasticsearch is given for snapshots: `path.repo` of the compose file, seen from there.
 * https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-snapshot-create-repository
 */
export function snapshotRepository() {
  return { type: "fs", settings: { location: ".", compress: true } };
}

/** What a snapshot holds: our indices, and Kibana's dashboards with what belongs to them. */
export function snapshotContent() {
  return { indices: INDICES, include_global_state: false, feature_states: ["kibana"] };
}

/** https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-slm-put-lifecycle */
export function snapshotPolicy({ snapshots_days }: Retention) {
  return {
    // Seconds, minutes, hours: half past two at night, UTC.
    schedule: "0 30 2 * * ?",
    name: "<headwater-{now/d}>",
    repository: REPOSITORY,
    config: snapshotContent(),
    // At least a week's worth stays, also when the machine was off for a month.
    retention: { expire_after: `${snapshots_days}d`, min_count: 7, max_count: 100 },
  };
}
