import { createHash } from "node:crypto";
import type { Exchange, Headers } from "../contracts/capture.ts";
import type { FetchOptions } from "../contracts/fetcher.ts";
import type { Answer, RequestOptions } from "./request.ts";

interface Asked {
  readonly at: string;
  readonly requested_url: string;
  readonly hops: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly ours: Readonly<Record<string, string>>;
  readonly sent?: Pick<RequestOptions, "method" | "body">;
  readonly wishes: FetchOptions;
}

/** Shorter values stand in too many texts to be cut out of them. */
const LEAST_SECRET = 4;

/**
 * An answer with its question, to be kept: without secret headers, and with the values of secrets cut out of addresses and
 * the question's body. Null for what is not kept: a 304 brings nothing, and an answer that carries a credential is no evidence.
 */
export function exchangeOf(answer: Answer, asked: Asked): Exchange | null {
  const { wishes, sent, hops } = asked;
  const { came, status } = answer;
  const secrets = (wishes.secrets ?? []).filter((value) => value.length >= LEAST_SECRET);
  if (status === 304 || wishes.confidential === true) return null;
  if (secrets.some((value) => came.body.includes(value))) return null;
  const hidden = new Set(Object.keys(wishes.secret_headers ?? {}).map((name) => name.toLowerCase()));
  const without = (text: string) =>
    secrets
      .flatMap((value) => [
        value,
        encodeURIComponent(value),
        new URLSearchParams({ v: value }).toString().slice(2),
      ])
      .reduce((left, value) => left.replaceAll(value, "SECRET"), text);
  const cleaned = (headers: Headers): Headers => headers.map(([name, value]) => [name, without(value)]);
  return {
    at: asked.at,
    method: sent?.method ?? "GET",
    url: without(answer.url),
    requested_url: without(asked.requested_url),
    request_headers: cleaned(
      Object.entries({ ...asked.headers, ...asked.ours }).filter(([name]) => !hidden.has(name)),
    ),
    request_body: sent?.body === undefined ? null : Buffer.from(without(sent.body)),
    status,
    response_headers: cleaned(came.headers),
    payload: came.payload,
    truncated: came.truncated,
    sha256: createHash("sha256").update(came.body).digest("hex"),
    bytes: came.body.length,
    hops: [...hops],
  };
}
