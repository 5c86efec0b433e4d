import type { Handle, Queue } from "../contracts/queue.ts";
import { Judge } from "./judge/judge.ts";
import type { Parts } from "./parts.ts";
import { analyzeStep } from "./steps/analyze.ts";
import { collectStep } from "./steps/collect.ts";
import { analyzeJobs, notifyJob, POSTS_A_JOB, traceJob } from "./steps/jobs.ts";
import { notifyStep } from "./steps/notify.ts";
import { pruneStep } from "./steps/prune.ts";
import { revisitStep } from "./steps/revisit.ts";
import { scheduleStep } from "./steps/schedule.ts";
import { traceStep } from "./steps/trace.ts";

export const ROLES = ["schedule", "collect", "analyze", "trace", "notify"] as const;
export type Role = (typeof ROLES)[number];

/** Every step there is a queue for. */
export const STEPS = ["schedule", "collect", "revisit", "analyze", "trace", "notify", "prune"] as const;

export interface Step {
  readonly name: (typeof STEPS)[number];
  /** Who does it: what asks other hosts is the collectors' work, and so is the evidence that they keep. */
  readonly role: Role;
  readonly handle: Handle;
  readonly concurrency: number;
  /** Within one process lower goes first: a story is traced when its burst is over. */
  readonly priority: number;
}

/** Sources are crawled side by side; each host has its own pace, and a crawl spends nearly all its time waiting for it. */
const CRAWLS_AT_ONCE = 64;
/** While one batch is read and compared in a thread, another is indexed and a third is stored. */
const BATCHES_AT_ONCE = 3;

const MINUTE_MS = 60_000;
/**
 * How long a job may take before it counts as hung: many times what the largest takes on a slow machine. A crawl keeps
 * to the pace of its host, so it may take most of a day.
 */
const DEADLINES_MS: Readonly<Record<Role, number>> = {
  schedule: 10 * MINUTE_MS,
  collect: 24 * 60 * MINUTE_MS,
  analyze: 30 * MINUTE_MS,
  trace: 60 * MINUTE_MS,
  notify: 30 * MINUTE_MS,
};

/** The steps over given parts. There is no second code path: every construction runs these. */
export function steps(parts: Parts): readonly Step[] {
  const judge = new Judge(parts);
  return [
    { name: "schedule", role: "schedule", handle: () => scheduleStep(parts), concurrency: 1, priority: 0 },
    {
      name: "collect",
      role: "collect",
      handle: (job, signal) => collectStep(parts, job, signal),
      concurrency: CRAWLS_AT_ONCE,
      priority: 0,
    },
    {
      name: "revisit",
      role: "collect",
      handle: (job, signal) => revisitStep(parts, job, signal),
      concurrency: CRAWLS_AT_ONCE,
      priority: 0,
    },
    {
      name: "analyze",
      role: "analyze",
      handle: analyzeStep(parts, judge),
      concurrency: BATCHES_AT_ONCE,
      priority: 0,
    },
    { name: "trace", role: "trace", handle: traceStep(parts), concurrency: 1, priority: 1 },
    {
      name: "notify",
      role: "notify",
      handle: (_, signal) => notifyStep(parts, signal),
      concurrency: 1,
      priority: 2,
    },
    {
      name: "prune",
      role: "collect",
      handle: (_, signal) => pruneStep(parts, signal),
      concurrency: 1,
      priority: 3,
    },
  ];
}

/** Starts the steps of the given roles on a queue; the returned function stops them after the running jobs. */
export async function run(
  all: readonly Step[],
  queue: Queue,
  roles: readonly Role[],
): Promise<() => Promise<void>> {
  const stops: (() => Promise<void>)[] = [];
  for (const { name, role, handle, concurrency, priority } of all) {
    if (!roles.includes(role)) continue;
    stops.push(await queue.work(name, handle, { concurrency, priority, deadline_ms: DEADLINES_MS[role] }));
  }
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}

/**
 * Puts back on the queue what a killed process left: posts stored and not analysed, stories not traced. The store is
 * the memory; the queue of an embedded process is not.
 */
export async function recover({ store, queue }: Parts): Promise<number> {
  // Enough at once for any crash of one process; more is found when these are done.
  const waiting = await store.waiting("analyze", POSTS_A_JOB * 10_000);
  if (waiting.length > 0) await queue.push(analyzeJobs(waiting));
  if ((await store.waiting("trace", 1)).length > 0) await queue.push([traceJob]);
  // What was queued for a channel and not sent is due, or will be.
  await queue.push([notifyJob]);
  return waiting.length;
}
