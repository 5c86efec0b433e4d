import { STATUS_CODES } from "node:http";
import type { Readable } from "node:stream";
import { type Agent, request } from "undici";
import type { Headers } from "../contracts/capture.ts";
import { SetAside } from "../contracts/errors.ts";
import { type ReadBody, readBody, TooLarge, Undecodable } from "./body.ts";
import { Refused } from "./connector.ts";

/** One answer of one server, redirects and refusals included. */
export interface Answer {
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty unless the status is 2xx or one that was asked for. */
  readonly body: Buffer;
  /** The answer as it came, for the evidence. */
  readonly came: Came;
}

export interface Came extends ReadBody {
  readonly headers: Headers;
  /** True when the rest of the body was not read. */
  readonly truncated: boolean;
}

export interface RequestOptions {
  readonly agent: Agent;
  readonly method?: "GET" | "POST";
  readonly body?: string;
  /** Statuses outside 2xx whose body is read. */
  readonly statuses?: readonly number[];
  readonly headers: Readonly<Record<string, string>>;
  readonly timeout_ms: number;
  readonly limit: { readonly bytes: number; readonly cut: boolean };
  readonly signal: AbortSignal;
  readonly answered: () => void;
}

/** Something that may pass: no answer, or one cut short. The message is what follows the URL in a sentence. */
export class PassingFailure extends Error {
  override readonly name = "PassingFailure";
  /** Whether trying again within seconds is worth it: not after a whole deadline has gone by. */
  readonly soon: boolean;
  constructor(message: string, soon: boolean, options?: ErrorOptions) {
    super(message, options);
    this.soon = soon;
  }
}

/** Bytes of an unwanted body that are read: it says why a page is refused, and the connection can serve again. */
const DRAINED_BYTES = 65_536;

/**
 * Asks once and reads the answer to its end, all within one deadline: timeouts between bytes let a server that sends
 * one byte now and then hold a connection for ever. Throws PassingFailure or SetAside; follows nothing.
 */
export async function requestOnce(url: string, options: RequestOptions): Promise<Answer> {
  const deadline = AbortSignal.timeout(options.timeout_ms);
  const signal = AbortSignal.any([options.signal, deadline]);
  let unread: Readable | null = null;
  try {
    const { agent: dispatcher, headers: sent, method = "GET", body: asked } = options;
    const response = await request(url, {
      ...{ dispatcher, headers: sent, method, body: asked ?? null, signal, responseHeaders: "raw" },
    });
    options.answered();
    unread = response.body;
    const cameHeaders = headerPairs(response.headers as unknown as readonly string[]);
    const headers = plainHeaders(cameHeaders);
    const status = response.statusCode;
    if ((status < 200 || status > 299) && !options.statuses?.includes(status)) {
      const read = await begun(response.body, headers["content-encoding"]);
      return { url, status, headers, body: Buffer.alloc(0), came: { headers: cameHeaders, ...read } };
    }
    const declared = Number(headers["content-length"]);
    if (declared > options.limit.bytes && !options.limit.cut) {
      throw new TooLarge(
        `has a body of ${declared.toLocaleString("en")} bytes; at most ${options.limit.bytes.toLocaleString("en")} are read`,
      );
    }
    const read = await readBody(response.body, headers["content-encoding"], options.limit);
    const truncated = options.limit.cut && read.body.length >= options.limit.bytes;
    return { url, status, headers, body: read.body, came: { headers: cameHeaders, truncated, ...read } };
  } catch (error) {
    // A body that nobody reads would keep the connection, and with it the host.
    unread?.on("error", () => {}).destroy();
    options.signal.throwIfAborted();
    if (deadline.aborted) {
      throw new PassingFailure(`took longer than ${options.timeout_ms / 1000} s`, false, { cause: error });
    }
    throw classified(url, error);
  }
}

/** What the status says in a sentence: `404 Not Found`. */
export function statusText(status: number): string {
  return `${status} ${STATUS_CODES[status] ?? ""}`.trim();
}

/** What a failed connection means. */
export function classified(url: string, error: unknown): Error {
  const cause = error instanceof Error ? error : new Error(String(error));
  const code = (cause as NodeJS.ErrnoException).code ?? "";
  if (cause instanceof Refused || cause instanceof TooLarge || cause instanceof Undecodable) {
    return new SetAside(`${url} ${cause.message}.`, { cause });
  }
  if (code === "ENOTFOUND") {
    return new SetAside(`${url}: there is no host of this name; check the spelling.`, { cause });
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|^ERR_(?:TLS|SSL)/.test(code)) {
    return new SetAside(`${url}: the connection cannot be trusted (${cause.message}).`, { cause });
  }
  // The parser also complains of an answer that ends too early, which may pass.
  const unparsed = cause.name === "HTTPParserError" && !/EOF/.test(code + cause.message);
  if (unparsed || /HEADERS_OVERFLOW|^UND_ERR_INVALID_ARG/.test(code)) {
    return new SetAside(`${url} gave an answer that is not HTTP (${cause.message}).`, { cause });
  }
  return new PassingFailure(`gave no complete answer (${cause.message || code})`, true, { cause });
}

/** The beginning of a body that was not asked for. What is wrong with it is no matter: its status is the answer. */
async function begun(
  body: Readable,
  encoding: string | undefined,
): Promise<ReadBody & { truncated: boolean }> {
  try {
    const read = await readBody(body, encoding, { bytes: DRAINED_BYTES, cut: true });
    return { ...read, truncated: read.body.length >= DRAINED_BYTES };
  } catch {
    body.on("error", () => {}).destroy();
    return { body: Buffer.alloc(0), payload: Buffer.alloc(0), truncated: true };
  }
}

/** Names and values come in turn, as the server wrote them. Cookies are never kept. */
function headerPairs(raw: readonly string[]): Headers {
  const pairs: (readonly [string, string])[] = [];
  for (let i = 0; i < raw.length; i += 2) {
    if (!/^set-cookie/i.test(raw[i]!)) pairs.push([raw[i]!, raw[i + 1]!]);
  }
  return pairs;
}

/** A header sent twice is joined as RFC 9110, 5.3 allows. */
function plainHeaders(pairs: Headers): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [written, value] of pairs) {
    const name = written.toLowerCase();
    plain[name] = plain[name] === undefined ? value : `${plain[name]}, ${value}`;
  }
  return plain;
}
