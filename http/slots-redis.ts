import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import type { Slots } from "./lanes.ts";

export interface RedisSlotsOptions {
  /** Least pause between two requests to one host, milliseconds. */
  readonly pause: number;
  /** Longest time of one request, milliseconds: what a killed worker had taken is free again after it. */
  readonly longest: number;
  readonly prefix: string;
}

/** How often a host that another process asks just now is looked at again, milliseconds. */
const LOOK_AGAIN_MS = 50;
/** A host nobody has asked for longer than this is forgotten; it covers any Crawl-delay that anyone waits for. */
const FORGET_MS = 3_600_000;

/**
 * KEYS: the host. ARGV: token, pause, crawl delay, longest request, look-again, forget. Answers how long to wait, 0
 * when the host is taken. All times are of Redis's clock; a time in its future was written before the clock went back.
 */
const TAKE = `
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local host = redis.call('HMGET', KEYS[1], 'until', 'request', 'page', 'rests')
local taken = math.min(tonumber(host[1] or 0), now + ARGV[4])
if taken > now then return math.min(taken - now, tonumber(ARGV[5])) end
local request = math.min(tonumber(host[2] or 0), now)
local page = math.min(tonumber(host[3] or 0), now)
local free = math.max(request + ARGV[2], page + ARGV[3], tonumber(host[4] or 0))
if free > now then return free - now end
redis.call('HSET', KEYS[1], 'token', ARGV[1], 'until', now + ARGV[4], 'request', now)
if tonumber(ARGV[3]) > 0 then redis.call('HSET', KEYS[1], 'page', now) end
redis.call('PEXPIRE', KEYS[1], ARGV[6])
return 0`;

/** KEYS: the host. ARGV: token, crawl delay. The pause counts from the answer. */
const ANSWERED = `
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return 0 end
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
redis.call('HSET', KEYS[1], 'request', now)
if tonumber(ARGV[2]) > 0 then redis.call('HSET', KEYS[1], 'page', now) end
return 1`;

/** KEYS: the host. ARGV: token. */
const RELEASE = `
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return 0 end
return redis.call('HDEL', KEYS[1], 'token', 'until')`;

/** KEYS: the host. ARGV: milliseconds, forget. */
const REST = `
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local rests = math.max(tonumber(redis.call('HGET', KEYS[1], 'rests') or 0), now + ARGV[1])
redis.call('HSET', KEYS[1], 'rests', rests)
redis.call('PEXPIRE', KEYS[1], ARGV[2] + ARGV[1])
return 1`;

/** The hosts of all processes that share a Redis: one request at a time a host, whoever asks. */
export function createRedisSlots(redis: Redis, { pause, longest, prefix }: RedisSlotsOptions): Slots {
  const tokens = new Map<string, string>();
  const keyOf = (host: string) => `{${prefix}}:host:${host}`;
  return {
    async take(host, crawlDelay) {
      const token = randomUUID();
      const wait = await redis.eval(
        TAKE,
        1,
        keyOf(host),
        token,
        pause,
        crawlDelay,
        longest,
        LOOK_AGAIN_MS,
        FORGET_MS,
      );
      if (wait === 0) tokens.set(host, token);
      return Number(wait);
    },
    async answered(host, crawlDelay) {
      await redis.eval(ANSWERED, 1, keyOf(host), tokens.get(host) ?? "", crawlDelay);
    },
    async release(host) {
      await redis.eval(RELEASE, 1, keyOf(host), tokens.get(host) ?? "");
      tokens.delete(host);
    },
    async rest(host, milliseconds) {
      await redis.eval(REST, 1, keyOf(host), Math.ceil(milliseconds), FORGET_MS);
    },
  };
}
