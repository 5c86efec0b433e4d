/** Work for a step. Everything in `data` is JSON; it carries ids and cursors, not posts. */
export interface Job {
  readonly step: string;
  /** While a job of this step and key waits, another is the same job. */
  readonly key: string;
  readonly data: unknown;
}

export interface WorkOptions {
  readonly concurrency?: number;
  /** A queue in one process runs steps of a lower number first, so that traces wait for analysis. */
  readonly priority?: number;
  /**
   * How long one job may take. Then its signal is aborted, and what it throws counts as a failure; a queue of many
   * processes ends a process whose job does not end even so.
   */
  readonly deadline_ms?: number;
}

/** Handles one job and returns the next ones. Errors of contracts/errors.ts say what happens to the job. */
export type Handle = (job: Job, signal: AbortSignal) => Promise<readonly Job[]>;

/** A job that ended in quarantine. */
export interface DeadJob {
  /** Names it for `replay` and `drop`; the same step and key have the same one. */
  readonly id: string;
  readonly job: Job;
  readonly reason: string;
  readonly at: string;
}

/**
 * At least once. A job pushed while its twin runs is run again afterwards, never beside it; the next jobs are pushed
 * before the job is done. What a person must decide about waits in quarantine.
 */
export interface Queue {
  push(jobs: readonly Job[]): Promise<void>;
  /** Starts handling a step; the returned function stops it after the running jobs. */
  work(step: string, handle: Handle, options?: WorkOptions): Promise<() => Promise<void>>;
  /**
   * Resolves when nothing waits or runs; delayed retries count as waiting. Rejects with the StopAll that ended the queue,
   * or with a sentence when all that is left are jobs of steps that nobody works on.
   */
  idle(): Promise<void>;
  /** Jobs of a step that nobody has begun: what a producer looks at to slow down. */
  waiting(step: string): Promise<number>;
  /** Whether anybody works on a step. */
  isWorked(step: string): Promise<boolean>;
  dead(): Promise<readonly DeadJob[]>;
  /** Takes jobs out of quarantine and pushes them again. Says how many there were. */
  replay(ids: readonly string[]): Promise<number>;
  /** Takes jobs out of quarantine for good. Says how many there were. */
  drop(ids: readonly string[]): Promise<number>;
  close(): Promise<void>;
}
