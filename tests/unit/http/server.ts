import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { httpSchema } from "../../../config/schema.ts";
import { type Client, createFetcher } from "../../../http/index.ts";

export type Answering = (response: ServerResponse, request: IncomingMessage) => void;

/** A request as the server saw it. */
export interface Seen {
  readonly path: string;
  readonly at: number;
  readonly headers: IncomingMessage["headers"];
}

export interface TestServer {
  readonly port: number;
  readonly address: string;
  readonly seen: Seen[];
  /** A client that knows every `*.example` host by this server. */
  client(http?: Readonly<Record<string, unknown>>): Client;
  close(): Promise<void>;
}

/** A real server on loopback that answers by path; robots.txt is absent unless a path says otherwise. */
export async function serve(routes: Readonly<Record<string, Answering>>): Promise<TestServer> {
  const seen: Seen[] = [];
  const clients: Client[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    seen.push({ path, at: performance.now(), headers: request.headers });
    const answer = routes[path] ?? ((missing) => missing.writeHead(404).end("nothing here"));
    answer(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const address = `127.0.0.1:${port}`;
  return {
    port,
    address,
    seen,
    client(http = {}) {
      const hosts = { "*.example": address };
      const options = httpSchema.parse({ delay_ms: 0, retries: 0, timeout_ms: 5000, hosts, ...http });
      const client = createFetcher(options, { now: () => new Date() });
      clients.push(client);
      return client;
    },
    async close() {
      for (const client of clients) await client.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The error a promise ends with. */
export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error("It did not fail.");
}
