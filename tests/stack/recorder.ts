import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import type { z } from "zod";
import type { KeyPair } from "../../stack/openssl.ts";

/** One call of a documented API: what it must look like, and what is answered. */
export interface Route {
  readonly method: string;
  /** Path without the query; a pattern's groups are given to `answer`. */
  readonly path: string | RegExp;
  /** Query parameters it may have, each with its value. */
  readonly query?: Readonly<Record<string, string>>;
  /** Left out: there must be no body. */
  readonly body?: z.ZodType;
  /** Who may call: looks at the header; anyone when left out. */
  readonly allowed?: (
    authorization: string | undefined,
    headers: Readonly<Record<string, unknown>>,
  ) => boolean;
  readonly answer: (call: Call, groups: readonly string[]) => readonly [status: number, body: unknown];
}

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly authorization: string | undefined;
}

export interface Recorder {
  readonly url: string;
  /** What was asked and fitted the API, in order. */
  readonly calls: Call[];
  /** What did not fit, with why. */
  readonly refused: string[];
  close(): Promise<void>;
}

/**
 * A real server on loopback that knows a few calls of an API exactly, and refuses everything else: for
 * Kibana, which cannot run here. It proves what we ask, not what a product does with it.
 */
export async function serveSecurely(pair: KeyPair, routes: readonly Route[]): Promise<Recorder> {
  const calls: Call[] = [];
  const refused: string[] = [];
  const server: Server = createServer(
    { cert: readFileSync(pair.certificate), key: readFileSync(pair.key) },
    (request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const raw = Buffer.concat(parts).toString();
        const { pathname, searchParams } = new URL(request.url!, "https://localhost");
        const { method = "", headers } = request;
        const isJson = headers["content-type"]?.startsWith("application/json") === true;
        const body: unknown = raw === "" ? undefined : isJson ? JSON.parse(raw) : raw;
        const call = { method, path: pathname, body, authorization: headers.authorization };
        const say = (status: number, answer: unknown) => {
          response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
        };
        const refuse = (status: number, why: string) => {
          refused.push(`${method} ${request.url}: ${why}`);
          say(status, { error: why });
        };
        const route = routes.find(
          (known) => known.method === method && matches(known.path, pathname) !== null,
        );
        if (route === undefined) return refuse(400, "no such call");
        const query = Object.fromEntries(searchParams);
        if (JSON.stringify(query) !== JSON.stringify(route.query ?? {}))
          return refuse(400, "other parameters");
        if (route.allowed?.(headers.authorization, headers) === false) {
          // Being turned away is an answer of the API and no mistake in its use.
          return say(401, { error: "not allowed" });
        }
        if (route.body === undefined && body !== undefined) return refuse(400, "a body where none belongs");
        const read = route.body?.safeParse(body);
        if (read?.success === false) return refuse(400, read.error.message);
        calls.push(call);
        return say(...route.answer(call, matches(route.path, pathname)!));
      });
    },
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    calls,
    refused,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function matches(known: string | RegExp, path: string): readonly string[] | null {
  if (typeof known === "string") return known === path ? [] : null;
  const found = known.exec(path);
  return found === null ? null : found.slice(1);
}
