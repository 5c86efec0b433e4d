import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { httpSchema } from "../../config/schema.ts";
import type { Collector, CollectorIo } from "../../contracts/collector.ts";
import { createFetcher } from "../../http/index.ts";
import { createListener } from "../../http/listen.ts";
import { crawl, type Outcome } from "../contracts/collector.crawl.ts";

export interface Asked {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answering {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text as it is, anything else as JSON. */
  readonly body?: unknown;
}

export interface AnsweringServer {
  /** All that was asked, robots.txt left out. */
  readonly asked: readonly Asked[];
  /** `127.0.0.1:PORT`. */
  readonly address: string;
  readonly io: (secrets?: Readonly<Record<string, string>>) => Omit<CollectorIo, "warn">;
  run<Options, Cursor>(
    collector: Collector<Options, Cursor>,
    options: object,
    from?: Cursor | null,
    secrets?: Readonly<Record<string, string>>,
  ): Promise<Outcome<Cursor>>;
  /** What time it is for the collectors. */
  now: Date;
  close(): Promise<void>;
}

/** A real server on loopback that answers as told, under every name below `.example`, and the real client in front of it. */
export async function answering(answer: (asked: Asked) => Answering): Promise<AnsweringServer> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const path = request.url ?? "/";
      if (path === "/robots.txt") {
        response.writeHead(404).end();
        return;
      }
      const { method = "GET", headers } = request;
      const one = { method, path, headers, body: Buffer.concat(chunks).toString() };
      asked.push(one);
      const { status = 200, headers: given = {}, body = "" } = answer(one);
      const text = typeof body === "string" ? body : JSON.stringify(body);
      response.writeHead(status, { "content-type": "application/json", ...given }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const signal = new AbortController().signal;
  const options = httpSchema.parse({ delay_ms: 0, retries: 0, hosts: { "*.example": address } });
  const client = createFetcher(options, { now: () => running.now, signal });
  const running: AnsweringServer = {
    asked,
    address,
    now: new Date("2026-01-01T00:00:00Z"),
    io: (secrets = {}) => ({
      fetch: client.fetch,
      listen: createListener(options, { now: () => running.now }),
      now: () => running.now,
      signal,
      secrets,
    }),
    run: (collector, written, from = null, secrets = {}) =>
      crawl(collector, collector.info.options.parse(written), from, running.io(secrets)),
    async close() {
      await client.close();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
  return running;
}
