import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** How the server treats one request: `lost` before it has read it, `unheard` after it has taken it in. */
export type Mood =
  | "takes"
  | "lost"
  | "unheard"
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string };

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface ChannelServer {
  readonly url: string;
  readonly port: number;
  /** What it took in, in order; what it refused or lost is not here. */
  readonly taken: readonly Received[];
  readonly asked: () => number;
  close(): Promise<void>;
}

/**
 * A real server for one kind of channel: `problemOf` holds it to the channel's own rules (a sentence is answered with
 * 400), `moodOf` decides how it fails.
 */
export async function channelServer(
  problemOf: (received: Received) => string | null,
  moodOf: (asked: number) => Mood = () => "takes",
): Promise<ChannelServer> {
  const taken: Received[] = [];
  let asked = 0;
  const server = createServer(async (request, response) => {
    const mood = moodOf(asked++);
    if (mood === "lost") return void request.socket.destroy();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const received: Received = {
      method: request.method ?? "",
      path: request.url ?? "",
      headers: request.headers,
      body: Buffer.concat(chunks).toString("utf8"),
    };
    if (typeof mood === "object") {
      response.writeHead(mood.status, mood.headers);
      return void response.end(mood.body ?? "");
    }
    const problem = problemOf(received);
    if (problem !== null) {
      response.writeHead(400, { "content-type": "text/plain" });
      return void response.end(problem);
    }
    taken.push(received);
    if (mood === "unheard") return void request.socket.destroy();
    response.writeHead(200, { "content-type": "text/plain" });
    response.end("ok");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hooks/T0SECRET/B0SECRET`,
    port,
    taken,
    asked: () => asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
