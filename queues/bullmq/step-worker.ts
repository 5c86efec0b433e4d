import type * as Bull from "bullmq";
import { RetryLater, SetAside, StopAll } from "../../contracts/errors.ts";
import type { Handle, Job, WorkOptions } from "../../contracts/queue.ts";
import { withDeadline } from "../deadline.ts";
import type { Carried } from "./carried.ts";
import { tellOnce } from "./connection.ts";
import type { Locks } from "./locks.ts";
import { keyPrefix, type Settings } from "./options.ts";
import { passes, untilItPasses } from "./passing.ts";
import type { Quarantine } from "./quarantine.ts";
import { nextTime } from "./schedule.ts";

/** Runs of a job: the first and three more. */
export const ATTEMPTS = 4;
const BACKOFF_GROWTH = 4;
/** A job whose process ended this many times while it ran is taken for the cause. */
const DEADLY_RUNS = 3;
/** When a suspect job asks again whether it may run, milliseconds. */
const ASK_AGAIN_MS = 250;
/** BullMQ fails a job after so many stalls by itself; ours is decided by DEADLY_RUNS, so this is never reached. */
const NEVER = 1_000_000;

export interface StepWorkerDeps {
  readonly bull: typeof Bull;
  readonly settings: Settings;
  readonly quarantine: Quarantine;
  readonly locks: Locks;
  readonly stopping: AbortSignal;
  /** Pushes a job's next ones. */
  push(jobs: readonly Job[]): Promise<void>;
  /** Ends all work of this process. */
  fail(error: StopAll): void;
}

/** The worker of one step in this process. */
export class StepWorker {
  readonly step: string;
  readonly concurrency: number;
  readonly #handle: Handle;
  readonly #deadline_ms: number | undefined;
  readonly #deps: StepWorkerDeps;
  #worker: Bull.Worker<Carried>;
  #running = 0;
  #suspectRuns = false;
  #lastStart = performance.now();

  constructor(
    step: string,
    handle: Handle,
    { concurrency = 1, deadline_ms }: WorkOptions,
    deps: StepWorkerDeps,
  ) {
    this.step = step;
    this.concurrency = concurrency;
    this.#deadline_ms = deadline_ms;
    this.#handle = handle;
    this.#deps = deps;
    this.#worker = this.#create();
  }

  /** How long it could have begun a job and did not, milliseconds. */
  get silence(): number {
    return this.#running >= this.concurrency ? 0 : performance.now() - this.#lastStart;
  }

  async ready(): Promise<void> {
    await this.#worker.waitUntilReady();
  }

  /** Begins nothing more; what runs goes on. */
  pause(): void {
    void this.#worker.pause(true);
  }

  /** Stops after the running jobs. */
  close(): Promise<void> {
    return this.#worker.close();
  }

  /** A new connection and a new loop in place of those that hear nothing. */
  restart(): void {
    const deaf = this.#worker;
    this.#lastStart = performance.now();
    this.#worker = this.#create();
    // Its running jobs end under their locks; that the old connection never answers again is what it is closed for.
    void deaf.close().catch(() => {});
  }

  #create(): Bull.Worker<Carried> {
    const { bull, settings } = this.#deps;
    const worker = new bull.Worker<Carried>(
      this.step,
      (job, token, signal) => this.#run(this.#insistent(job), token!, signal!),
      {
        connection: settings.redis,
        prefix: keyPrefix(settings.prefix),
        concurrency: this.concurrency,
        lockDuration: settings.lock_ms,
        stalledInterval: settings.stalled_ms,
        maxStalledCount: NEVER,
        settings: {
          repeatStrategy: nextTime,
          backoffStrategy: (attempts) =>
            settings.backoff_ms * BACKOFF_GROWTH ** (attempts - 1) * (0.5 + Math.random() / 2),
        },
      },
    );
    const tell = tellOnce(`(${this.step})`, settings.log);
    worker.on("error", (error) => {
      // It hears well enough that Redis gives it nothing.
      if (passes(error)) this.#lastStart = performance.now();
      tell(error);
    });
    // Another worker may have it by now: the sooner this one ends, the less is done twice.
    worker.on("lockRenewalFailed", (jobs) => {
      for (const job of jobs) worker.cancelJob(job, "its lock was lost");
    });
    return worker;
  }

  async #run(carried: Bull.Job<Carried>, token: string, cancelled: AbortSignal): Promise<void> {
    const job: Job = { step: this.step, key: carried.data.key, data: carried.data.data };
    // A process has ended while it ran. Suspects run one at a time, so that each is judged by its own deeds.
    const suspect = carried.stalledCounter > 0;
    if (suspect && this.#suspectRuns) await this.#putOff(carried, token, ASK_AGAIN_MS);
    this.#running++;
    this.#suspectRuns ||= suspect;
    this.#lastStart = performance.now();
    try {
      if (carried.stalledCounter >= DEADLY_RUNS) {
        await this.#setAside(job, `its process ended ${carried.stalledCounter} times while it ran`);
        return;
      }
      const next = await this.#held(carried, token, cancelled, (signal) => this.#handle(job, signal));
      await this.#deps.push(next);
    } catch (error) {
      await this.#settle(carried, job, token, error);
    } finally {
      this.#running--;
      if (suspect) this.#suspectRuns = false;
      this.#lastStart = performance.now();
    }
  }

  /** Runs a handler under its lock, which a thread of its own holds, and under its deadline. */
  async #held<T>(
    { id, data }: Bull.Job<Carried>,
    token: string,
    cancelled: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { locks, settings, stopping } = this.#deps;
    const release = locks.hold({
      lock: `${keyPrefix(settings.prefix)}:${this.step}:${id}:lock`,
      token,
      name: `${this.step} ${data.key}`,
      deadline_ms: this.#deadline_ms ?? null,
    });
    const { signal, over } = withDeadline(AbortSignal.any([stopping, cancelled]), this.#deadline_ms);
    try {
      return await work(signal);
    } finally {
      over();
      release();
    }
  }

  async #settle(carried: Bull.Job<Carried>, job: Job, token: string, thrown: unknown): Promise<void> {
    const { bull, settings, stopping } = this.#deps;
    const { log } = settings;
    const error = passes(thrown)
      ? new RetryLater(`Redis answers ${thrown.message}`, settings.again_ms, { cause: thrown })
      : thrown;
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof SetAside) return this.#setAside(job, reason);
    if (error instanceof RetryLater) {
      log?.warn(`${job.step} ${job.key} waits ${Math.ceil(error.after / 1000)} s: ${reason}`);
      return this.#putOff(carried, token, error.after);
    }
    if (error instanceof StopAll || stopping.aborted) {
      // Not the job's fault: whoever works next takes it up.
      if (error instanceof StopAll) this.#deps.fail(error);
      await this.#said(() => carried.moveToWait(token));
      throw new bull.WaitingError();
    }
    const attempts = carried.attemptsMade + 1;
    if (attempts >= ATTEMPTS) return this.#setAside(job, reason);
    log?.warn(`${job.step} ${job.key} failed and is tried again: ${reason}`, { attempts, error });
    throw error;
  }

  async #putOff(carried: Bull.Job<Carried>, token: string, ms: number): Promise<never> {
    await this.#said(() => carried.moveToDelayed(Date.now() + Math.ceil(ms), token));
    throw new this.#deps.bull.DelayedError();
  }

  async #setAside(job: Job, reason: string): Promise<void> {
    const { quarantine, settings } = this.#deps;
    settings.log?.error(`${job.step} ${job.key} is set aside: ${reason}`, { job });
    await this.#said(() => quarantine.add(job, reason, settings.now()));
  }

  /** BullMQ says by itself that a job is done, or failed; what Redis refuses of that would count as a failure. */
  #insistent(job: Bull.Job<Carried>): Bull.Job<Carried> {
    const { moveToCompleted, moveToFailed } = job;
    job.moveToCompleted = (...given) => this.#said(() => moveToCompleted.apply(job, given));
    job.moveToFailed = ((...given: Parameters<typeof moveToFailed>) =>
      this.#said(() => moveToFailed.apply(job, given))) as typeof moveToFailed;
    return job;
  }

  /** Says what became of a job until Redis takes it; the worker is not deaf meanwhile. */
  #said<T>(say: () => Promise<T>): Promise<T> {
    return untilItPasses(say, () => {
      this.#lastStart = performance.now();
    });
  }
}
