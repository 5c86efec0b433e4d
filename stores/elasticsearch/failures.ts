import { RetryLater, StopAll } from "../../contracts/errors.ts";

/** The parts of a client's error that say what happened. */
interface Failure {
  readonly name: string;
  readonly message: string;
  readonly statusCode?: number;
  readonly type: string | null;
}

/** Milliseconds until a job that met an outage is tried again. */
export const AGAIN_AFTER = 10_000;

/** Whether the same request may succeed in a moment: the server is away, busy, or holds back writes. */
export function isPassing(error: unknown): boolean {
  const failure = failureOf(error);
  if (failure === null) return false;
  const { name, statusCode, type } = failure;
  if (name === "ConnectionError") return !isCertificate(failure);
  if (name === "TimeoutError" || name === "NoLivingConnectionsError") return true;
  return isPassingStatus(statusCode ?? 0, type);
}

/** 403 with a block: an index takes no writes while it is copied, or while a disk is full. */
export function isPassingStatus(status: number, type: string | null): boolean {
  return [429, 502, 503, 504].includes(status) || (status === 403 && type === "cluster_block_exception");
}

export function isStatus(error: unknown, status: number): boolean {
  return failureOf(error)?.statusCode === status;
}

export function isType(error: unknown, type: string): boolean {
  return failureOf(error)?.type === type;
}

/** The error that says what to do; any error that is not the client's as it is. */
export function explained(error: unknown, url: string): unknown {
  const failure = failureOf(error);
  if (failure === null) return error;
  const options = { cause: error };
  if (isPassing(error)) {
    return new RetryLater(`Elasticsearch at ${url} does not answer (${told(failure)})`, AGAIN_AFTER, options);
  }
  if (failure.statusCode === 401 || failure.statusCode === 403) {
    return new StopAll(
      `Elasticsearch at ${url} does not accept the API key (${told(failure)}); check elasticsearch.api_key and what the key may do`,
      options,
    );
  }
  if (isCertificate(failure)) {
    return new StopAll(
      `the certificate of Elasticsearch at ${url} is not trusted (${failure.message}); set elasticsearch.ca to the file of the authority that signed it`,
      options,
    );
  }
  return new Error(`Elasticsearch at ${url} refused a request: ${told(failure)}`, options);
}

function isCertificate({ name, message }: Failure): boolean {
  return name === "ConnectionError" && /certificate|self-signed|SSL|TLS/i.test(message);
}

function told({ message, type, statusCode }: Failure): string {
  return [statusCode, type, message]
    .filter((part) => part !== null && part !== undefined)
    .join(" ")
    .slice(0, 500);
}

function failureOf(error: unknown): Failure | null {
  if (!(error instanceof Error) || !/(?:Connection|Timeout|Connections|Response)Error$/.test(error.name))
    return null;
  const { statusCode, body } = error as { statusCode?: number; body?: { error?: { type?: string } } };
  const type = typeof body?.error === "object" ? (body.error.type ?? null) : null;
  const { name, message } = error;
  return statusCode === undefined ? { name, message, type } : { name, message, type, statusCode };
}
