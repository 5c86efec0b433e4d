import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Redis } from "ioredis";
import {
  type Crowd,
  KEY_RULES,
  type KeyAnswer,
  type KeyEntry,
  type KeyIndex,
  type KeyRules,
} from "../../contracts/keys.ts";
import { type Pair, Pairs } from "../../contracts/pairs.ts";
import type { PostId } from "../../contracts/post.ts";
import { createMemoryKeys } from "../memory.ts";
import { encodeEntry, encodeRules, memberOf } from "./encode.ts";
import { runScript } from "./script.ts";

export interface RedisKeysOptions {
  readonly redis: Redis;
  readonly prefix: string;
  /** Fills an empty index from the store. Called when Redis has lost it; one process does it, the others wait. */
  readonly refill: (put: (entries: Iterable<KeyEntry>) => Promise<void>) => Promise<void>;
  /** Older posts that carry some of the same, as a store finds them; none when left out. */
  readonly history?: (entries: readonly KeyEntry[]) => Promise<readonly KeyEntry[]>;
  /** How long a post is found by its keys, hours. */
  readonly keep_hours: number;
  readonly rules?: KeyRules;
  /** Clock of the index in hours, for tests; Redis's own when left out. */
  readonly hour?: () => number;
}

/** What a process that fills the index keeps saying, and how long its silence is waited for. */
const FILLING_MS = 30_000;
const LOOK_AGAIN_MS = 250;
/**
 * Hashes of short lists a table: with 2^18 a million distinct wordings stay below the 128 fields up to which Redis
 * keeps a hash packed.
 */
const BUCKETS = 2 ** 18;
const MODULUS = BUCKETS / 2 ** 16;
/** A call of so many posts, or of longer ones with so many keys, takes about 10 ms, in which Redis does nothing else. */
const ENTRIES_A_CALL = 25;
const KEYS_A_CALL = 1_500;
const PAIRS_A_CALL = 50;
/** Raised when what is stored changes its shape: an index of another layout counts as lost. */
const LAYOUT = "2";

/**
 * The hot keys of many processes, in Redis: every call of the script is one atomic step. Answers as keys/memory.ts does
 * for the posts of the hot window; older ones are let go of, so that memory is bounded.
 */
export class RedisKeys implements KeyIndex {
  readonly #options: RedisKeysOptions;
  readonly #key: string;
  readonly #rules: readonly (string | Buffer)[];
  #generation: string | null = null;
  size = 0;

  constructor(options: RedisKeysOptions) {
    this.#options = options;
    this.#key = `{${options.prefix}}:k:`;
    this.#rules = encodeRules(options.rules ?? KEY_RULES);
  }

  async addAndAsk(entries: readonly KeyEntry[]): Promise<KeyAnswer> {
    const pairs: Pair[] = [];
    const unsettled = new Set<PostId>();
    const crowded: Crowd[] = [];
    for (const some of callsOf(entries)) {
      const answer = (await this.#ask("ask", some.flatMap(encodeEntry))) as Answer;
      const [flat, changed, told, size] = answer;
      for (let at = 0; at < flat.length; at += 2) pairs.push([flat[at]!, flat[at + 1]!]);
      for (const post of changed) unsettled.add(post);
      for (const [what, count, post] of told) crowded.push({ what, count, post });
      this.size = size;
    }
    pairs.push(...(await this.#pairsWithOlder(entries)));
    return { pairs: Pairs.of(pairs), unsettled: [...unsettled], crowded };
  }

  /** The same rules, asked of these posts and of what the hot window has let go of. */
  async #pairsWithOlder(entries: readonly KeyEntry[]): Promise<readonly Pair[]> {
    const { history, rules } = this.#options;
    const own = new Set(entries.map(({ post }) => post));
    const older = ((await history?.(entries)) ?? []).filter(({ post }) => !own.has(post));
    if (older.length === 0) return [];
    const index = createMemoryKeys(rules);
    await index.restore(older);
    const { pairs } = await index.addAndAsk(entries);
    return [...pairs].filter(([one, other]) => own.has(one) !== own.has(other));
  }

  async share(pairs: readonly Pair[]): Promise<readonly boolean[]> {
    const answers: boolean[] = [];
    for (let i = 0; i < pairs.length; i += PAIRS_A_CALL) {
      const some = pairs.slice(i, i + PAIRS_A_CALL);
      const said = (await this.#ask(
        "share",
        some.flat().map((post) => memberOf(post)),
      )) as readonly number[];
      for (const each of said) answers.push(each === 1);
    }
    return answers;
  }

  async forget(posts: readonly PostId[]): Promise<void> {
    for (let i = 0; i < posts.length; i += ENTRIES_A_CALL)
      await this.#ask("forget", posts.slice(i, i + ENTRIES_A_CALL).map(memberOf));
  }

  async restore(entries: Iterable<KeyEntry>): Promise<void> {
    await this.generation();
    await this.#put(entries);
  }

  async #put(entries: Iterable<KeyEntry>): Promise<void> {
    for (const some of callsOf(entries)) {
      const [, , , size] = (await this.#run("restore", "", some.flatMap(encodeEntry))) as Answer;
      this.size = size;
    }
  }

  async generation(): Promise<string> {
    const { redis } = this.#options;
    for (;;) {
      const generation = await redis.get(`${this.#key}generation`);
      if (generation?.startsWith(`${LAYOUT}:`)) {
        this.#generation = generation;
        return generation;
      }
      await this.#fill();
    }
  }

  /** Empties the index and fills it from the store; says with how many posts. Whoever asks meanwhile waits. */
  async rebuild(): Promise<number> {
    await this.#options.redis.del(`${this.#key}generation`);
    await this.generation();
    return Number((await this.#options.redis.get(`${this.#key}size`)) ?? 0);
  }

  async #ask(command: string, args: readonly (string | Buffer)[]): Promise<unknown> {
    for (;;) {
      const answer = await this.#run(command, this.#generation ?? (await this.generation()), args);
      if (answer !== null) return answer;
      this.#generation = null;
    }
  }

  #run(command: string, generation: string, args: readonly (string | Buffer)[]): Promise<unknown> {
    const { redis, keep_hours, hour } = this.#options;
    const head = [command, generation, String(hour?.() ?? -1), String(keep_hours), String(MODULUS)];
    return runScript(redis, this.#key, [...head, ...this.#rules, ...args]);
  }

  /** One process fills; the others wait until it has, or until it has fallen silent. */
  async #fill(): Promise<void> {
    const { redis, refill } = this.#options;
    const lock = `${this.#key}filling`;
    const token = randomUUID();
    if ((await redis.set(lock, token, "PX", FILLING_MS, "NX")) === null) {
      await pause(LOOK_AGAIN_MS);
      return;
    }
    const still = setInterval(() => void redis.pexpire(lock, FILLING_MS).catch(() => {}), FILLING_MS / 3);
    try {
      await this.#empty(lock);
      await refill((entries) => this.#put(entries));
      await redis.set(`${this.#key}generation`, `${LAYOUT}:${token}`);
    } finally {
      clearInterval(still);
      await redis.del(lock);
    }
  }

  async #empty(lock: string): Promise<void> {
    const { redis } = this.#options;
    const pattern = `${this.#key.replace(/[[\]?*\\]/g, "\\$&")}*`;
    for await (const keys of redis.scanBufferStream({ match: pattern, count: 1_000 })) {
      const others = (keys as Buffer[]).filter((key) => key.toString() !== lock);
      if (others.length > 0) await redis.unlink(...others);
    }
  }
}

function* callsOf(entries: Iterable<KeyEntry>): Generator<readonly KeyEntry[]> {
  let some: KeyEntry[] = [];
  let count = 0;
  for (const entry of entries) {
    const { passages, own, refers, shows } = entry.keys;
    const length = passages.length + own.length + refers.length + shows.length;
    if (some.length === ENTRIES_A_CALL || (some.length > 0 && count + length > KEYS_A_CALL)) {
      yield some;
      [some, count] = [[], 0];
    }
    some.push(entry);
    count += length;
  }
  if (some.length > 0) yield some;
}

type Answer = readonly [
  pairs: readonly string[],
  unsettled: readonly string[],
  crowded: readonly (readonly [Crowd["what"], number, string])[],
  size: number,
];
