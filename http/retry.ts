import { RetryLater } from "../contracts/errors.ts";
import type { Log } from "../contracts/log.ts";
import type { Lanes } from "./lanes.ts";
import { type Answer, PassingFailure, statusText } from "./request.ts";

/** What passes within seconds: too many requests, and the failures of a gateway in front of the site. */
const SOON: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** First wait of the back-off; it doubles with each attempt. */
const FIRST_WAIT_MS = 1000;

/** A Retry-After up to this is waited out in place; a longer one gives the job back to the queue. */
const LONGEST_RETRY_AFTER_MS = 30_000;

/** When a site says nothing of when to come back. */
const DEFAULT_AFTER_MS = 300_000;

/** A Retry-After beyond a day is taken for a slip: the site is asked again the next day. */
const LONGEST_AFTER_MS = 86_400_000;

export interface RetryOptions {
  readonly host: string;
  readonly url: string;
  readonly retries: number;
  /** Statuses that are an answer to the caller, whatever they mean elsewhere. */
  readonly statuses?: readonly number[];
  readonly lanes: Lanes;
  readonly now: () => Date;
  readonly log: Log | undefined;
}

/**
 * Asks until there is an answer worth having, with growing pauses (each between half and all of its step, so that
 * workers which failed together do not come back together). The pause is the host's: others who want it wait too.
 */
export async function withRetries(ask: () => Promise<Answer>, options: RetryOptions): Promise<Answer> {
  const { url, host, retries, lanes } = options;
  for (let attempt = 0; ; attempt++) {
    const outcome = await ask().catch((error: unknown) => {
      if (error instanceof PassingFailure) return error;
      throw error;
    });
    if (
      !(outcome instanceof PassingFailure) &&
      (!mayPass(outcome.status) || options.statuses?.includes(outcome.status))
    )
      return outcome;

    const trouble =
      outcome instanceof PassingFailure ? outcome.message : `answered ${statusText(outcome.status)}`;
    const asked =
      outcome instanceof PassingFailure ? null : retryAfter(outcome.headers["retry-after"], options.now());
    const soon = outcome instanceof PassingFailure ? outcome.soon : SOON.has(outcome.status);
    if (asked !== null) await lanes.rest(host, asked);
    if (attempt >= retries || !soon || (asked ?? 0) > LONGEST_RETRY_AFTER_MS) {
      const after = asked ?? DEFAULT_AFTER_MS;
      const times = attempt === 0 ? "" : ` ${attempt + 1} times`;
      throw new RetryLater(
        `${url} ${trouble}${times}; it can be tried again in ${Math.ceil(after / 1000)} s.`,
        after,
        {
          cause: outcome instanceof PassingFailure ? outcome : undefined,
        },
      );
    }
    const step = FIRST_WAIT_MS * 2 ** attempt;
    const wait = Math.max(asked ?? 0, step * (0.5 + Math.random() / 2));
    await lanes.rest(host, wait);
    options.log?.info(`${url} ${trouble}; trying again in ${(wait / 1000).toFixed(1)} s.`, { url, attempt });
  }
}

function mayPass(status: number): boolean {
  return status >= 500 || status === 429 || status === 408 || status === 425;
}

/** Seconds or an HTTP date, as milliseconds from now; null when there is none that can be read. */
function retryAfter(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null;
  const wait = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now.getTime();
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), LONGEST_AFTER_MS);
}
