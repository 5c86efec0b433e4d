import type { Handle, Job, WorkOptions } from "../contracts/queue.ts";
import { Fifo } from "./fifo.ts";

export interface Worker {
  readonly handle: Handle;
  readonly concurrency: number;
  readonly priority: number;
  readonly deadline_ms: number | undefined;
  /** Called when the last running job of a stopped worker has ended. */
  readonly drained: (() => void)[];
  stopped: boolean;
}

/** The jobs of one step: waiting in line, running, to run again after their twin, or put off. */
export class StepLine {
  readonly #line = new Fifo();
  readonly #running = new Set<string>();
  readonly #again = new Map<string, Job>();
  readonly #delayed = new Map<string, NodeJS.Timeout>();
  /** Failures of jobs that have failed and not yet succeeded. */
  readonly #attempts = new Map<string, number>();
  worker: Worker | null = null;

  /** Everything that is not done. */
  get pending(): number {
    return this.#line.size + this.#running.size + this.#again.size + this.#delayed.size;
  }

  /** What keeps steps of a higher number from starting. What is put off does not: it may be put off for hours. */
  get busy(): boolean {
    return this.#line.size + this.#running.size > 0;
  }

  /** Those in line: nobody has begun them, and nothing but a free worker is wanting. */
  get waiting(): number {
    return this.#line.size;
  }

  get running(): number {
    return this.#running.size;
  }

  push(job: Job): void {
    if (this.#delayed.has(job.key) || this.#again.has(job.key)) return;
    if (this.#running.has(job.key)) this.#again.set(job.key, job);
    else this.#line.push(job);
  }

  /** The next job to run, now running; undefined when none may start. */
  start(): Job | undefined {
    const { worker } = this;
    if (worker === null || worker.stopped || this.#running.size >= worker.concurrency) return undefined;
    const job = this.#line.shift();
    if (job !== undefined) this.#running.add(job.key);
    return job;
  }

  /** The job is over; its twin, if one was pushed meanwhile, goes to the end of the line. */
  finish({ key }: Job): void {
    this.#attempts.delete(key);
    this.#running.delete(key);
    const twin = this.#again.get(key);
    if (twin === undefined) return;
    this.#again.delete(key);
    this.#line.push(twin);
  }

  /** The running job goes back to the line after `ms`; its twin is the same job then. */
  delay(job: Job, ms: number, ready: () => void): void {
    this.#running.delete(job.key);
    this.#again.delete(job.key);
    const wake = (left: number) => {
      // A timer takes 31 bits of milliseconds, 24.8 days.
      const pause = Math.min(left, 0x7fffffff);
      const timer = setTimeout(() => {
        if (left > pause) wake(left - pause);
        else {
          this.#delayed.delete(job.key);
          this.#line.push(job);
          ready();
        }
      }, pause);
      this.#delayed.set(job.key, timer);
    };
    wake(Math.max(0, ms));
  }

  /** Counts one more failure of a job. */
  failed({ key }: Job): number {
    const attempts = (this.#attempts.get(key) ?? 0) + 1;
    this.#attempts.set(key, attempts);
    return attempts;
  }

  stopTimers(): void {
    for (const timer of this.#delayed.values()) clearTimeout(timer);
  }
}

export function newWorker(
  handle: Handle,
  { concurrency = 1, priority = 0, deadline_ms }: WorkOptions,
): Worker {
  return { handle, concurrency, priority, deadline_ms, drained: [], stopped: false };
}
