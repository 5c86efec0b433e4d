import { get, type IncomingHttpHeaders } from "node:http";
import type { Demo } from "../../demo/server.ts";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Asks the demo's server for a URL of one of its hosts, the way a client that resolves them there does. */
export function ask(demo: Demo, url: string, headers: Record<string, string> = {}): Promise<Answer> {
  const { host, pathname, search } = new URL(url);
  const [hostname, port] = demo.address.split(":");
  return new Promise((resolve, reject) => {
    const options = {
      hostname,
      port,
      path: pathname + search,
      headers: { host, ...headers },
      agent: false as const,
    };
    get(options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
        }),
      );
    }).on("error", reject);
  });
}
