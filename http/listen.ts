import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocket } from "ws";
import type { HttpOptions } from "../config/schema.ts";
import type { MessageRecorder } from "../contracts/capture.ts";
import { RetryLater, SetAside } from "../contracts/errors.ts";
import type { Heard, Listener, NotLetIn } from "../contracts/listener.ts";
import { readAddressRules } from "./addresses.ts";
import { guardedConnector } from "./connector.ts";
import { readFixedHosts } from "./hosts.ts";
import { classified, PassingFailure } from "./request.ts";

/** A message of a Jetstream is a few KB; a megabyte is none. */
const LARGEST_MESSAGE = 1_000_000;
/** So many messages wait to be read before the wire is left alone, and so few before it is read again. */
const MOST_WAITING = 500;
const FEW_WAITING = 100;
/** A living connection says something within a minute, if only a ping. */
const LONGEST_SILENCE_MS = 60_000;
/** When a server does not answer, or ends the handshake in the middle. */
const NO_ANSWER_AFTER_MS = 60_000;
/** Enough of a refusal for its reason. */
const REFUSAL_BYTES = 4_096;

type ListenerSettings = Pick<HttpOptions, "allow_private" | "hosts" | "timeout_ms" | "user_agent">;

export interface ListenerDeps {
  readonly now: () => Date;
  /** Keeps the messages that collectors use. */
  readonly record?: MessageRecorder;
}

/** Listens by WebSocket: the same guard on addresses, no redirects, no compression (a bomb needs one), bounded messages. */
export function createListener(options: ListenerSettings, { now, record }: ListenerDeps): Listener {
  const connect = guardedConnector({
    rules: readAddressRules(options.allow_private),
    fixedHosts: readFixedHosts(options.hosts),
    timeout_ms: options.timeout_ms,
  });
  return async (address, { signal, content_type = "application/octet-stream" }) => {
    signal.throwIfAborted();
    const url = checked(address);
    const socket = new WebSocket(url, {
      headers: { "user-agent": options.user_agent },
      handshakeTimeout: options.timeout_ms,
      perMessageDeflate: false,
      maxPayload: LARGEST_MESSAGE,
      createConnection: ((_: unknown, connected: (error: Error | null, made?: Duplex) => void) => {
        const { hostname, host, port, protocol } = url;
        connect({ hostname, host, port, protocol: protocol.replace("ws", "http") }, (error, made) =>
          error === null ? connected(null, made) : connected(error),
        );
      }) as never,
    });
    const end = () => socket.terminate();
    signal.addEventListener("abort", end, { once: true });
    socket.once("close", () => signal.removeEventListener("abort", end));
    // The query says where this connection goes on, and for whom; a message is the same whoever is sent it.
    const place = `${url.origin}${url.pathname}`;
    const inbox = new Inbox(socket, (text) => {
      const at = now().toISOString();
      const keep = async () => {
        // The client holds texts to be UTF-8, so that these are the bytes that came.
        const payload = Buffer.from(text);
        const sha256 = createHash("sha256").update(payload).digest("hex");
        await record?.({ at, url: place, content_type, payload, sha256 });
        return sha256;
      };
      return { text, keep };
    });
    const refused = await opened(socket, `${url.host}${url.pathname}`, signal);
    return refused ?? { messages: inbox.read() };
  };
}

function checked(address: string): URL {
  const url = URL.parse(address);
  if (url === null || !/^wss?:$/.test(url.protocol))
    throw new SetAside(`"${address.slice(0, 300)}" is no ws or wss address.`);
  if (url.username !== "" || url.password !== "") {
    throw new SetAside(`An address of ${url.host} carries a user name or password; give it without.`);
  }
  return url;
}

/** Waits for the door to open. Null when it did. */
function opened(socket: WebSocket, place: string, signal: AbortSignal): Promise<NotLetIn | null> {
  return new Promise((resolve, reject) => {
    socket.once("open", () => resolve(null));
    socket.once("unexpected-response", (_, response: IncomingMessage) => {
      void begun(response).then((body) => {
        socket.terminate();
        resolve({ status: response.statusCode ?? 0, body });
      });
    });
    socket.once("error", (error) => {
      const told = classified(place, error);
      if (signal.aborted) reject(signal.reason);
      else if (!(told instanceof PassingFailure)) reject(told);
      else reject(new RetryLater(`${place} ${told.message}.`, NO_ANSWER_AFTER_MS, { cause: error }));
    });
  });
}

async function begun(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= REFUSAL_BYTES) break;
    }
  } catch {
    // What came before the connection broke is told all the same.
  }
  return Buffer.concat(chunks).subarray(0, REFUSAL_BYTES).toString("utf8");
}

/** Messages that came and were not read yet. */
class Inbox {
  readonly #socket: WebSocket;
  readonly #heard: (text: string) => Heard;
  readonly #waiting: Heard[] = [];
  #ended = false;
  #wake = () => {};
  #silence: NodeJS.Timeout | undefined;

  constructor(socket: WebSocket, heard: (text: string) => Heard) {
    this.#socket = socket;
    this.#heard = heard;
    socket.on("message", (data, isBinary) => {
      this.#listen();
      // Binary frames are compressed ones, which were not asked for.
      if (!isBinary) this.#waiting.push(this.#heard(String(data)));
      if (this.#waiting.length >= MOST_WAITING) this.#rest();
      this.#wake();
    });
    socket.on("ping", () => this.#listen());
    socket.on("open", () => this.#listen());
    // Why it ended makes no difference to who listens: it goes on from its cursor.
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(this.#silence);
      this.#ended = true;
      this.#wake();
    });
  }

  async *read(): AsyncGenerator<Heard> {
    try {
      for (;;) {
        const next = this.#waiting.shift();
        if (this.#socket.isPaused && this.#waiting.length <= FEW_WAITING) this.#goOn();
        if (next !== undefined) yield next;
        else if (this.#ended) return;
        else
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
      }
    } finally {
      this.#socket.terminate();
    }
  }

  #rest(): void {
    clearTimeout(this.#silence);
    this.#socket.pause();
  }

  #goOn(): void {
    this.#socket.resume();
    this.#listen();
  }

  #listen(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#socket.terminate(), LONGEST_SILENCE_MS);
  }
}
