import { RetryLater } from "../../contracts/errors.ts";
import type { Connection } from "./connection.ts";
import { AGAIN_AFTER, isPassingStatus } from "./failures.ts";
import { documentId } from "./names.ts";
import { pauseBefore, sleep } from "./patience.ts";

/** One document to write. */
export interface Write {
  readonly action: "create" | "index" | "delete";
  readonly index: string;
  /** The index may come into being by this write: a month of posts. Any other is an alias that is there. */
  readonly makes_index?: boolean;
  readonly id: string;
  readonly document?: object;
  /** Only if the document is still as it was read. */
  readonly unless_changed?: { readonly seq_no: number; readonly primary_term: number };
  /** Only if what is stored has no higher number. */
  readonly version?: number;
}

export type Outcome =
  | { readonly status: "done"; readonly version: number }
  /** `create`: it is there already. Else: it was changed since it was read, or has a higher number. */
  | { readonly status: "conflict" }
  /** There is no such alias. */
  | { readonly status: "no index" }
  /** This document can never be written. */
  | { readonly status: "refused"; readonly reason: string };

/** Larger requests gain nothing and are felt by the server. */
const BULK_BYTES = 5_000_000;
/** Requests under way at once: the server works on one while the next arrives. */
const AT_ONCE = 2;
/** How long single documents are sent again, milliseconds, before the whole is put off. */
const PATIENCE_MS = 60_000;

interface Item {
  readonly status: number;
  readonly _version?: number;
  readonly error?: {
    readonly type: string;
    readonly reason: string;
    readonly caused_by?: { readonly reason?: string };
  };
}

/**
 * Writes documents, each on its own: one that is refused costs the others nothing. What is held up (a full queue, a
 * full disk, a lost connection) is sent again; a document that was written although its answer was lost then comes out
 * as a conflict. Throws RetryLater when the server stays away. At most two requests' worth of text is held beside
 * the documents themselves.
 */
export async function bulk(connection: Connection, writes: readonly Write[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = new Array(writes.length);
  let next = 0;
  async function work(): Promise<void> {
    while (next < writes.length) {
      const from = next;
      const lines: string[] = [];
      for (let bytes = 0; next < writes.length && bytes < BULK_BYTES; next++) {
        const text = linesOf(writes[next]!);
        // Characters of three bytes are usual here.
        bytes += text.length * 2;
        lines.push(text);
      }
      const done = await send(connection, lines);
      for (const [i, outcome] of done.entries()) outcomes[from + i] = outcome;
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return outcomes;
}

async function send(connection: Connection, lines: readonly string[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = new Array(lines.length);
  const until = performance.now() + PATIENCE_MS;
  let open = lines.map((_, i) => i);
  for (let attempt = 1; open.length > 0; attempt++) {
    const bulkBody = open.map((i) => lines[i]!).join("");
    const { items } = (await connection.ask((client) =>
      client.transport.request({ method: "POST", path: "/_bulk", bulkBody }),
    )) as { readonly items: readonly Readonly<Record<string, Item>>[] };
    const waiting: number[] = [];
    for (const [n, i] of open.entries()) {
      const item = Object.values(items[n]!)[0]!;
      if (!isPassingStatus(item.status, item.error?.type ?? null)) outcomes[i] = outcomeOf(item);
      else if (performance.now() < until) waiting.push(i);
      else throw new RetryLater(`Elasticsearch holds back writes (${item.error?.reason})`, AGAIN_AFTER);
    }
    open = waiting;
    if (open.length > 0) await sleep(pauseBefore(attempt));
  }
  return outcomes;
}

function outcomeOf({ status, _version, error }: Item): Outcome {
  if (status === 409) return { status: "conflict" };
  if (error?.type === "index_not_found_exception") return { status: "no index" };
  // What was to go and is not there is gone.
  if (error === undefined) return { status: "done", version: _version ?? 0 };
  return { status: "refused", reason: [error.reason, error.caused_by?.reason].filter(Boolean).join(": ") };
}

function linesOf({ action, index, makes_index, id, document, unless_changed, version }: Write): string {
  const head = {
    _index: index,
    _id: documentId(id),
    // Of a delete Elasticsearch does not take the flag.
    ...(makes_index || action === "delete" ? {} : { require_alias: true }),
    ...(unless_changed === undefined
      ? {}
      : { if_seq_no: unless_changed.seq_no, if_primary_term: unless_changed.primary_term }),
    ...(version === undefined ? {} : { version, version_type: "external_gte" }),
  };
  const first = `${JSON.stringify({ [action]: head })}\n`;
  return document === undefined ? first : `${first}${JSON.stringify(document)}\n`;
}
