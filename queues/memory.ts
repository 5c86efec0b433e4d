import { setImmediate } from "node:timers/promises";
import { RetryLater, SetAside, StopAll } from "../contracts/errors.ts";
import type { Log } from "../contracts/log.ts";
import type { DeadJob, Job, Queue } from "../contracts/queue.ts";
import { withDeadline } from "./deadline.ts";
import { jobId } from "./job-id.ts";
import { nobodyWorks } from "./nobody-works.ts";
import { newWorker, StepLine, type Worker } from "./step-line.ts";

export interface MemoryQueueOptions {
  readonly now?: () => Date;
  readonly log?: Log;
  /** Pause before the first retry of a failed job, milliseconds; each further one is four times as long. */
  readonly backoff_ms?: number;
}

/** 1, 4 and 16 s: longer than a hiccup, short enough that a run with one bad job still ends. */
const FIRST_BACKOFF_MS = 1_000;
const BACKOFF_GROWTH = 4;
const RETRIES = 3;
/** Dead jobs kept, a few hundred bytes each; each is also logged when it dies. */
const DEAD_KEPT = 10_000;

/**
 * The queue of one process. Jobs live in memory alone: what a killed or closed process had not done is found again in
 * the store. Every operation takes constant time; what is done leaves nothing behind.
 */
export function createMemoryQueue(options: MemoryQueueOptions = {}): Queue {
  const { now = () => new Date(), log, backoff_ms = FIRST_BACKOFF_MS } = options;
  const lines = new Map<string, StepLine>();
  const dead = new Map<string, DeadJob>();
  const stopping = new AbortController();
  /** Lines with a worker, lower numbers first. */
  let working: readonly StepLine[] = [];
  const idlers: PromiseWithResolvers<void>[] = [];
  let broken: StopAll | null = null;
  let closed = false;
  let ended = false;

  function lineOf(step: string): StepLine {
    let line = lines.get(step);
    if (line === undefined) {
      line = new StepLine();
      lines.set(step, line);
    }
    return line;
  }

  function add(jobs: readonly Job[]): void {
    for (const job of jobs) lineOf(job.step).push(job);
  }

  function assign(line: StepLine, worker: Worker | null): void {
    line.worker = worker;
    working = [...lines.values()]
      .filter((other) => other.worker !== null)
      .sort((a, b) => a.worker!.priority - b.worker!.priority);
  }

  /** Starts what may start, lower numbers first, and tells those who wait for the end of all work. */
  function advance(): void {
    if (!closed && broken === null) {
      let busy = Number.POSITIVE_INFINITY;
      for (const line of working) {
        const worker = line.worker!;
        if (worker.priority > busy) break;
        for (let job = line.start(); job !== undefined; job = line.start()) void run(line, worker, job);
        if (line.busy) busy = worker.priority;
      }
    }
    if (idlers.length === 0) return;
    const open = closed ? [] : [...lines].filter(([, { pending }]) => pending > 0);
    if (open.some(([, { worker }]) => worker !== null)) return;
    for (const { resolve, reject } of idlers.splice(0)) {
      if (open.length === 0) resolve();
      else reject(nobodyWorks(open.map(([step]) => step)));
    }
  }

  async function run(line: StepLine, worker: Worker, job: Job): Promise<void> {
    const { signal, over } = withDeadline(stopping.signal, worker.deadline_ms);
    try {
      // Handlers over an embedded store never wait for anything; between two jobs signals and timers have their turn.
      await setImmediate();
      if (!closed && broken === null) add(await worker.handle(job, signal));
      line.finish(job);
    } catch (error) {
      settle(line, job, error);
    } finally {
      over();
    }
    if (line.running === 0) for (const drained of worker.drained.splice(0)) drained();
    advance();
  }

  function settle(line: StepLine, job: Job, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    if (closed && !(error instanceof SetAside)) {
      // Cut off by close(), not failed.
      line.finish(job);
    } else if (error instanceof RetryLater) {
      log?.warn(`${job.step} ${job.key} waits ${Math.ceil(error.after / 1000)} s: ${reason}`);
      line.delay(job, error.after, advance);
    } else if (error instanceof StopAll) {
      broken ??= error;
      line.finish(job);
      for (const { reject } of idlers.splice(0)) reject(broken);
    } else if (error instanceof SetAside) {
      bury(line, job, reason);
    } else {
      const attempts = line.failed(job);
      if (attempts > RETRIES) bury(line, job, reason);
      else {
        log?.warn(`${job.step} ${job.key} failed and is tried again: ${reason}`, { attempts, error });
        line.delay(job, backoff_ms * BACKOFF_GROWTH ** (attempts - 1), advance);
      }
    }
  }

  function bury(line: StepLine, job: Job, reason: string): void {
    line.finish(job);
    log?.error(`${job.step} ${job.key} is set aside: ${reason}`, { job });
    const id = jobId(job);
    dead.delete(id);
    dead.set(id, { id, job, reason, at: now().toISOString() });
    if (dead.size > DEAD_KEPT) dead.delete(dead.keys().next().value!);
  }

  function drained(line: StepLine, worker: Worker): Promise<void> {
    return new Promise((resolve) => {
      if (line.running === 0) resolve();
      else worker.drained.push(resolve);
    });
  }

  return {
    async push(jobs) {
      // While it closes, the running jobs may still push: what they push is done after the next start.
      if (ended) throw new Error("The queue is closed; it takes no more jobs");
      add(jobs);
      advance();
    },
    async work(step, handle, workOptions = {}) {
      const line = lineOf(step);
      if (line.worker !== null) throw new Error(`The step ${step} is being worked on already`);
      const worker = newWorker(handle, workOptions);
      assign(line, worker);
      advance();
      return async () => {
        if (worker.stopped) return;
        worker.stopped = true;
        await drained(line, worker);
        assign(line, null);
        advance();
      };
    },
    idle() {
      if (broken !== null) return Promise.reject(broken);
      const idler = Promise.withResolvers<void>();
      idlers.push(idler);
      advance();
      return idler.promise;
    },
    waiting: async (step) => lineOf(step).waiting,
    isWorked: async (step) => lineOf(step).worker !== null,
    dead: async () => [...dead.values()],
    async replay(ids) {
      const again = ids.flatMap((id) => dead.get(id) ?? []);
      for (const { id } of again) dead.delete(id);
      add(again.map(({ job }) => job));
      advance();
      return again.length;
    },
    drop: async (ids) => ids.filter((id) => dead.delete(id)).length,
    async close() {
      closed = true;
      stopping.abort();
      for (const line of lines.values()) line.stopTimers();
      await Promise.all([...lines.values()].map((line) => line.worker && drained(line, line.worker)));
      ended = true;
      advance();
    },
  };
}
