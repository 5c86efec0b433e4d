import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Resource, renderSite } from "./render.ts";
import { readSite } from "./site.ts";

/** The demo's web while it is served. */
export interface Demo {
  /** `127.0.0.1:PORT`: the one private address that the client must be allowed to reach. */
  readonly address: string;
  /** For `http.hosts` of a config: every demo host stands at that address. */
  readonly hosts: Record<string, string>;
  close(): Promise<void>;
}

/** Serves `demo/site/` on a free port of the loopback interface, told apart by the Host header. Plain HTTP. */
export async function startDemo(): Promise<Demo> {
  const resources = renderSite(readSite());
  const server = createServer((request, response) => answer(resources, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    address,
    hosts: { "*.example": address },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        // Clients keep their connections open; without this, close would wait for them.
        server.closeAllConnections();
      }),
  };
}

function answer(
  resources: ReadonlyMap<string, Resource>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (request.method !== "GET" && request.method !== "HEAD") {
    say(response, 405, "The demo answers GET and HEAD only.", { allow: "GET, HEAD" });
    return;
  }
  const host = (request.headers.host ?? "").toLowerCase().replace(/:\d+$/, "");
  const path = (request.url ?? "/").replace(/[?#].*$/, "");
  const found = resources.get(host + path);
  if (found === undefined) {
    say(response, 404, `The demo has no page at http://${host}${path}.`);
    return;
  }
  const validators = { etag: found.etag, "last-modified": found.modified.toUTCString() };
  if (isUnchanged(found, request)) {
    response.writeHead(304, validators).end();
    return;
  }
  response.writeHead(200, { ...validators, "content-type": found.type, "content-length": found.body.length });
  response.end(request.method === "HEAD" ? undefined : found.body);
}

/** RFC 9110, section 13.2.2: If-None-Match decides alone when it is there. */
function isUnchanged({ etag, modified }: Resource, { headers }: IncomingMessage): boolean {
  const tags = headers["if-none-match"];
  if (tags !== undefined) {
    return tags.split(",").some((tag) => tag.trim() === "*" || tag.trim().replace(/^W\//, "") === etag);
  }
  const since = Date.parse(headers["if-modified-since"] ?? "");
  return since >= modified.getTime();
}

function say(
  response: ServerResponse,
  status: number,
  sentence: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { ...headers, "content-type": "text/plain; charset=utf-8" });
  response.end(`${sentence}\n`);
}
