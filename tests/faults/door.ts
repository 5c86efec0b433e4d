import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import type { Random } from "../../bench/simulator/random.ts";

/** What a door before Elasticsearch answers in its place. */
export type Mood = "pass" | "too-many" | "unavailable" | "part-of-bulk";

/** Stands before an Elasticsearch and refuses what it is told to, as the server itself does when it is overrun. */
export interface Door {
  readonly port: number;
  mood: Mood;
  /** How many answers were refused, whole or in part. */
  refused: number;
  close(): Promise<void>;
}

/** Of a bulk's actions so many are refused. */
const REFUSED_SHARE = 0.4;

export async function openDoor(target: { readonly port: number }, random: Random): Promise<Door> {
  const server = createServer((incoming, outgoing) => {
    // A server that is gone ends the connection without an answer.
    serve(incoming, outgoing).catch(() => outgoing.destroy());
  });

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await bytesOf(incoming);
    if (door.mood === "too-many" || door.mood === "unavailable") {
      door.refused++;
      const status = door.mood === "too-many" ? 429 : 503;
      answer(outgoing, status, {
        error: { type: "es_rejected_execution_exception", reason: "busy" },
        status,
      });
      return;
    }
    if (door.mood === "part-of-bulk" && /_bulk/.test(incoming.url!)) {
      await bulkInPart(incoming, body, outgoing);
      return;
    }
    const passed = await forward(incoming, body);
    outgoing.writeHead(passed.status, passed.headers).end(passed.body);
  }

  /** Some actions are done, the others answered as a shard does that is gone or has no room. */
  async function bulkInPart(
    incoming: IncomingMessage,
    body: Buffer,
    outgoing: ServerResponse,
  ): Promise<void> {
    const actions = actionsOf(body.toString());
    const refused = actions.map(() => random.chance(REFUSED_SHARE));
    const kept = actions.flatMap(({ lines }, i) => (refused[i] ? [] : lines));
    const items: unknown[] = [];
    if (kept.length > 0) {
      const passed = await forward(incoming, Buffer.from(`${kept.join("\n")}\n`));
      if (passed.status !== 200) {
        outgoing.writeHead(passed.status, passed.headers).end(passed.body);
        return;
      }
      items.push(...(JSON.parse(passed.body.toString()) as { items: unknown[] }).items);
    }
    if (refused.includes(true)) door.refused++;
    const all = actions.map(({ name, target: { _index, _id } }, i) => {
      if (!refused[i]) return items.shift();
      const status = random.chance(0.5) ? 429 : 503;
      return {
        [name]: { _index, _id, status, error: { type: "unavailable_shards_exception", reason: "refused" } },
      };
    });
    answer(outgoing, 200, { took: 1, errors: true, items: all });
  }

  function forward(
    incoming: IncomingMessage,
    body: Buffer,
  ): Promise<{ readonly status: number; readonly headers: OutgoingHttpHeaders; readonly body: Buffer }> {
    return new Promise((resolve, reject) => {
      const {
        "content-length": _,
        "transfer-encoding": __,
        "accept-encoding": ___,
        ...headers
      } = incoming.headers;
      request(
        {
          host: "127.0.0.1",
          port: target.port,
          method: incoming.method!,
          path: incoming.url!,
          headers: { ...headers, "content-length": body.length },
        },
        async (response) => {
          try {
            resolve({
              status: response.statusCode!,
              headers: response.headers,
              body: await bytesOf(response),
            });
          } catch (error) {
            reject(error);
          }
        },
      )
        .on("error", reject)
        .end(body);
    });
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const door: Door = {
    port: (server.address() as AddressInfo).port,
    mood: "pass",
    refused: 0,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return door;
}

interface Action {
  readonly name: string;
  readonly target: { readonly _index?: string; readonly _id?: string };
  readonly lines: readonly string[];
}

function actionsOf(text: string): readonly Action[] {
  const lines = text.split("\n").filter((line) => line !== "");
  const actions: Action[] = [];
  for (let i = 0; i < lines.length; i++) {
    const [name, target] = Object.entries(JSON.parse(lines[i]!) as object)[0] as [string, Action["target"]];
    const own = name === "delete" ? [lines[i]!] : [lines[i]!, lines[++i]!];
    actions.push({ name, target, lines: own });
  }
  return actions;
}

function answer(outgoing: ServerResponse, status: number, body: unknown): void {
  outgoing
    .writeHead(status, {
      "content-type": "application/vnd.elasticsearch+json;compatible-with=9",
      "x-elastic-product": "Elasticsearch",
    })
    .end(JSON.stringify(body));
}

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
