import robotsModule from "robots-parser";
import { RetryLater } from "../contracts/errors.ts";
import { EndlessRedirect } from "./redirects.ts";
import type { Answer } from "./request.ts";

/** What a site's robots.txt says to us. */
export interface RobotsRules {
  allows(url: string): boolean;
  /** Milliseconds; 0 when it asks for none. */
  readonly crawlDelay: number;
}

export interface Robots {
  /** Throws RetryLater while the file cannot be read (RFC 9309, 2.3.1.4: then nothing may be fetched). */
  rulesFor(url: string): Promise<RobotsRules>;
}

/** Its types describe a default export, its CommonJS module is the function itself. */
const robotsParser = robotsModule as unknown as typeof robotsModule.default;

/** RFC 9309, 2.5: at least 500 KiB are to be parsed. A 4.8 MB file was measured to block for half a second. */
export const ROBOTS_BYTES = 500 * 1024;

/** RFC 9309, 2.4: not to be used for more than 24 hours. */
const KEPT_MS = 24 * 3_600_000;

/** Sites whose rules are kept; the one longest unused goes first. */
const MOST_SITES = 500;

interface Kept {
  readonly until: number;
  readonly rules: Promise<RobotsRules>;
}

/** `get` fetches `/robots.txt` with its redirects and retries, cut at ROBOTS_BYTES, and returns any status. */
export function createRobots(
  userAgent: string,
  now: () => Date,
  get: (url: string) => Promise<Answer>,
): Robots {
  const sites = new Map<string, Kept>();
  return {
    rulesFor(url) {
      const origin = new URL(url).origin;
      const kept = sites.get(origin);
      sites.delete(origin);
      const time = now().getTime();
      if (kept && kept.until > time) {
        sites.set(origin, kept);
        return kept.rules;
      }
      const fresh: Kept = { until: time + KEPT_MS, rules: read(origin, userAgent, get) };
      sites.set(origin, fresh);
      fresh.rules.catch((error: unknown) => {
        if (sites.get(origin) !== fresh) return;
        // An outage is remembered for as long as its error says; anything else is not remembered at all.
        if (error instanceof RetryLater)
          sites.set(origin, { ...fresh, until: now().getTime() + error.after });
        else sites.delete(origin);
      });
      if (sites.size > MOST_SITES) sites.delete(sites.keys().next().value!);
      return fresh.rules;
    },
  };
}

async function read(
  origin: string,
  userAgent: string,
  get: (url: string) => Promise<Answer>,
): Promise<RobotsRules> {
  const url = `${origin}/robots.txt`;
  const answer = await get(url).catch((error: unknown) => {
    // A redirect without an end counts as no rules (RFC 9309, 2.3.1.2), as does 4xx (2.3.1.3).
    if (error instanceof EndlessRedirect) return null;
    if (!(error instanceof RetryLater)) throw error;
    const { host } = new URL(origin);
    throw new RetryLater(
      `robots.txt of ${host} cannot be read, so nothing of ${host} is fetched yet: ${error.message}`,
      error.after,
      { cause: error },
    );
  });
  const text = answer !== null && answer.status < 300 ? new TextDecoder().decode(answer.body) : "";
  const parsed = robotsParser(url, text);
  return {
    allows: (page) => parsed.isAllowed(page, userAgent) !== false,
    crawlDelay: Math.max(0, (parsed.getCrawlDelay(userAgent) ?? 0) * 1000) || 0,
  };
}
