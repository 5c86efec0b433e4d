import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Capture, Exchange, StreamMessage } from "../../contracts/capture.ts";
import type { Store } from "../../contracts/store.ts";
import { sha256 } from "../../evidence/digest.ts";
import { type Evidence, type EvidenceOptions, openEvidence } from "../../evidence/recorder.ts";
import { openSqliteStore } from "../../stores/sqlite/index.ts";

export const SILENT = { info() {}, warn() {}, error() {}, progress() {} };

/** An exchange with a plain body unless `over` says otherwise. */
export function sampleExchange(body: string | Buffer, over: Partial<Exchange> = {}): Exchange {
  const payload = Buffer.from(body as string);
  const url = over.url ?? "https://paper.example/a?b=1";
  return {
    at: "2026-11-26T13:52:01.123Z",
    method: "GET",
    url,
    requested_url: url,
    request_headers: [["user-agent", "Headwater/0.1"]],
    request_body: null,
    status: 200,
    response_headers: [
      ["Content-Type", "text/html; charset=utf-8"],
      ["Content-Length", String(payload.length)],
    ],
    payload,
    truncated: false,
    sha256: sha256(payload),
    bytes: payload.length,
    hops: [],
    ...over,
  };
}

/** A message of a stream. */
export function sampleMessage(text: string): StreamMessage {
  const payload = Buffer.from(text);
  return {
    at: "2026-11-26T13:52:02.000Z",
    url: "wss://stream.example/subscribe",
    content_type: "application/json",
    payload,
    sha256: sha256(payload),
  };
}

export interface Kept {
  readonly folder: string;
  readonly store: Store;
  readonly evidence: Evidence;
  readonly closed: string[];
  captures(): Promise<readonly Capture[]>;
}

/** Evidence in a folder of its own, or in the one given. */
export async function keep(over: Partial<EvidenceOptions> = {}): Promise<Kept> {
  const folder = over.folder ?? mkdtempSync(path.join(tmpdir(), "headwater-evidence-"));
  const store = await openSqliteStore(":memory:");
  const closed: string[] = [];
  const evidence = openEvidence({
    folder,
    file_bytes: 1_000_000,
    file_ms: 3_600_000,
    info: [["software", "Headwater/0.1"]],
    store,
    log: SILENT,
    now: () => new Date("2026-11-26T13:52:00Z"),
    closed: async (file) => void closed.push(file),
    ...over,
  });
  return {
    folder,
    store,
    evidence,
    closed,
    captures: () => allOf(store.find("captures", { kind: "all" })),
  };
}

export async function allOf<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
