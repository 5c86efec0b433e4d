import { Worker } from "node:worker_threads";
import type { Redis, RedisOptions } from "ioredis";

/** What of a connection's options a thread needs to connect as well, and can be handed over. */
const CONNECTION = ["host", "port", "path", "username", "password", "db", "tls"] as const;

export interface Held {
  /** The lock's key in Redis. */
  readonly lock: string;
  readonly token: string;
  /** The job, for people. */
  readonly name: string;
  readonly deadline_ms: number | null;
}

export interface Released {
  readonly released: string;
}

export interface LockThreadData {
  readonly connection: Pick<RedisOptions, (typeof CONNECTION)[number]>;
  readonly lock_ms: number;
  /** How long a job that is told to end may take for that. */
  readonly grace_ms: number;
}

/**
 * Holds the locks of this process's jobs from a thread of its own. BullMQ renews them by timers of the main thread,
 * which do not fire while it compares a thousand posts: the job would be given to another worker and done twice.
 */
export class Locks {
  readonly #thread: Worker;

  constructor({ options }: Redis, limits: Omit<LockThreadData, "connection">) {
    const connection = Object.fromEntries(
      CONNECTION.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
    );
    this.#thread = new Worker(new URL("./lock-thread.ts", import.meta.url), {
      workerData: { ...limits, connection } satisfies LockThreadData,
    });
    this.#thread.unref();
  }

  /** Holds a lock until the returned function is called. */
  hold(held: Held): () => void {
    this.#thread.postMessage(held);
    return () => this.#thread.postMessage({ released: held.lock } satisfies Released);
  }

  async close(): Promise<void> {
    await this.#thread.terminate();
  }
}
