import { setTimeout } from "node:timers/promises";
import type { Config } from "../config/schema.ts";
import { StopAll, UsageError } from "../contracts/errors.ts";
import type { Log } from "../contracts/log.ts";
import type { DeadJob } from "../contracts/queue.ts";
import type { Run } from "../contracts/run.ts";
import { assemble } from "../pipelines/assembly.ts";
import type { Parts } from "../pipelines/parts.ts";
import { ROLES, recover, run, steps } from "../pipelines/runner.ts";
import { collect } from "../pipelines/steps/collect.ts";
import { scheduleJob } from "../pipelines/steps/jobs.ts";
import { crawlDue, crawlNow, nextCrawl } from "../pipelines/steps/schedule.ts";
import { withDemo } from "./with-demo.ts";

export interface EmbeddedDeps {
  readonly log: Log;
  /** End when all is collected, analysed and traced; otherwise keep to the schedule until `signal`. */
  readonly once: boolean;
  readonly signal: AbortSignal;
  /** Crawl these sources only; all when left out or empty. */
  readonly only?: readonly string[];
  /** Do what the schedule says is due now, in place of crawling. */
  readonly due?: boolean;
  /** Where alerts of the console channel are written; the log when left out. */
  readonly write?: Parts["write"];
  /** Called whenever a round of crawling, analysis and tracing is through. */
  readonly onRound?: (parts: Parts, runs: readonly Run[]) => Promise<void>;
}

/** Everything in one process: collects, analyses and traces, once or on schedule. */
export async function runEmbedded(config: Config, deps: EmbeddedDeps): Promise<{ runs: readonly Run[] }> {
  return withDemo(config, async (served) => {
    const parts = await assemble(served, {
      log: deps.log,
      ...(deps.write === undefined ? {} : { write: deps.write }),
    });
    try {
      return await work(parts, deps);
    } finally {
      await parts.close();
    }
  });
}

async function work(parts: Parts, deps: EmbeddedDeps): Promise<{ runs: readonly Run[] }> {
  const { queue, log } = parts;
  const started = parts.now().toISOString();
  const names = chosenSources(parts, deps.only);
  const stop = await run(steps(parts), queue, ROLES);
  const ended = new Promise<void>((resolve) => {
    if (deps.signal.aborted) resolve();
    deps.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  try {
    const recovered = await recover(parts);
    if (recovered > 0) log.info(`${recovered} posts were stored but not yet analysed; going on with them`);
    // On schedule what ran a moment ago is not crawled again; asked for once, everything is.
    if (deps.due === true) await queue.push([scheduleJob]);
    else if (deps.once) await crawlNow(parts, names);
    else await crawlDue(parts, names);
    await Promise.race([queue.idle(), ended]);
    await tellDead(parts, started);
    const runs = await runsSince(parts, started);
    if (!deps.signal.aborted) await deps.onRound?.(parts, runs);
    if (!deps.once && !deps.signal.aborted) await keepToSchedule(parts, deps, ended);
  } finally {
    // Closing ends a crawl in the middle; stopping alone would wait for its end.
    if (deps.signal.aborted) await queue.close();
    await stop();
  }
  return { runs: await runsSince(parts, started) };
}

/** Jobs that could not be done, once: their posts are stored and wait, so nothing is lost, but someone must look. */
async function tellDead({ queue }: Parts, since: string): Promise<void> {
  const dead = (await queue.dead()).filter(({ at }) => at >= since);
  if (dead.length === 0) return;
  const [{ job, reason }] = dead as [DeadJob];
  throw new StopAll(
    `${dead.length === 1 ? "a job" : `${dead.length} jobs`} of step "${job.step}" could not be done: ${reason}. What was collected is stored; the next start takes it up again`,
  );
}

/** How often it is asked what is due; times of a schedule are minutes. */
const ASK_EVERY_MS = 15_000;

/** Crawls each source when its schedule says so, and tells of each round that brought something. */
async function keepToSchedule(parts: Parts, deps: EmbeddedDeps, ended: Promise<void>): Promise<void> {
  const { queue, log } = parts;
  const next = await nextCrawl(parts);
  log.info(
    `keeping to the schedule; next crawl ${next === null ? "never" : new Date(next).toISOString()}. Ctrl-C ends cleanly`,
  );
  while (!deps.signal.aborted) {
    const since = parts.now().toISOString();
    await queue.push([scheduleJob]);
    await Promise.race([queue.idle(), ended]);
    await tellDead(parts, since);
    const runs = await runsSince(parts, since);
    if (runs.some(({ buckets }) => buckets.added + buckets.undated + buckets.changed > 0))
      await deps.onRound?.(parts, runs);
    await Promise.race([setTimeout(ASK_EVERY_MS, undefined, { signal: deps.signal }).catch(() => {}), ended]);
  }
}

/** Imports files as sources of their own, then analyses and traces what came. */
export async function importFiles(
  config: Config,
  deps: {
    readonly files: readonly string[];
    /** Options of the file collector, the same for every file. */
    readonly options: Readonly<Record<string, unknown>>;
    readonly name?: string;
    readonly log: Log;
    readonly signal: AbortSignal;
  },
): Promise<readonly Run[]> {
  const sources = deps.files.map((file) => ({
    name: deps.name !== undefined && deps.files.length === 1 ? deps.name : file === "-" ? "stdin" : file,
    collector: "file",
    enabled: true,
    path: file,
    ...deps.options,
  }));
  const parts = await assemble(config, { log: deps.log, sources });
  try {
    // Other workers do not know these files; what is read of them is theirs to analyse.
    if (parts.shared !== null) {
      const read: Run[] = [];
      for (const source of parts.sources.values()) read.push(await collect(parts, source, deps.signal));
      return read;
    }
    const { runs } = await work(parts, { log: deps.log, once: true, signal: deps.signal });
    return runs;
  } finally {
    await parts.close();
  }
}

function chosenSources(parts: Parts, only: readonly string[] | undefined): readonly string[] {
  const all = [...parts.sources.keys()];
  if (only === undefined || only.length === 0) return all;
  const missing = only.filter((name) => !parts.sources.has(name));
  if (missing.length > 0) {
    throw new UsageError(
      `no source is called ${missing.map((name) => `"${name}"`).join(", ")}; known are ${all.join(", ")}`,
    );
  }
  return only;
}

async function runsSince({ store }: Parts, since: string): Promise<readonly Run[]> {
  const runs: Run[] = [];
  const bounds = { from: since, to: null, from_inclusive: true, to_inclusive: true };
  for await (const run of store.find("runs", { kind: "range", field: "started_at", ...bounds }))
    runs.push(run);
  return runs;
}
