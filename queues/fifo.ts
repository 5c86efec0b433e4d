import type { Job } from "../contracts/queue.ts";

/** Dropped places at the front before the list is cut: the copying costs each job one move at most. */
const CUT_AFTER = 1_024;

/** Jobs in the order they came, one a key. Every operation takes constant time on average. */
export class Fifo {
  #jobs: (Job | undefined)[] = [];
  #front = 0;
  readonly #keys = new Set<string>();

  get size(): number {
    return this.#keys.size;
  }

  /** False when a job with this key already waits. */
  push(job: Job): boolean {
    if (this.#keys.has(job.key)) return false;
    this.#keys.add(job.key);
    this.#jobs.push(job);
    return true;
  }

  shift(): Job | undefined {
    const job = this.#jobs[this.#front];
    if (job === undefined) return undefined;
    this.#jobs[this.#front++] = undefined;
    this.#keys.delete(job.key);
    if (this.#front > CUT_AFTER && this.#front * 2 > this.#jobs.length) {
      this.#jobs = this.#jobs.slice(this.#front);
      this.#front = 0;
    }
    return job;
  }
}
