import type { Client } from "@elastic/elasticsearch";
import { explained, isPassing } from "./failures.ts";
import type { ElasticsearchOptions, OpenOptions } from "./options.ts";
import { patiently } from "./patience.ts";

/** The way to the server: each request has its time, and is tried again while what it meets may pass. */
export interface Connection {
  readonly options: ElasticsearchOptions;
  /** Throws RetryLater when the server stays away, StopAll when it refuses us. */
  ask<T>(work: (client: Client) => Promise<T>): Promise<T>;
  /** Makes what was written findable. Who only reads may not, and finds it about a second later. */
  refresh(index: string): Promise<void>;
  close(): Promise<void>;
}

/** The client has no limit of its own since version 9. A frozen server must not silence a worker. */
const REQUEST_TIMEOUT_MS = 30_000;

export async function connect(
  options: ElasticsearchOptions,
  { readOnly = false }: OpenOptions = {},
): Promise<Connection> {
  const { Client } = await import("@elastic/elasticsearch");
  const client = new Client({
    nodes: [...options.urls],
    requestTimeout: REQUEST_TIMEOUT_MS,
    // We try again ourselves: what to do next depends on what was asked.
    maxRetries: 0,
    ...(options.apiKey === null ? {} : { auth: { apiKey: options.apiKey } }),
    ...(options.ca === null ? {} : { tls: { ca: options.ca } }),
  });
  let isClosed = false;
  async function ask<T>(work: (client: Client) => Promise<T>): Promise<T> {
    try {
      return await patiently(
        () => work(client),
        (error) => !isClosed && isPassing(error),
      );
    } catch (error) {
      throw explained(error, withoutSecrets(options.urls[0]!));
    }
  }
  return {
    options,
    ask,
    refresh: async (index) => {
      if (!readOnly) await ask(({ indices }) => indices.refresh({ index }));
    },
    close: async () => {
      isClosed = true;
      await client.close();
    },
  };
}

function withoutSecrets(url: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
