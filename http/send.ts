import { request } from "undici";
import type { HttpOptions } from "../config/schema.ts";
import { RetryLater, SetAside } from "../contracts/errors.ts";
import type { SendAnswer, SendRequest } from "../contracts/notifier.ts";
import { readAddressRules } from "./addresses.ts";
import { guardedAgent, Refused } from "./connector.ts";
import { readFixedHosts } from "./hosts.ts";

/** The way out for messages: the same guard on addresses, no robots.txt, no redirects, no retries of its own. */
export interface Sender {
  send(message: SendRequest, signal: AbortSignal): Promise<SendAnswer>;
  close(): Promise<void>;
}

/** Enough of an answer for the reason of a refusal. */
const ANSWER_BYTES = 4_096;
/** When a server does not answer at all. The outbox waits longer each time. */
const NO_ANSWER_AFTER_MS = 30_000;

/**
 * Sends once. The whole address of a webhook is often a secret, so no error names more of it than the host. Throws
 * RetryLater when there is no answer, SetAside when the address may not be reached.
 */
export function createSender(
  options: Pick<HttpOptions, "allow_private" | "hosts" | "timeout_ms" | "user_agent">,
): Sender {
  const agent = guardedAgent({
    rules: readAddressRules(options.allow_private),
    fixedHosts: readFixedHosts(options.hosts),
    timeout_ms: options.timeout_ms,
  });
  return {
    async send({ method, url, headers, body }, signal) {
      const host = hostOf(url);
      const deadline = AbortSignal.timeout(options.timeout_ms);
      try {
        const answer = await request(url, {
          method,
          dispatcher: agent,
          headers: { "user-agent": options.user_agent, ...headers },
          body,
          signal: AbortSignal.any([signal, deadline]),
        });
        return {
          status: answer.statusCode,
          headers: plainHeaders(answer.headers),
          body: await begun(answer.body),
        };
      } catch (error) {
        signal.throwIfAborted();
        throw told(host, error, deadline.aborted ? options.timeout_ms : null);
      }
    },
    close: () => agent.destroy(),
  };
}

function hostOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !/^https?:$/.test(parsed.protocol))
    throw new SetAside("its address is no http or https URL");
  return parsed.host;
}

/** The beginning of a body; a text cut in the middle of a character is no matter here. */
async function begun(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= ANSWER_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, ANSWER_BYTES).toString("utf8");
}

function told(host: string, error: unknown, late: number | null): Error {
  if (late !== null) return new RetryLater(`${host} took longer than ${late / 1000} s`, NO_ANSWER_AFTER_MS);
  const cause = error instanceof Error ? error : new Error(String(error));
  if (cause instanceof Refused) return new SetAside(`${host} ${cause.message}`);
  const code = (cause as NodeJS.ErrnoException).code ?? cause.name;
  // The causes of undici may carry the whole address, so they are told by their code.
  return new RetryLater(`${host} gave no answer (${code})`, NO_ANSWER_AFTER_MS);
}

function plainHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
    ),
  );
}
