import type { HealthState } from "./health-state.ts";
import type { Statement } from "./message.ts";

/** What a source usually gives, by windows of time that are long enough to give something. */
export interface Yield {
  readonly window_ms: number;
  readonly median: number;
  /** 1.4826 times the median deviation from the median: the standard deviation, were it normal. */
  readonly spread: number;
  /** The last whole window. */
  readonly latest: number;
  readonly windows: number;
  /** Whether windows of the same hour of the day are compared. */
  readonly by_hour: boolean;
}

export interface SourceHealth {
  readonly source: string;
  readonly state: HealthState;
  /** Since when, as far as runs tell; null for what is new. */
  readonly since: string | null;
  /** Why, in sentences as data. */
  readonly why: readonly Statement[];
  /** The end of the last run that did not fail, and the beginning of the last that brought something new. */
  readonly last_success: string | null;
  readonly last_new: string | null;
  /** How long it is usually silent at this time of the day; null with too few runs to say. */
  readonly usual_gap_ms: number | null;
  /** So long without anything new is silence: twice the usual gap, or twice its own pause where that is longer. */
  readonly silent_after_ms: number;
  readonly yield: Yield | null;
}
