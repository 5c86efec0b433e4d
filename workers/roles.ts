import { setTimeout as pause } from "node:timers/promises";
import type { Config } from "../config/schema.ts";
import { UsageError } from "../contracts/errors.ts";
import type { Log } from "../contracts/log.ts";
import type { Job } from "../contracts/queue.ts";
import type { Store } from "../contracts/store.ts";
import { type Assembled, assemble } from "../pipelines/assembly.ts";
import { ROLES, type Role, recover, run, steps } from "../pipelines/runner.ts";
import { scheduleJob } from "../pipelines/steps/jobs.ts";
import type { BullmqQueue } from "../queues/bullmq/index.ts";
import { tellHealth } from "./health.ts";
import { withDemo } from "./with-demo.ts";

export interface RolesDeps {
  readonly roles: readonly Role[];
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Where the worker says how it is. */
  readonly health: string;
  /** Used instead of the one that the config names. */
  readonly store?: Store;
}

/** What stored posts still wait for, as a job: once, whatever the number of processes. */
const RECOVER: Job = { step: "recover", key: "store", data: {} };
/** Nothing is lost for longer than this when Redis loses everything. */
const RECOVER_EVERY = "*/5 * * * *";
const ASK_EVERY = "* * * * *";
/** How often the schedule is looked at, one question to Redis. */
const LOOK_MS = 5_000;
/** Time for running jobs to end. Whoever stops us gives 30 s at least (`docker stop` is told 40). */
const GRACE_MS = 25_000;

/**
 * Does the work of some roles beside any number of other processes, until the signal. False when a running job did
 * not end in time: it is done again by another worker, and this process is to be ended.
 */
export function runRoles(config: Config, deps: RolesDeps): Promise<boolean> {
  const serve = deps.roles.includes("collect")
    ? withDemo
    : <T>(c: Config, w: (c: Config) => Promise<T>) => w(c);
  return serve(config, async (served) => {
    const parts = await assemble(served, {
      log: deps.log,
      ...(deps.store === undefined ? {} : { store: deps.store }),
    });
    const late = Symbol("late");
    // A job that hangs must not keep a process up that can do nothing more.
    const close = () => Promise.race([parts.close(), pause(GRACE_MS, late, { ref: false })]);
    try {
      await work(parts, deps);
    } catch (error) {
      await close();
      throw error;
    }
    return (await close()) !== late;
  });
}

async function work(parts: Assembled, { roles, log, signal, health }: RolesDeps): Promise<void> {
  const queue = parts.shared?.queue ?? null;
  if (queue === null) {
    throw new UsageError(
      "a worker shares its jobs with others, and `queue: memory` is one process's own. Set `queue: bullmq` and `redis.url`, or let `headwater up` do everything in one process",
      78,
    );
  }
  for (const { state, sentence } of await queue.check())
    if (state === "wrong") log.error(`Redis: ${sentence}`);
  const ended = new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener("abort", () => resolve(null), { once: true });
  });
  const watches = [
    tellHealth({ file: health, roles, now: parts.now, waiting: (step) => queue.waiting(step) }),
  ];
  try {
    await run(
      steps(parts),
      queue,
      ROLES.filter((role) => roles.includes(role)),
    );
    if (roles.includes("schedule")) watches.push(await keepSchedule(parts, queue));
    log.info(`working as ${roles.join(", ")}; SIGTERM ends cleanly`);
    const failure = await Promise.race([queue.failure, ended]);
    if (failure !== null) throw failure;
  } finally {
    for (const stop of watches) stop();
  }
}

/** Has it asked every minute what is due, and again when Redis has lost that. The returned function ends the watching. */
async function keepSchedule(parts: Assembled, queue: BullmqQueue): Promise<() => void> {
  await queue.work(RECOVER.step, async () => {
    // What is in the queue, or under way, waits in the store, too; only an empty queue says that something was lost.
    if (await queue.unfinished("analyze")) return [];
    const posts = await recover(parts);
    if (posts > 0) parts.log.info(`${posts} posts were stored but not yet analysed; they are queued again`);
    return [];
  });
  // Which source is due stands in the store; here is only when that is asked.
  const schedule = [
    { job: RECOVER, every: RECOVER_EVERY, zone: "UTC" },
    { job: scheduleJob, every: ASK_EVERY, zone: "UTC" },
  ];
  await queue.schedule(schedule);
  await queue.push([RECOVER, scheduleJob]);
  parts.log.info(`${parts.sources.size} sources are on the schedule`);
  const timer = setInterval(async () => {
    try {
      if ((await queue.scheduled()) >= schedule.length) return;
      parts.log.warn("the schedule is not in Redis any more; it is made again");
      await queue.schedule(schedule);
    } catch (error) {
      parts.log.warn("the schedule could not be looked at", { error });
    }
  }, LOOK_MS);
  timer.unref();
  return () => clearInterval(timer);
}
