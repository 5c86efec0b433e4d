import type { Affiliation } from "./actor.ts";
import type { HealthState } from "./health-state.ts";
import type { Confidence } from "./link.ts";
import type { Remover } from "./revisit.ts";
import type { Carried } from "./run.ts";

/**
 * Sentences that are kept as data and told in the reader's language: which sentence, and its values. The wording, one
 * table a language, is in text/messages; a language that lacks one of these does not pass the type checker.
 */
export interface StatementValues {
  readonly "relay.accounts": {
    readonly actors: string;
    readonly affiliation: Affiliation;
    readonly accounts: number;
    readonly seconds: number;
  };
  readonly "relay.uncredited": { readonly uncredited: number; readonly posts: number };
  readonly "copies.uncredited": {
    readonly actors: string;
    readonly copies: number;
    readonly accounts: number;
  };
  readonly "pickup.language": { readonly lang: string; readonly post: string; readonly certain: number };
  readonly "pickup.platform": { readonly platform: string; readonly post: string; readonly certain: number };
  readonly "surge.count": {
    readonly watch: string;
    readonly day: string;
    readonly posts: number;
    readonly usual: number;
    readonly p: number;
  };
  readonly "surge.baseline": { readonly days: number; readonly first: string; readonly last: string };
  readonly "watch.posts": { readonly watch: string; readonly day: string; readonly posts: number };
  readonly "watch.category": { readonly category: string };
  readonly "stale.source": { readonly source: string; readonly hours: number };
  readonly "stale.never": { readonly source: string; readonly hours: number };
  readonly "stale.failed": { readonly runs: number; readonly problem: string };
  readonly "stale.empty": { readonly runs: number };
  readonly "stale.state": { readonly source: string; readonly state: HealthState };
  readonly "health.new": Readonly<Record<string, never>>;
  readonly "health.expired": { readonly runs: number; readonly problem: string };
  readonly "health.blocked": { readonly runs: number; readonly problem: string };
  readonly "health.changed-shape": { readonly runs: number; readonly problem: string };
  readonly "health.failing": { readonly runs: number; readonly problem: string };
  readonly "health.fell": {
    readonly field: Exclude<Carried, "records">;
    /** Percent of the records. */
    readonly before: number;
    readonly now: number;
    readonly records: number;
  };
  readonly "health.late": { readonly hours: number };
  readonly "health.silent": { readonly hours: number; readonly usual: number };
  readonly "health.silent.unknown": { readonly hours: number };
  readonly "health.low": {
    readonly latest: number;
    readonly median: number;
    readonly spread: number;
    readonly hours: number;
  };
  readonly "deleted.posts": { readonly deleted: number; readonly posts: number; readonly accounts: number };
  readonly "deleted.by": { readonly by: Remover; readonly posts: number };
  /** The source that a post declares was published after it. */
  readonly "contradiction.later": { readonly post: string; readonly declared: string };
  /** A post declares one source, and its wording follows another. */
  readonly "contradiction.wording": {
    readonly post: string;
    readonly declared: string;
    readonly followed: string;
  };
  readonly "story.size": { readonly posts: number; readonly platforms: number; readonly languages: number };
  readonly "origin.observed": { readonly confidence: Confidence };
  readonly "origin.outside": Readonly<Record<string, never>>;
  readonly "origin.undetermined": Readonly<Record<string, never>>;
  readonly "sure.parents": { readonly high: number; readonly moderate: number; readonly low: number };
  readonly "sure.confirmed": { readonly confirmed: number; readonly suggested: number };
  readonly "sure.statistic": { readonly days: number };
  readonly "sure.visits": Readonly<Record<string, never>>;
  readonly "sure.runs": Readonly<Record<string, never>>;
  readonly "unknown.owners": { readonly accounts: number };
  readonly "unknown.coordination": Readonly<Record<string, never>>;
  readonly "unknown.affiliation": Readonly<Record<string, never>>;
  readonly "unknown.reach": Readonly<Record<string, never>>;
  readonly "unknown.missing": Readonly<Record<string, never>>;
  readonly "unknown.sincerity": Readonly<Record<string, never>>;
  readonly "unknown.cause": Readonly<Record<string, never>>;
  readonly "unknown.undetermined": { readonly posts: number };
}
export type StatementKey = keyof StatementValues;

/** One sentence as data. */
export type Statement = {
  readonly [K in StatementKey]: { readonly say: K; readonly with: StatementValues[K] };
}[StatementKey];

export const MESSAGE_LANGUAGES = ["en", "fr"] as const;
export type MessageLanguage = (typeof MESSAGE_LANGUAGES)[number];
