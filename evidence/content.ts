import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from "node:zlib";
import type { Exchange } from "../contracts/capture.ts";
import { Damaged } from "./gzip.ts";
import { headerOf, ORIGINAL } from "./record.ts";

/** More than any body that is kept: the client counted what it decoded. */
const LIMIT = { maxOutputLength: 1 << 30 };

/** What tools of web archives do not read: warcio knows no zstd, and ends with an error at brotli. */
const UNREAD = /\b(?:br|zstd)\b/i;

/**
 * The exchange in a form that archive tools read. We ask for encodings that they know; where a server sends another one all
 * the same, its body is kept decoded, and its header under another name says so.
 */
export function readable(exchange: Exchange): Exchange {
  const encoding = headerOf(exchange.response_headers, "content-encoding");
  if (encoding === undefined || exchange.truncated || !UNREAD.test(encoding)) return exchange;
  return {
    ...exchange,
    payload: decodedPayload(Buffer.from(exchange.payload), encoding),
    response_headers: exchange.response_headers.map(([name, value]) =>
      name.toLowerCase() === "content-encoding" ? [`${ORIGINAL}${name}`, value] : [name, value],
    ),
  };
}

/** A payload decoded of its content encoding, as the client read it. Throws Damaged. */
export function decodedPayload(payload: Buffer, encoding: string | undefined): Buffer {
  const codings = (encoding ?? "")
    .toLowerCase()
    .split(",")
    .map((coding) => coding.trim())
    .filter((coding) => coding !== "" && coding !== "identity");
  if (payload.length === 0) return payload;
  try {
    return codings.reduceRight((bytes, coding) => decoded(bytes, coding), payload);
  } catch (cause) {
    throw new Damaged(`cannot be decoded as ${codings.join(", ")}`, { cause });
  }
}

function decoded(bytes: Buffer, coding: string): Buffer {
  if (coding === "br") return brotliDecompressSync(bytes, LIMIT);
  if (coding === "zstd") return zstdDecompressSync(bytes, LIMIT);
  if (coding === "gzip" || coding === "x-gzip") return gunzipSync(bytes, LIMIT);
  return (bytes[0]! & 0x0f) === 8 ? inflateSync(bytes, LIMIT) : inflateRawSync(bytes, LIMIT);
}
