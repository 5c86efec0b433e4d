import type { Headers } from "../contracts/capture.ts";
import { Damaged } from "./gzip.ts";

/** One record of a WARC file, unpacked. Names of headers are in lower case. */
export interface WarcRecord {
  readonly type: string;
  /** The UUID within `WARC-Record-ID`. */
  readonly id: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly block: Buffer;
}

/** Before the name of a header that does not hold for what is kept: as other archives write it. */
export const ORIGINAL = "X-Archive-Orig-";

const LINE = "\r\n";

export const recordId = (id: string): string => `<urn:uuid:${id}>`;

export function uuidOf(written: string): string {
  return written.replace(/^<(?:urn:uuid:)?|>$/g, "");
}

/** A record as it is written, before it is compressed. */
export function recordBytes(headers: Headers, block: Uint8Array): Buffer {
  const lines = [...headers, ["Content-Length", String(block.length)] as const].map(
    ([name, value]) => `${name}: ${value}`,
  );
  const head = `WARC/1.1${LINE}${lines.join(LINE)}${LINE}${LINE}`;
  return Buffer.concat([Buffer.from(head, "utf8"), block, Buffer.from(LINE + LINE)]);
}

/** Reads one whole record. Throws Damaged. */
export function readRecord(content: Buffer): WarcRecord {
  const { lines, rest } = headOf(content);
  if (!/^WARC\/\d\.\d$/.test(lines[0] ?? "")) throw new Damaged("is no WARC record");
  const headers = new Map(headerLines(lines.slice(1)).map(([name, value]) => [name.toLowerCase(), value]));
  const length = Number(headers.get("content-length") ?? Number.NaN);
  if (!Number.isSafeInteger(length) || rest.length !== length + 4) {
    throw new Damaged("has another length than it says");
  }
  return {
    type: headers.get("warc-type") ?? "",
    id: uuidOf(headers.get("warc-record-id") ?? ""),
    headers,
    block: rest.subarray(0, length),
  };
}

/** An HTTP message as it lies in a record. */
export interface Message {
  /** `HTTP/1.1 200 OK` or `GET / HTTP/1.1`. */
  readonly start: string;
  readonly headers: Headers;
  readonly payload: Buffer;
}

export function messageBytes(start: string, headers: Headers, payload: Uint8Array): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  // Header fields are octets; the client reads them one character each.
  return Buffer.concat([
    Buffer.from([start, ...lines, "", ""].join(LINE).replace(/[^\0-\xff]/g, "?"), "latin1"),
    payload,
  ]);
}

export function readMessage(block: Buffer): Message {
  const { lines, rest } = headOf(block);
  return { start: lines[0] ?? "", headers: headerLines(lines.slice(1)), payload: rest };
}

export function headerOf(headers: Headers, name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

function headOf(bytes: Buffer): { readonly lines: readonly string[]; readonly rest: Buffer } {
  const end = bytes.indexOf(LINE + LINE);
  if (end < 0) throw new Damaged("has no end of its headers");
  const lines = bytes.subarray(0, end).toString("latin1").split(LINE);
  return { lines, rest: bytes.subarray(end + 4) };
}

function headerLines(lines: readonly string[]): Headers {
  return lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
  });
}
