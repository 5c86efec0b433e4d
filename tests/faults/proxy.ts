import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";

/** What the way to a server does with the bytes on it. */
export type Way = "open" | "slow" | "frozen" | "closed";

/** A way to a server that can be cut, frozen and slowed under those who use it. */
export interface Passage {
  readonly port: number;
  set(way: Way): void;
  close(): Promise<void>;
}

/** How long a byte takes on a slow way, milliseconds. */
const SLOWNESS_MS = 60;

/** Frozen: connections stay, nothing passes, new ones are taken and left unanswered. Closed: none live, none is taken. */
export async function openProxy(target: { readonly port: number }): Promise<Passage> {
  const sockets = new Set<Socket>();
  let way: Way = "open";

  function join(from: Socket, to: Socket): void {
    from.on("data", (bytes: Buffer) => {
      if (way === "slow") {
        from.pause();
        setTimeout(() => {
          to.write(bytes);
          if (way !== "frozen") from.resume();
        }, SLOWNESS_MS);
      } else to.write(bytes);
    });
    from.on("close", () => to.destroy());
    from.on("error", () => to.destroy());
  }

  const server = createServer({ pauseOnConnect: false }, (near) => {
    if (way === "closed") {
      near.destroy();
      return;
    }
    const far = connect(target.port, "127.0.0.1");
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
    }
    join(near, far);
    join(far, near);
    if (way === "frozen") for (const socket of [near, far]) socket.pause();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    port: (server.address() as AddressInfo).port,
    set(next) {
      way = next;
      for (const socket of sockets) {
        if (way === "closed") socket.destroy();
        else if (way === "frozen") socket.pause();
        else socket.resume();
      }
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
