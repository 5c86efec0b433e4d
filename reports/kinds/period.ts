import type { Severity } from "../../contracts/alert.ts";
import type { Exposure } from "../../contracts/exposure.ts";
import type { SourceHealth } from "../../contracts/health.ts";
import type { PostId } from "../../contracts/post.ts";
import type { Run } from "../../contracts/run.ts";
import type { CountBucket } from "../../contracts/store.ts";
import type { Notes } from "../parts/analyst.ts";
import type { FindingInput } from "../story.ts";
import type { ReportLook } from "../telling.ts";

/** Whole days in UTC, both of them in the period. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** A count of posts with the query that gives it. */
export interface Counted {
  readonly where: string;
  readonly count: number;
}

/** Posts with one value of a field. */
export interface Share extends Counted {
  readonly key: string;
}

/** A source of the configuration with its last run that began before the period's end. */
export interface SourceCoverage {
  readonly source: string;
  readonly run: Run | null;
  /** At the report's own time; null for what is no source of the config. */
  readonly health: SourceHealth | null;
}

/** A stretch of time in which a source was not read. */
export interface NotRead {
  readonly source: string;
  readonly from: string;
  readonly to: string;
}

/** A story with posts of state-controlled outlets in the period, and who carried it. */
export interface CarriedStory {
  readonly story: string;
  readonly start: PostId;
  readonly posts: Counted;
  /** Posts of others in the period that lead back to a state-controlled outlet. */
  readonly carriers: readonly PostId[];
  readonly uncredited: readonly PostId[];
}

/** An account whose posts lead back to a state-controlled outlet. */
export interface CarrierAccount {
  /** One of its posts, by which it is named. */
  readonly post: PostId;
  readonly stories: readonly PostId[];
  readonly posts: readonly PostId[];
  readonly uncredited: readonly PostId[];
  /** Seconds; null where no delay is known. */
  readonly medianLag: number | null;
}

export interface WatchCount extends Counted {
  readonly name: string;
  readonly category: string;
  readonly newest: readonly PostId[];
}

export interface AlertRow {
  readonly at: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly subject: string;
  readonly items: readonly PostId[];
}

/** All that a report on a period is told from. */
export interface PeriodInput {
  readonly period: Period;
  readonly all: Counted;
  readonly days: readonly CountBucket[];
  readonly platforms: readonly Share[];
  readonly languages: readonly Share[];
  readonly stories: Counted;
  readonly carried: readonly CarriedStory[];
  readonly accounts: readonly CarrierAccount[];
  readonly coverage: readonly SourceCoverage[];
  readonly blind: readonly NotRead[];
  readonly watches: readonly WatchCount[];
  readonly alerts: readonly AlertRow[];
  readonly exposure: Exposure;
  /** The story that was carried most; its posts, and all posts that the report names, are in it. */
  readonly largest: FindingInput | null;
  /** Posts named in the report beside those of the largest story. */
  readonly named: FindingInput["posts"];
  readonly actors: FindingInput["actors"];
  readonly shown: FindingInput["shown"];
  readonly asOf: string;
  readonly version: string;
  readonly notes: Notes;
  readonly look: ReportLook;
}
