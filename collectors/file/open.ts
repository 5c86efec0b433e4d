import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { CollectorIo } from "../../contracts/collector.ts";
import { SetAside, UsageError } from "../../contracts/errors.ts";
import type { FileOptions } from "./options.ts";

export interface Opened {
  /** How messages call it. */
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Bytes read of the file as it lies there (compressed), and all of them; null for a stream. */
  progress(): { readonly done: number; readonly total: number } | null;
}

/** Opens a file, standard input or an address, unpacked where it is gzip. */
export async function open({ path, url }: FileOptions, io: CollectorIo): Promise<Opened> {
  if (url !== undefined) {
    const fetched = await io.fetch(url, { signal: io.signal });
    return { name: url, chunks: unpacked([fetched.body], url), progress: () => null };
  }
  if (path === "-")
    return {
      name: "standard input",
      chunks: unpacked(process.stdin, "standard input"),
      progress: () => null,
    };
  const total = await sizeOf(path!);
  let done = 0;
  const counted = async function* () {
    for await (const chunk of createReadStream(path!, { signal: io.signal, highWaterMark: 1 << 18 })) {
      done += (chunk as Buffer).length;
      yield chunk as Buffer;
    }
  };
  return { name: path!, chunks: unpacked(counted(), path!), progress: () => ({ done, total }) };
}

async function sizeOf(path: string): Promise<number> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new UsageError(`${path} is a folder; name the files in it`, 66);
    return found.size;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : error}`, 66, {
      cause: error,
    });
  }
}

/** Gzip is told by its first two bytes, whatever the name says. */
async function* unpacked(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array> {
  const chunks = source[Symbol.asyncIterator as keyof typeof source]
    ? (source as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]()
    : Readable.from(source as Iterable<Uint8Array>)[Symbol.asyncIterator]();
  const first = (await chunks.next()) as IteratorResult<Uint8Array>;
  if (first.done === true) return;
  const whole = async function* () {
    yield first.value;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next())
      yield next.value as Uint8Array;
  };
  if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) {
    yield* whole();
    return;
  }
  try {
    for await (const chunk of Readable.from(whole(), { objectMode: false }).pipe(createGunzip()))
      yield chunk as Buffer;
  } catch (error) {
    throw new SetAside(
      `${name} ends or breaks in the middle of its compressed data; what came before it was read`,
      { cause: error },
    );
  }
}
