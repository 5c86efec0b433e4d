import { setTimeout as pause } from "node:timers/promises";
import type * as Bull from "bullmq";
import type { StopAll } from "../../contracts/errors.ts";
import type { Handle, Job, Queue, WorkOptions } from "../../contracts/queue.ts";
import { jobId } from "../job-id.ts";
import { nobodyWorks } from "../nobody-works.ts";
import { planAhead, wakeAhead } from "./ahead.ts";
import { Backlog } from "./backlog.ts";
import type { Carried } from "./carried.ts";
import { checkRedis, type RedisFinding } from "./check.ts";
import { tellOnce } from "./connection.ts";
import { Locks } from "./locks.ts";
import { type BullmqQueueOptions, keyPrefix, settingsOf } from "./options.ts";
import { untilItPasses } from "./passing.ts";
import { Quarantine } from "./quarantine.ts";
import { nextTime, type Scheduled, scheduleJobs, TICKS } from "./schedule.ts";
import { ATTEMPTS, StepWorker } from "./step-worker.ts";
import { startWatchdog } from "./watchdog.ts";

export interface BullmqQueue extends Queue {
  /**
   * Pushes each job when its cron expression says so, once whatever the number of processes. Replaces
   * the schedule; a job that is new on it is pushed at once, too.
   */
  schedule(jobs: readonly Scheduled[]): Promise<void>;
  /** Whether any job of a step waits, runs or is put off. */
  unfinished(step: string): Promise<boolean>;
  /** How many jobs are on the schedule. */
  scheduled(): Promise<number>;
  /** What is to be said of the server. */
  check(): Promise<readonly RedisFinding[]>;
  /** Resolves with the StopAll that ended the work of this process; never otherwise. */
  readonly failure: Promise<StopAll>;
}

/** Done jobs kept for people to look at, some 300 bytes each. */
const DONE_KEPT = 100;
/** Idleness is looked for at first often, then less, so that neither a test nor Redis waits for the other. */
const FIRST_LOOK_MS = 5;
const LAST_LOOK_MS = 250;

/**
 * The queue of many processes, on Redis. A job keeps its place through kills and restarts of workers, and of a Redis
 * that writes an append-only file.
 */
export async function openBullmqQueue(options: BullmqQueueOptions): Promise<BullmqQueue> {
  const bull = await import("bullmq");
  const settings = settingsOf(options);
  const { redis, log } = settings;
  const prefix = keyPrefix(settings.prefix);
  const backlog = new Backlog(redis, prefix);
  const quarantine = new Quarantine(redis, prefix);
  const queues = new Map<string, Bull.Queue<Carried>>();
  const workers = new Set<StepWorker>();
  const stopping = new AbortController();
  const failure = Promise.withResolvers<StopAll>();
  let broken: StopAll | null = null;
  let closed: Promise<void> | null = null;
  /** Made when something is worked on: who only pushes holds none. */
  let locks: Locks | null = null;
  let ended = false;

  function queueOf(step: string): Bull.Queue<Carried> {
    let queue = queues.get(step);
    if (queue === undefined) {
      queue = new bull.Queue<Carried>(step, {
        connection: redis,
        prefix,
        settings: { repeatStrategy: nextTime },
      });
      queue.on("error", tellOnce(`(${step})`, log));
      queues.set(step, queue);
    }
    return queue;
  }

  async function push(jobs: readonly Job[]): Promise<void> {
    // While it closes, the running jobs may still push.
    if (ended) throw new Error("The queue is closed; it takes no more jobs");
    const steps = Map.groupBy(jobs, ({ step }) => step);
    await backlog.know([...steps.keys()]);
    for (const [step, own] of steps) await queueOf(step).addBulk(own.map(carriedOf));
  }

  async function begin(step: string, handle: Handle, workOptions: WorkOptions): Promise<StepWorker> {
    locks ??= new Locks(redis, { lock_ms: settings.lock_ms, grace_ms: settings.lock_ms });
    const deps = { bull, settings, quarantine, locks, stopping: stopping.signal, push, fail };
    const worker = new StepWorker(step, handle, workOptions, deps);
    workers.add(worker);
    await worker.ready();
    return worker;
  }

  function fail(error: StopAll): void {
    if (broken !== null) return;
    broken = error;
    for (const worker of workers) worker.pause();
    failure.resolve(error);
  }

  async function idle(): Promise<void> {
    let worked = performance.now();
    for (let look = FIRST_LOOK_MS; !ended; look = Math.min(look * 2, LAST_LOOK_MS)) {
      if (broken !== null) throw broken;
      const pending = await untilItPasses(() => backlog.pending());
      if (pending.length === 0) return;
      if (await isWorked(pending)) worked = performance.now();
      // A worker that is just being started again counts as one.
      else if (performance.now() - worked > settings.deaf_ms) throw nobodyWorks(pending);
      await pause(look);
    }
  }

  /** Whether any process works on any of the steps. Only asked of Redis when it is not this one. */
  async function isWorked(steps: readonly string[]): Promise<boolean> {
    if ([...workers].some(({ step }) => steps.includes(step))) return true;
    const counts = await Promise.all(steps.map((step) => queueOf(step).getWorkersCount()));
    return counts.some((count) => count > 0);
  }

  const stopWatchdog = startWatchdog({
    workers,
    deaf_ms: settings.deaf_ms,
    log,
    waiting: (step) => backlog.waiting(step),
    wake: (step) => (step === TICKS ? planAhead : wakeAhead)(queueOf(step), redis),
    fail,
  });

  return {
    push,
    idle,
    failure: failure.promise,
    async work(step, handle, workOptions = {}) {
      if ([...workers].some((worker) => worker.step === step)) {
        throw new Error(`The step ${step} is being worked on already`);
      }
      await backlog.know([step]);
      const worker = await begin(step, handle, workOptions);
      return async () => {
        await worker.close();
        workers.delete(worker);
      };
    },
    unfinished: async (step) => (await backlog.pending()).includes(step),
    scheduled: () => queueOf(TICKS).getJobSchedulersCount(),
    check: () => checkRedis(redis),
    waiting: (step) => backlog.waiting(step),
    isWorked: (step) => isWorked([step]),
    dead: () => quarantine.list(),
    async replay(ids) {
      const dead = await quarantine.get(ids);
      await push(dead.map(({ job }) => job));
      await quarantine.remove(dead.map(({ id }) => id));
      return dead.length;
    },
    drop: (ids) => quarantine.remove(ids),
    async schedule(jobs) {
      await push(await scheduleJobs(queueOf(TICKS), jobs));
      // Its jobs do not count as pending: the next tick always waits.
      if (![...workers].some(({ step }) => step === TICKS))
        await begin(TICKS, async ({ data }) => [data as Job], {});
    },
    close() {
      closed ??= (async () => {
        stopWatchdog();
        stopping.abort();
        await Promise.all([...workers].map((worker) => worker.close()));
        ended = true;
        await locks?.close();
        await Promise.all([...queues.values()].map((queue) => queue.close()));
      })();
      return closed;
    },
  };
}

/**
 * Deduplication by step and key, not BullMQ's own job ids: those lose what is pushed while the twin runs. With
 * `keepLastIfActive` it is kept and run afterwards.
 */
function carriedOf(job: Job) {
  return {
    name: job.step,
    data: { key: job.key, data: job.data },
    opts: {
      deduplication: { id: jobId(job), keepLastIfActive: true },
      attempts: ATTEMPTS,
      backoff: { type: "ours" },
      removeOnComplete: { count: DONE_KEPT },
    },
  };
}
