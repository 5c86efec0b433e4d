import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";

/** A request as it came, and the socket to answer on: what HTTP servers do not let one do wrong can be done wrong here. */
export interface Visitor {
  readonly path: string;
  readonly socket: Socket;
  /** How often this host was asked before, robots.txt apart. */
  readonly before: number;
}

export type Trap = (visitor: Visitor) => void;

export interface TrapServer {
  readonly address: string;
  readonly port: number;
  asked(host: string): number;
  close(): Promise<void>;
}

/** Sites that misbehave, each on a host of its own. robots.txt is absent unless the trap is on it (`robots` in its host's name). */
export async function trapServer(traps: ReadonlyMap<string, Trap>): Promise<TrapServer> {
  const asked = new Map<string, number>();
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
    let held = "";
    socket.on("data", (bytes) => {
      held += bytes.toString("latin1");
      for (let end = held.indexOf("\r\n\r\n"); end >= 0; end = held.indexOf("\r\n\r\n")) {
        const head = held.slice(0, end);
        held = held.slice(end + 4);
        const path = head.split(" ", 2)[1] ?? "/";
        const host = /^host: ([^:\r\n]*)/im.exec(head)?.[1] ?? "";
        if (path === "/robots.txt" && !host.includes("robots")) {
          send(socket, "404 Not Found", "nothing here");
          continue;
        }
        const before = asked.get(host) ?? 0;
        asked.set(host, before + 1);
        (traps.get(host) ?? (() => send(socket, "404 Not Found", "nothing here")))({ path, socket, before });
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    address: `127.0.0.1:${port}`,
    asked: (host) => asked.get(host) ?? 0,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** A whole, proper answer. */
export function send(
  socket: Socket,
  status: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): void {
  const bytes = Buffer.from(body as string);
  const lines = Object.entries({ "content-length": String(bytes.length), ...headers });
  socket.write(`HTTP/1.1 ${status}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`);
  socket.write(bytes);
}
