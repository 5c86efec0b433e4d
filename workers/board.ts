import { createHash, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { type BoardOptions, createBoard } from "../queues/bullmq/board.ts";

export interface BoardServerOptions {
  readonly redis: BoardOptions["redis"];
  readonly prefix: string;
  readonly steps: readonly string[];
  readonly host: string;
  readonly port: number;
  /** Without one nothing is served: jobs name posts and accounts. */
  readonly password: string;
  /** PEM; without them plain HTTP, for this machine alone. */
  readonly certificate?: { readonly cert: string; readonly key: string } | undefined;
}

export interface BoardServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Not at `/`: whoever scans for such boards looks there. */
const BASE = "/queues";
const USER = "board";

/** Serves the queue's pages behind a password, and `/healthz`, which tells nothing, without. */
export async function serveBoard(options: BoardServerOptions): Promise<BoardServer> {
  const { redis, prefix, steps, host, port, password, certificate } = options;
  const board = await createBoard({ redis, prefix, steps, base: BASE });
  const wanted = digest(`Basic ${Buffer.from(`${USER}:${password}`).toString("base64")}`);

  async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === "/healthz") return alive(redis);
    const given = digest(request.headers.get("authorization") ?? "");
    // Of digests, so that neither length nor time tells anything.
    if (!timingSafeEqual(given, wanted)) {
      const headers = { "www-authenticate": 'Basic realm="Headwater", charset="UTF-8"' };
      return new Response("A password is needed.\n", { status: 401, headers });
    }
    if (pathname === "/") return new Response(null, { status: 302, headers: { location: BASE } });
    return board(request);
  }

  const listener = getRequestListener(answer);
  const server =
    certificate === undefined ? createServer(listener) : createSecureServer(certificate, listener);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const scheme = certificate === undefined ? "http" : "https";
  return {
    url: `${scheme}://${host}:${(server.address() as AddressInfo).port}${BASE}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function alive(redis: BoardOptions["redis"]): Promise<Response> {
  const well = await Promise.race([
    redis.ping().then(
      () => true,
      () => false,
    ),
    new Promise<boolean>((resolve) => setTimeout(resolve, 2_000, false)),
  ]);
  return new Response(null, { status: well ? 204 : 503 });
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
