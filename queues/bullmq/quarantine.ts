import type { Redis } from "ioredis";
import type { DeadJob, Job } from "../../contracts/queue.ts";
import { jobId } from "../job-id.ts";

/** Jobs that a person must decide about, in one Redis hash: by id, so that setting aside twice is once. */
export class Quarantine {
  readonly #redis: Redis;
  readonly #key: string;

  constructor(redis: Redis, prefix: string) {
    this.#redis = redis;
    this.#key = `${prefix}:quarantine`;
  }

  async add(job: Job, reason: string, at: Date): Promise<void> {
    const id = jobId(job);
    const dead: DeadJob = { id, job, reason, at: at.toISOString() };
    await this.#redis.hset(this.#key, id, JSON.stringify(dead));
  }

  /** Oldest first. */
  async list(): Promise<readonly DeadJob[]> {
    const texts = await this.#redis.hvals(this.#key);
    return texts
      .map((text) => JSON.parse(text) as DeadJob)
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1));
  }

  async get(ids: readonly string[]): Promise<readonly DeadJob[]> {
    if (ids.length === 0) return [];
    const texts = await this.#redis.hmget(this.#key, ...ids);
    return texts.flatMap((text) => (text === null ? [] : [JSON.parse(text) as DeadJob]));
  }

  async remove(ids: readonly string[]): Promise<number> {
    return ids.length === 0 ? 0 : this.#redis.hdel(this.#key, ...ids);
  }
}
