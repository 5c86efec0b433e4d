import { RetryLater, SetAside } from "../contracts/errors.ts";
import type { NotifierIo, SendAnswer, SendRequest } from "../contracts/notifier.ts";

/** When a channel says nothing of when to come back. */
const DEFAULT_AFTER_MS = 60_000;
/** A longer pause is taken for a slip: the channel is asked again the next day. */
const LONGEST_AFTER_MS = 86_400_000;
/** Characters of a refusal's reason that are kept. */
const REASON = 200;

/** Sends, and turns what is no success into the error that says what happens next. */
export async function sendOrThrow(
  request: SendRequest,
  { send, now }: NotifierIo,
  pauseOf: (answer: SendAnswer) => number | null = () => null,
): Promise<SendAnswer> {
  const answer = await send(request);
  const { status, headers, body } = answer;
  if (status >= 200 && status < 300) return answer;
  const reason = body.replace(/\s+/g, " ").trim().slice(0, REASON);
  const told = `it answered ${status}${reason === "" ? "" : `: ${reason}`}`;
  if (status === 429 || status === 408 || status === 425 || status >= 500) {
    const after = retryAfter(headers["retry-after"], now()) ?? pauseOf(answer) ?? DEFAULT_AFTER_MS;
    throw new RetryLater(told, Math.min(after, LONGEST_AFTER_MS));
  }
  throw new SetAside(told);
}

/** Seconds or an HTTP date, as milliseconds from now; null when there is none that can be read. */
function retryAfter(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null;
  const wait = /^\s*\d+(?:\.\d+)?\s*$/.test(header)
    ? Number(header) * 1000
    : Date.parse(header) - now.getTime();
  return Number.isNaN(wait) ? null : Math.max(wait, 0);
}

/** Milliseconds at a place of a JSON answer, for channels that say their pause there. */
export function numberIn(body: string, name: string): number | null {
  try {
    const value = (JSON.parse(body) as Readonly<Record<string, unknown>>)[name];
    return typeof value === "number" && Number.isFinite(value) ? value : null;
  } catch {
    return null;
  }
}

export const JSON_HEADERS = { "content-type": "application/json; charset=utf-8" } as const;
