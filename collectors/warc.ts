import { brotliDecompressSync, constants, gunzipSync, inflateSync } from "node:zlib";

/** The largest article pages have some megabytes; what unpacks to more is none, or a bomb. */
export const MOST_BYTES = 50_000_000;

export interface Head {
  readonly first: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly rest: Uint8Array;
}

/** The first line, the headers by their names in lower case, and what follows the empty line. */
export function headOf(bytes: Uint8Array): Head | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const crlf = buffer.indexOf("\r\n\r\n");
  const end = crlf >= 0 ? crlf : buffer.indexOf("\n\n");
  if (end < 0) return null;
  const [first = "", ...lines] = buffer.subarray(0, end).toString("latin1").split(/\r?\n/);
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] ??= line.slice(colon + 1).trim();
  }
  return { first: first.trim(), headers, rest: buffer.subarray(end + (crlf >= 0 ? 4 : 2)) };
}

/** An answer of HTTP as a record of WARC holds it; null for what is none. */
export function answerIn(block: Uint8Array): {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded of chunks and content encoding. */
  readonly body: Uint8Array;
} | null {
  const answer = headOf(block);
  const status = Number(/^HTTP\/[\d.]+\s+(\d{3})/.exec(answer?.first ?? "")?.[1]);
  if (answer === null || Number.isNaN(status)) return null;
  const { headers } = answer;
  const whole = /chunked/i.test(headers["transfer-encoding"] ?? "") ? joined(answer.rest) : answer.rest;
  return { status, headers, body: decoded(whole, headers["content-encoding"] ?? "") };
}

/** The chunks put together; archives keep the header at times though they have joined the chunks already. */
function joined(bytes: Uint8Array): Uint8Array {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Buffer[] = [];
  let at = 0;
  while (at < buffer.length) {
    const end = buffer.indexOf("\r\n", at);
    const size = end < 0 ? "" : buffer.subarray(at, end).toString("latin1").split(";", 1)[0]!.trim();
    if (!/^[\da-f]{1,8}$/i.test(size)) return parts.length === 0 ? bytes : Buffer.concat(parts);
    const length = Number.parseInt(size, 16);
    if (length === 0) break;
    parts.push(buffer.subarray(end + 2, end + 2 + length));
    at = end + 2 + length + 2;
  }
  return Buffer.concat(parts);
}

/** Archives keep this header, too, of bodies that they have decoded; then they are left as they are. */
function decoded(body: Uint8Array, encoding: string): Uint8Array {
  const limits = { maxOutputLength: MOST_BYTES, finishFlush: constants.Z_SYNC_FLUSH };
  try {
    if (/gzip/i.test(encoding)) return gunzipSync(body, limits);
    if (/deflate/i.test(encoding)) return inflateSync(body, limits);
    if (/\bbr\b/i.test(encoding)) return brotliDecompressSync(body, { maxOutputLength: MOST_BYTES });
  } catch {
    return body;
  }
  return body;
}
