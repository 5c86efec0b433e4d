import { type Served, type ServeOptions, servePages } from "../http/serve.ts";
import { type BoardOptions, createBoard } from "../queues/bullmq/board.ts";

export interface BoardServerOptions extends Pick<ServeOptions, "host" | "port" | "certificate"> {
  readonly redis: BoardOptions["redis"];
  readonly prefix: string;
  readonly steps: readonly string[];
  /** Without one nothing is served: jobs name posts and accounts. */
  readonly password: string;
}

export type BoardServer = Served;

/** Not at `/`: whoever scans for such boards looks there. */
const BASE = "/queues";
const USER = "board";

/** Serves the queue's pages behind a password. */
export async function serveBoard(options: BoardServerOptions): Promise<BoardServer> {
  const { redis, prefix, steps, password, ...where } = options;
  const board = await createBoard({ redis, prefix, steps, base: BASE });
  const served = await servePages({
    ...where,
    login: { user: USER, password },
    well: async () => (await redis.ping()) !== null,
    answer: (request) =>
      new URL(request.url).pathname === "/"
        ? new Response(null, { status: 302, headers: { location: BASE } })
        : board(request),
  });
  return { ...served, url: `${served.url}${BASE}` };
}
