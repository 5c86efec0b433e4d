import type { CollectorIo } from "../contracts/collector.ts";
import { RetryLater, SetAside } from "../contracts/errors.ts";
import type { Fetched, FetchOptions } from "../contracts/fetcher.ts";
import { parseJsonExact } from "../text/json-exact.ts";
import { fieldsOf, textOf } from "./fields.ts";

/** An answer of a service, read as JSON with all digits of its ids. */
export interface ApiAnswer {
  /** After redirects. */
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly sha256: string;
}

export interface ApiOptions {
  /** How the service is called in sentences: "Bluesky". */
  readonly service: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent to the host asked for alone, and told nowhere. */
  readonly secret_headers?: Readonly<Record<string, string>>;
  /** What an answer of any status means in the service's own words; null leaves it to the status. */
  readonly refusal?: (answer: ApiAnswer) => Error | null;
}

export interface Api {
  /** Throws RetryLater where the service asks for a pause, SetAside where it refuses. */
  ask(url: string, options?: FetchOptions): Promise<ApiAnswer>;
}

/** Refusals that say their reason in the body; what passes by itself (5xx) is left to the client. */
const TELLING = [400, 401, 402, 403, 404, 410, 422, 429, 451];

/** When a service says "too many" and not until when. */
const DEFAULT_REST_MS = 300_000;

/** A documented interface of a service: JSON in UTF-8, its limits kept before they are broken. */
export function apiOf(io: CollectorIo, { service, headers, secret_headers, refusal }: ApiOptions): Api {
  let rest_until = 0;
  return {
    async ask(url, options = {}) {
      const rest = rest_until - io.now().getTime();
      if (rest > 0) throw new RetryLater(`${service} lets us ask again in ${inSeconds(rest)}.`, rest);
      const fetched = await io.fetch(url, {
        accept: "application/json",
        api: true,
        signal: io.signal,
        statuses: TELLING,
        ...(headers === undefined ? {} : { headers }),
        ...(secret_headers === undefined ? {} : { secret_headers }),
        ...options,
      });
      const pause = pauseOf(fetched.headers, io.now());
      if (pause !== null) rest_until = io.now().getTime() + pause;
      const { answer, unread } = read(service, fetched);
      const refused = refusal?.(answer) ?? ordinaryRefusal(service, answer, io.now()) ?? unread;
      if (refused !== null) throw refused;
      return answer;
    },
  };
}

/** The answer, its body null where it is no JSON, and then why. */
function read(
  service: string,
  fetched: Fetched,
): { readonly answer: ApiAnswer; readonly unread: SetAside | null } {
  const { url, status, headers, sha256 } = fetched;
  const text = new TextDecoder().decode(fetched.body);
  try {
    return { answer: { url, status, headers, sha256, body: parseJsonExact(text) }, unread: null };
  } catch (cause) {
    const unread = new SetAside(`${service} ${notJson(text)} (${placeOf(url)}).`, { cause });
    return { answer: { url, status, headers, sha256, body: null }, unread };
  }
}

function notJson(text: string): string {
  if (text.trim() === "") return "gave an empty answer where JSON was expected";
  if (!/^\s*<(?:!doctype|html|head|body)\b/i.test(text)) return "gave an answer that is no whole JSON";
  const title = /<title[^>]*>([^<]{1,100})/i.exec(text)?.[1]?.trim();
  const page = title ? `a page ("${title}")` : "a page";
  return `gave ${page} where JSON was expected: it blocks us, or the address is not that of its interface`;
}

function ordinaryRefusal(service: string, answer: ApiAnswer, now: Date): Error | null {
  const { status, headers, url } = answer;
  if (status < 300) return null;
  const said = saidOf(answer.body);
  const why = said === null ? "" : `: ${said}`;
  if (status === 429) {
    const rest = restOf(headers, now) ?? DEFAULT_REST_MS;
    return new RetryLater(`${service} asks us to wait ${inSeconds(rest)} (429${why}).`, rest);
  }
  const advice = status === 401 ? "; check the credentials of this source" : "";
  return new SetAside(`${service} answered ${status}${why} (${placeOf(url)})${advice}.`);
}

/** What services call their reason. */
function saidOf(body: unknown): string | null {
  const { error, message, detail, title, error_description, reason } = fieldsOf(body);
  const inner = fieldsOf(error);
  const said =
    [message, detail, error_description, inner.message, inner.error_msg, error, title, reason]
      .map(textOf)
      .find((text) => text !== null) ?? null;
  return said === null
    ? null
    : said
        .trim()
        .replace(/[.\s]+$/, "")
        .slice(0, 300);
}

/** The address without its parameters, which are long and may hold what should not be told. */
function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`.slice(0, 200);
}

/** How long to wait after a 429: by Retry-After, else by when the service's count begins anew. */
function restOf(headers: Readonly<Record<string, string>>, now: Date): number | null {
  const after = headers["retry-after"];
  const wait = after === undefined ? null : instantOf(after, now);
  const until = wait ?? resetOf(headers, now);
  return until === null ? null : Math.max(until - now.getTime(), 1000);
}

/** How long nothing may be asked because the count is used up; null while some is left. */
function pauseOf(headers: Readonly<Record<string, string>>, now: Date): number | null {
  const left = limit(headers, "remaining");
  if (left === null || !(Number.parseFloat(left) < 1)) return null;
  const until = resetOf(headers, now);
  return until === null ? null : until - now.getTime();
}

function resetOf(headers: Readonly<Record<string, string>>, now: Date): number | null {
  const reset = limit(headers, "reset");
  return reset === null ? null : instantOf(reset, now);
}

/** Mastodon and Reddit write `x-ratelimit-…`, X `x-rate-limit-…`, Bluesky and the IETF's draft `ratelimit-…`. */
function limit(headers: Readonly<Record<string, string>>, what: "remaining" | "reset"): string | null {
  return (
    headers[`x-ratelimit-${what}`] ?? headers[`x-rate-limit-${what}`] ?? headers[`ratelimit-${what}`] ?? null
  );
}

/** A count of seconds above this is an instant in Unix time: it is of 2001, and no pause lasts 30 years. */
const UNIX_SECONDS = 1_000_000_000;

/** Seconds to wait, Unix seconds, or a date, as milliseconds since 1970. */
function instantOf(written: string, now: Date): number | null {
  if (!/^\s*\d+(?:\.\d+)?\s*$/.test(written)) {
    const instant = Date.parse(written);
    return Number.isNaN(instant) ? null : instant;
  }
  const seconds = Number(written);
  return seconds > UNIX_SECONDS ? seconds * 1000 : now.getTime() + seconds * 1000;
}

function inSeconds(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
