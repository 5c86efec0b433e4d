import { createHash, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";

export interface ServeOptions {
  readonly answer: (request: Request) => Promise<Response> | Response;
  /** What `/healthz` says, without a password: it tells nothing else. */
  readonly well: () => Promise<boolean>;
  /** Who may look; null lets in whoever reaches it, and is for this machine alone. */
  readonly login: { readonly user: string; readonly password: string } | null;
  readonly host: string;
  readonly port: number;
  /** PEM; without them plain HTTP, for this machine alone. */
  readonly certificate?: { readonly cert: string; readonly key: string } | undefined;
}

export interface Served {
  /** `https://HOST:PORT`. */
  readonly url: string;
  close(): Promise<void>;
}

/** By these names a browser on this machine asks for it. Another name in `Host` is a page elsewhere that was pointed here. */
const OWN_NAMES: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

const HEALTH_MS = 2_000;

/** Serves pages to people of the team: behind a password, or on this machine alone. */
export async function servePages(options: ServeOptions): Promise<Served> {
  const { answer, well, login, host, port, certificate } = options;
  const wanted =
    login === null
      ? null
      : digest(`Basic ${Buffer.from(`${login.user}:${login.password}`).toString("base64")}`);

  async function guarded(request: Request): Promise<Response> {
    const { pathname, hostname } = new URL(request.url);
    if (pathname === "/healthz") return new Response(null, { status: (await soon(well())) ? 204 : 503 });
    if (wanted === null && !OWN_NAMES.has(hostname))
      return new Response("These pages are for this machine alone.\n", { status: 421 });
    // Of digests, so that neither length nor time tells anything.
    if (wanted !== null && !timingSafeEqual(digest(request.headers.get("authorization") ?? ""), wanted)) {
      const headers = { "www-authenticate": 'Basic realm="Headwater", charset="UTF-8"' };
      return new Response("A password is needed.\n", { status: 401, headers });
    }
    return answer(request);
  }

  const listener = getRequestListener(guarded);
  const server =
    certificate === undefined ? createServer(listener) : createSecureServer(certificate, listener);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const scheme = certificate === undefined ? "http" : "https";
  return {
    url: `${scheme}://${host}:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A server that does not answer is not well. */
function soon(well: Promise<boolean>): Promise<boolean> {
  return Promise.race([
    well.catch(() => false),
    new Promise<boolean>((resolve) => setTimeout(resolve, HEALTH_MS, false)),
  ]);
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
