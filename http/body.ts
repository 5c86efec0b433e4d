import type { Duplex, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from "node:zlib";

/** A body that is larger than may be kept. */
export class TooLarge extends Error {
  override readonly name = "TooLarge";
}

/** A body in a content encoding that is unknown, or that is not what its header says. */
export class Undecodable extends Error {
  override readonly name = "Undecodable";
}

type Bytes = AsyncIterable<Uint8Array>;

/** Servers send at most two, by mistake; more is an attack (CVE-2022-32206). */
const MOST_ENCODINGS = 3;

/** RFC 9659 bounds the zstd window to 8 MB, or a frame header alone could claim gigabytes. */
const ZSTD_WINDOW = { params: { [constants.ZSTD_d_windowLogMax]: 23 } };

export interface ReadBody {
  /** Decoded of its content encoding. */
  readonly body: Buffer;
  /** As it came. */
  readonly payload: Buffer;
}

/**
 * Reads a body to its end, decoding as its `content-encoding` says. Bytes are counted by us as they come off the wire
 * and after every decoder, and reading stops at the limit: no client limit stops a bomb of compressed zeros.
 * With `cut` the bytes up to the limit are the answer instead of a failure.
 */
export async function readBody(
  body: Readable,
  encoding: string | undefined,
  limit: { readonly bytes: number; readonly cut: boolean },
): Promise<ReadBody> {
  const codings = (encoding ?? "")
    .toLowerCase()
    .split(",")
    .map((coding) => coding.trim())
    .filter((coding) => coding !== "" && coding !== "identity");
  if (codings.length > MOST_ENCODINGS)
    throw new Undecodable(`has ${codings.length} content encodings on top of each other`);
  const counted = (source: Bytes): Bytes => (limit.cut ? source : atMost(source, limit.bytes));
  const came: Uint8Array[] = [];
  let source = counted(codings.length === 0 ? body : keeping(body, came));
  for (const coding of codings.toReversed()) source = counted(decoded(source, coding));

  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of source) {
      chunks.push(chunk);
      size += chunk.length;
      if (limit.cut && size >= limit.bytes) break;
    }
  } catch (error) {
    throw decodingFailure(error, codings) ?? error;
  }
  const read = Buffer.concat(chunks, Math.min(size, limit.bytes));
  return { body: read, payload: codings.length === 0 ? read : Buffer.concat(came) };
}

async function* keeping(source: Bytes, chunks: Uint8Array[]): Bytes {
  for await (const chunk of source) {
    chunks.push(chunk);
    yield chunk;
  }
}

async function* atMost(source: Bytes, limit: number): Bytes {
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > limit) throw new TooLarge(`has a body of more than ${limit.toLocaleString("en")} bytes`);
    yield chunk;
  }
}

/** Nothing at all is an empty body, whatever encoding its header names. */
async function* decoded(source: Bytes, coding: string): Bytes {
  const chunks = source[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done) return;
  const whole = async function* (): Bytes {
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => chunks };
  };
  const decoding = decoder(coding, first.value[0]!);
  // What goes wrong here also ends `decoding`, and comes to light where it is read.
  pipeline(whole, decoding).catch(() => {});
  yield* decoding as Bytes;
}

function decoder(coding: string, firstByte: number): Duplex {
  switch (coding) {
    case "gzip":
    case "x-gzip":
      return createGunzip();
    case "br":
      return createBrotliDecompress();
    case "zstd":
      return createZstdDecompress(ZSTD_WINDOW);
    case "deflate":
      // It means the zlib format (RFC 9110, 8.4.1.2), yet some servers send it bare: the first byte tells.
      return (firstByte & 0x0f) === 8 ? createInflate() : createInflateRaw();
    default:
      throw new Undecodable(`has the content encoding "${coding}", which was not asked for`);
  }
}

function decodingFailure(error: unknown, codings: readonly string[]): Undecodable | null {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  // A stream that ends too early was cut on the way: that may pass, and is left to the caller.
  if (code === "Z_BUF_ERROR" || !/^(?:Z_|ZSTD_|ERR__)/.test(code)) return null;
  return new Undecodable(`says its body is ${codings.join(", ")}, but it cannot be decoded so`, {
    cause: error,
  });
}
