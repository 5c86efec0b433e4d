import type { Redis } from "ioredis";

/**
 * Everything that is not done, over all steps, in one look: a job that ends while its next one is pushed to another
 * step is never missed. ARGV: the prefix, then the steps this process knows, in case the set of all steps was lost.
 */
const PENDING = `
local steps = {}
for _, step in ipairs(redis.call('SMEMBERS', KEYS[1])) do steps[step] = true end
for i = 2, #ARGV do steps[ARGV[i]] = true end
local pending = {}
for step in pairs(steps) do
  local queue = ARGV[1] .. ':' .. step .. ':'
  local count = redis.call('LLEN', queue .. 'wait') + redis.call('LLEN', queue .. 'active')
    + redis.call('LLEN', queue .. 'paused') + redis.call('ZCARD', queue .. 'delayed')
  if count > 0 then pending[#pending + 1] = step end
end
return pending`;

/** What waits in Redis. */
export class Backlog {
  readonly #redis: Redis;
  readonly #prefix: string;
  readonly #steps = new Set<string>();

  constructor(redis: Redis, prefix: string) {
    this.#redis = redis;
    this.#prefix = prefix;
  }

  /** Has this step counted, by every process. Said on each push, for Redis may have lost it. */
  async know(steps: readonly string[]): Promise<void> {
    if (steps.length === 0) return;
    for (const step of steps) this.#steps.add(step);
    await this.#redis.sadd(this.#setKey, ...steps);
  }

  /** The steps of which something is not done. */
  async pending(): Promise<readonly string[]> {
    return (await this.#redis.eval(PENDING, 1, this.#setKey, this.#prefix, ...this.#steps)) as string[];
  }

  async waiting(step: string): Promise<number> {
    return this.#redis.llen(`${this.#prefix}:${step}:wait`);
  }

  get #setKey(): string {
    return `${this.#prefix}:steps`;
  }
}
