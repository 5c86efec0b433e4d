import { StopAll } from "../../contracts/errors.ts";
import type { Log } from "../../contracts/log.ts";
import type { StepWorker } from "./step-worker.ts";

export interface WatchdogDeps {
  readonly workers: ReadonlySet<StepWorker>;
  readonly deaf_ms: number;
  readonly log: Log | undefined;
  waiting(step: string): Promise<number>;
  /** Wakes what waits longer than it was told to. */
  wake(step: string): Promise<void>;
  fail(error: StopAll): void;
}

/** So many looks in a row must find a worker deaf. */
const LOOKS = 4;

/**
 * Looks whether workers hear: jobs wait, a worker is free, and it has begun none for long. Its connection is then made
 * anew; when that does not help either, all work of the process ends, and whoever runs it starts it again.
 */
export function startWatchdog({ workers, deaf_ms, log, waiting, wake, fail }: WatchdogDeps): () => void {
  const between = deaf_ms / LOOKS;
  const deafLooks = new WeakMap<StepWorker, number>();
  const restarted = new WeakSet<StepWorker>();

  async function look(worker: StepWorker): Promise<void> {
    await wake(worker.step);
    const asked = performance.now();
    const idle = (await waiting(worker.step)) === 0;
    // A server that answers late was away, and its coming back wakes everyone.
    const late = performance.now() - asked > between;
    if (idle || late || worker.silence < between) {
      deafLooks.set(worker, 0);
      if (worker.silence < between) restarted.delete(worker);
      return;
    }
    const looks = (deafLooks.get(worker) ?? 0) + 1;
    deafLooks.set(worker, looks % LOOKS);
    if (looks < LOOKS) return;
    const told = `jobs of step "${worker.step}" wait, and for ${Math.round(worker.silence / 1000)} s none was begun`;
    if (restarted.has(worker)) {
      fail(new StopAll(`${told}, also on a new connection; this process ends, to be started afresh`));
      return;
    }
    restarted.add(worker);
    log?.warn(`${told}; connecting anew`);
    worker.restart();
  }

  let looking = false;
  const timer = setInterval(async () => {
    if (looking) return;
    looking = true;
    await Promise.allSettled([...workers].map(look));
    looking = false;
  }, between);
  timer.unref();
  return () => clearInterval(timer);
}
