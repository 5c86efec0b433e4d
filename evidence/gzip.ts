import { promisify } from "node:util";
import { crc32, gzip, inflateRawSync } from "node:zlib";

/** The bytes end before the member does. */
export class CutShort extends Error {
  override readonly name = "CutShort";
}

/** The bytes are not what they were written as. */
export class Damaged extends Error {
  override readonly name = "Damaged";
}

/** Larger than any body that is kept; what claims to be larger still is damaged, or was made to fill the memory. */
const LARGEST_CONTENT = 1 << 30;

const HEADER_BYTES = 10;
const TRAILER_BYTES = 8;
const FLAGS = { checksum: 2, extra: 4, name: 8, comment: 16 } as const;

export const deflated: (content: Uint8Array) => Promise<Buffer> = promisify(gzip);

/** Reads the one gzip member (RFC 1952) that begins at `at`, and says how many bytes it takes. */
export function readMember(bytes: Buffer, at = 0): { readonly content: Buffer; readonly length: number } {
  const begins = at + headerLength(bytes, at);
  const { buffer: content, engine } = inflated(bytes.subarray(begins));
  const ends = begins + engine.bytesWritten;
  if (bytes.length < ends + TRAILER_BYTES) throw new CutShort("ends within the checksum");
  if (bytes.readUInt32LE(ends) !== crc32(content)) throw new Damaged("does not fit its checksum");
  if (bytes.readUInt32LE(ends + 4) !== content.length % 2 ** 32) throw new Damaged("does not fit its length");
  return { content, length: ends + TRAILER_BYTES - at };
}

/** Where the next member may begin after `from`; -1 when nowhere. */
export function nextMember(bytes: Buffer, from: number): number {
  return bytes.indexOf(Uint8Array.of(0x1f, 0x8b, 8), from);
}

function headerLength(bytes: Buffer, at: number): number {
  if (bytes.length < at + HEADER_BYTES) throw new CutShort("ends within a header");
  if (nextMember(bytes.subarray(at, at + 3), 0) !== 0) throw new Damaged("does not begin as gzip does");
  const flags = bytes[at + 3]!;
  let length = HEADER_BYTES;
  if (flags & FLAGS.extra) {
    if (bytes.length < at + length + 2) throw new CutShort("ends within a header");
    length += 2 + bytes.readUInt16LE(at + length);
  }
  for (const flag of [FLAGS.name, FLAGS.comment]) {
    if (!(flags & flag)) continue;
    const zero = bytes.indexOf(0, at + length);
    if (zero < 0) throw new CutShort("ends within a header");
    length = zero + 1 - at;
  }
  if (flags & FLAGS.checksum) length += 2;
  return length;
}

function inflated(bytes: Buffer): { readonly buffer: Buffer; readonly engine: { bytesWritten: number } } {
  try {
    // With `info` it says how much it read: what follows the member is left alone.
    return inflateRawSync(bytes, { info: true, maxOutputLength: LARGEST_CONTENT }) as unknown as ReturnType<
      typeof inflated
    >;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "Z_BUF_ERROR")
      throw new CutShort("ends in the middle", { cause });
    throw new Damaged(`cannot be unpacked (${(cause as Error).message})`, { cause });
  }
}
