import { randomUUID } from "node:crypto";
import {
  type Capture,
  type Exchange,
  type Headers,
  MESSAGE_STATUS,
  type MessageRecorder,
  type Recorder,
} from "../contracts/capture.ts";
import type { Log } from "../contracts/log.ts";
import type { Store } from "../contracts/store.ts";
import { readable } from "./content.ts";
import { sha1Digest } from "./digest.ts";
import { exchangeRecords } from "./exchange-records.ts";
import { placeOf, writerName } from "./files.ts";
import { mendLeft } from "./mend.ts";
import { messageRecord } from "./message-record.ts";
import { createWriter } from "./writer.ts";

export interface EvidenceOptions {
  readonly folder: string;
  readonly file_bytes: number;
  readonly file_ms: number;
  /** Fields of each file's warcinfo record. */
  readonly info: Headers;
  readonly store: Pick<Store, "find" | "saveCaptures">;
  readonly log: Log;
  readonly now: () => Date;
  /** Called with each file that was closed, e.g. to have it stamped; awaited when all is closed. */
  readonly closed?: (path: string) => Promise<void>;
}

export interface Evidence {
  readonly record: Recorder;
  readonly recordMessage: MessageRecorder;
  close(): Promise<void>;
}

/** Payloads of this process whose captures are known without asking the store. */
const REMEMBERED = 10_000;

type Original = Pick<Capture, "id" | "url" | "at">;

/**
 * Keeps exchanges and messages in WARC files, and says in the store which lies where. A payload that is kept already is not
 * written again. What another process left open when it was killed is closed before the first.
 */
export function openEvidence(options: EvidenceOptions): Evidence {
  const { folder, store, log } = options;
  const known = new Map<string, Original>();
  const stamping = new Set<Promise<void>>();
  const closed = (path: string) => {
    const done = (options.closed?.(path) ?? Promise.resolve()).finally(() => stamping.delete(done));
    stamping.add(done);
  };
  const writer = createWriter({ ...options, writer: writerName(), closed });
  let mended: Promise<void> | null = null;

  async function originalOf(
    digest: string,
    { sha256, payload }: Pick<Exchange, "sha256" | "payload">,
  ): Promise<Original | null> {
    if (payload.length === 0) return null;
    const remembered = known.get(digest + sha256);
    if (remembered !== undefined) return remembered;
    const query = { kind: "text", field: "sha256", value: sha256, prefix: false } as const;
    for await (const capture of store.find("captures", query)) {
      const { payload_digest, repeats, file } = capture;
      // A file on another machine may be out of reach when it is needed.
      if (payload_digest === digest && repeats === null && placeOf(folder, file) !== null) return capture;
    }
    return null;
  }

  function remember(key: string, original: Original): void {
    known.delete(key);
    known.set(key, original);
    if (known.size > REMEMBERED) known.delete(known.keys().next().value!);
  }

  /** Before the first record of this process. */
  function mend(): Promise<void> {
    mended ??= mendLeft(folder, (file, cut) => {
      log.info(
        `${file} was left open by a process that ended; it is closed${cut > 0 ? `, and the ${cut} bytes it was writing are cut off` : ""}`,
      );
      closed(file);
    });
    return mended;
  }

  return {
    async record(asItCame) {
      const exchange = readable(asItCame);
      await mend();
      const id = randomUUID();
      const digest = sha1Digest(exchange.payload);
      const original = await originalOf(digest, exchange);
      const place = await writer.write(id, (info) =>
        exchangeRecords(exchange, { id, request: randomUUID() }, { info }, digest, original),
      );
      const { at, url, requested_url, status, sha256, bytes, hops } = exchange;
      const repeats = original?.id ?? null;
      await store.saveCaptures([
        {
          id,
          at,
          url,
          requested_url,
          status,
          sha256,
          payload_digest: digest,
          bytes,
          ...place,
          repeats,
          hops,
        },
      ]);
      remember(digest + sha256, original ?? { id, url, at });
      return id;
    },
    async recordMessage(message) {
      await mend();
      const id = randomUUID();
      const { at, url, sha256, payload } = message;
      const digest = sha1Digest(payload);
      const original = await originalOf(digest, message);
      if (original !== null) return original.id;
      const place = await writer.write(id, (info) => messageRecord(message, id, { info }, digest));
      await store.saveCaptures([
        {
          ...{ id, at, url, requested_url: url, status: MESSAGE_STATUS, sha256 },
          ...{ payload_digest: digest, bytes: payload.length, ...place, repeats: null, hops: [] },
        },
      ]);
      remember(digest + sha256, { id, url, at });
      return id;
    },
    async close() {
      await writer.close();
      await Promise.all(stamping);
    },
  };
}
