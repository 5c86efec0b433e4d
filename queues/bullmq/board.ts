import type { Redis } from "ioredis";
import { keyPrefix } from "./options.ts";

export interface BoardOptions {
  readonly redis: Redis;
  readonly prefix: string;
  /** The steps whose jobs are shown. */
  readonly steps: readonly string[];
  /** Path below which its pages lie. */
  readonly base: string;
}

/** Pages about what waits, runs and failed, as one function from request to response. */
export type Board = (request: Request) => Response | Promise<Response>;

/**
 * Bull Board over our queues, to look only: what becomes of a job that was set aside is decided with `headwater
 * quarantine`, which keeps the reason. It checks nobody's password; whoever serves it must.
 */
export async function createBoard({ redis, prefix, steps, base }: BoardOptions): Promise<Board> {
  const [bull, { createBullBoard }, { BullMQAdapter }, { HonoAdapter }, { Hono }, { serveStatic }] =
    await Promise.all([
      import("bullmq"),
      import("@bull-board/api"),
      import("@bull-board/api/bullMQAdapter"),
      import("@bull-board/hono"),
      import("hono"),
      import("@hono/node-server/serve-static"),
    ]);
  const queues = steps.map((step) => {
    const queue = new bull.Queue(step, { connection: redis, prefix: keyPrefix(prefix) });
    // The connection tells of trouble itself; without a listener each queue would end the process.
    queue.on("error", () => {});
    return new BullMQAdapter(queue, { readOnlyMode: true });
  });
  const adapter = new HonoAdapter(serveStatic);
  createBullBoard({ queues, serverAdapter: adapter, options: { uiConfig: { boardTitle: "Headwater" } } });
  adapter.setBasePath(base);
  const app = new Hono();
  app.route(base, adapter.registerPlugin());
  return (request) => app.fetch(request);
}
