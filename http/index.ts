import { createHash } from "node:crypto";
import type { HttpOptions } from "../config/schema.ts";
import type { Recorder } from "../contracts/capture.ts";
import { SetAside } from "../contracts/errors.ts";
import type { Fetched, Fetcher, FetchOptions } from "../contracts/fetcher.ts";
import type { Log } from "../contracts/log.ts";
import { readAddressRules } from "./addresses.ts";
import { guardedAgent } from "./connector.ts";
import { exchangeOf } from "./exchange.ts";
import { readFixedHosts } from "./hosts.ts";
import { createLanes, type Slots } from "./lanes.ts";
import { checkedUrl, followRedirects, isRedirect } from "./redirects.ts";
import { type Answer, type RequestOptions, requestOnce, statusText } from "./request.ts";
import { withRetries } from "./retry.ts";
import { createRobots, ROBOTS_BYTES } from "./robots.ts";
import { createMemorySlots } from "./slots-memory.ts";

export interface FetcherDeps {
  readonly now: () => Date;
  readonly log?: Log;
  /** Ends every request of this client. */
  readonly signal?: AbortSignal;
  /** Who may ask which host when, where other processes ask too. */
  readonly slots?: Slots;
  /** Keeps every answer that collectors are given, before they are. */
  readonly record?: Recorder;
}

export interface Client {
  readonly fetch: Fetcher;
  /** What a page that was just asked for needs to be shown: it is the same visit, and no pause is kept. */
  readonly part: Fetcher;
  /** Ends what still runs and frees the connections. */
  close(): Promise<void>;
}

/** Encodings we decode, best first; what is kept as evidence is asked for in those that every tool of web archives reads. */
const ACCEPTED_ENCODINGS = "gzip, br, zstd, deflate";
const READ_EVERYWHERE = "gzip, deflate";

/**
 * The one way to the network: guarded addresses, robots.txt, one unhurried request a host at a time, retries,
 * redirects, and limits on size and time. Throws UsageError when the options cannot be read.
 */
export function createFetcher(options: HttpOptions, deps: FetcherDeps): Client {
  const { now, log } = deps;
  const userAgent = userAgentOf(options);
  const ours = {
    "user-agent": userAgent,
    "accept-encoding": deps.record === undefined ? ACCEPTED_ENCODINGS : READ_EVERYWHERE,
  };
  const closing = new AbortController();
  const ending = deps.signal ? AbortSignal.any([deps.signal, closing.signal]) : closing.signal;
  const lanes = createLanes(options.delay_ms, deps.slots ?? createMemorySlots(options.delay_ms));
  const agent = guardedAgent({
    rules: readAddressRules(options.allow_private),
    fixedHosts: readFixedHosts(options.hosts),
    timeout_ms: options.timeout_ms,
  });
  if (options.allow_private.length > 0) {
    log?.info(`Private addresses that may be reached: ${options.allow_private.join(", ")}.`);
  }

  /** One URL, in its host's lane, with retries. */
  const ask = (url: string, how: Asking): Promise<Answer> => {
    const host = new URL(url).hostname;
    const once = (): Promise<Answer> =>
      lanes.run(host, {
        crawlDelay: how.crawlDelay,
        signal: how.signal,
        run: (answered) =>
          requestOnce(url, {
            agent,
            headers: { ...how.headers, ...ours },
            ...how.sent,
            timeout_ms: options.timeout_ms,
            limit: how.limit,
            signal: how.signal,
            answered,
          }),
      });
    const { statuses = [] } = how.sent ?? {};
    return withRetries(once, { host, url, retries: options.retries, statuses, lanes, now, log });
  };

  const robots = createRobots(userAgent, now, async (url) => {
    const limit = { bytes: ROBOTS_BYTES, cut: true };
    const how = { headers: { accept: "text/plain,*/*" }, limit, crawlDelay: 0, signal: ending };
    return (await followRedirects(url, options.max_redirects, (hop) => ask(hop, how))).answer;
  });

  /** Once and at once. */
  const askForPart: typeof ask = (url, { headers, sent, limit, signal }) =>
    requestOnce(url, {
      agent,
      headers: { ...headers, ...ours },
      ...sent,
      timeout_ms: options.timeout_ms,
      limit,
      signal,
      answered: () => {},
    });

  const fetcherBy =
    (ask: (url: string, how: Asking) => Promise<Answer>): Fetcher =>
    async (url, wishes = {}) => {
      // A signal of its own for each request: listeners on one shared signal cost time by the square of their number.
      const signal = AbortSignal.any(wishes.signal ? [ending, wishes.signal] : [ending]);
      const limit = { bytes: options.max_bytes, cut: false };
      const hops: string[] = [];
      const first = checkedUrl(url);
      const { answer, moved_to } = await followRedirects(first, options.max_redirects, async (hop) => {
        signal.throwIfAborted();
        const rules = wishes.api === true ? null : await unlessAborted(robots.rulesFor(hop), signal);
        if (rules?.allows(hop) === false)
          throw new SetAside(`robots.txt of ${new URL(hop).host} forbids ${hop}.`);
        const asked = requestOf(wishes, new URL(hop).origin === new URL(url).origin);
        const answer = await ask(hop, { ...asked, limit, crawlDelay: rules?.crawlDelay ?? 0, signal });
        if (deps.record !== undefined) {
          const at = now().toISOString();
          const exchange = exchangeOf(answer, { at, requested_url: first, hops, ...asked, ours, wishes });
          if (exchange !== null) hops.push(await deps.record(exchange));
        }
        const { status } = answer;
        if (status > 299 && status !== 304 && !isRedirect(status) && !wishes.statuses?.includes(status))
          throw new SetAside(refusal(hop, status));
        return answer;
      });
      return fetched(answer, url, moved_to, now());
    };

  return {
    fetch: fetcherBy(ask),
    part: fetcherBy(askForPart),
    async close() {
      closing.abort(new Error("The client is closed."));
      await agent.destroy();
    },
  };
}

/** What others wait for too goes on; only this waiting ends. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    promise.then(resolve, reject);
  });
}

interface Asking {
  readonly headers: Readonly<Record<string, string>>;
  readonly sent?: Pick<RequestOptions, "method" | "body" | "statuses">;
  readonly limit: { readonly bytes: number; readonly cut: boolean };
  readonly crawlDelay: number;
  readonly signal: AbortSignal;
}

/** What is sent to one address. A redirect to another origin gets neither the secrets nor the body, as browsers do. */
function requestOf(wishes: FetchOptions, sameOrigin: boolean): Pick<Asking, "headers" | "sent"> {
  const { accept, etag, last_modified, headers, secret_headers, content_type, statuses = [] } = wishes;
  const posts = wishes.method === "POST" && sameOrigin;
  return {
    headers: {
      ...lowerCased(headers),
      accept: accept ?? "*/*",
      ...(etag ? { "if-none-match": etag } : {}),
      ...(last_modified ? { "if-modified-since": last_modified } : {}),
      ...(posts && content_type ? { "content-type": content_type } : {}),
      ...(sameOrigin ? lowerCased(secret_headers) : {}),
    },
    sent: { statuses, ...(posts ? { method: "POST", body: wishes.body ?? "" } : {}) },
  };
}

/** One spelling, so that a header is never sent twice. */
function lowerCased(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function fetched(answer: Answer, requested_url: string, moved_to: string | null, now: Date): Fetched {
  const { url, status, headers, body } = answer;
  return {
    url,
    requested_url,
    status,
    not_modified: status === 304,
    headers,
    body,
    sha256: createHash("sha256").update(body).digest("hex"),
    fetched_at: now.toISOString(),
    moved_to,
  };
}

const MEANINGS: Readonly<Record<number, string>> = {
  401: "it asks for a log-in, and no log-in is passed",
  402: "it asks for payment",
  403: "the site refuses us",
  404: "there is no such page",
  410: "the page is gone for good",
  451: "it is withheld for legal reasons",
};

function refusal(url: string, status: number): string {
  const meaning = MEANINGS[status];
  return `${url} answered ${statusText(status)}${meaning === undefined ? "" : `: ${meaning}`}.`;
}

/** Our name with a contact, in the parenthesis where there is one. Headers hold printable ASCII only. */
function userAgentOf({ user_agent, contact }: HttpOptions): string {
  const bare = user_agent.trim();
  const full =
    contact === null
      ? bare
      : bare.endsWith(")")
        ? `${bare.slice(0, -1)}; +${contact})`
        : `${bare} (+${contact})`;
  return full.replace(/[^\x20-\x7e]/g, "?");
}
