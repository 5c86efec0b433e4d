import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { addAbortSignal, pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { CollectorIo } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import type { FileOptions } from "./options.ts";

type Chunks = AsyncIterable<Uint8Array>;

export interface Opened {
  /** How messages call it. */
  readonly name: string;
  /** Its bytes as UTF-8, unpacked. Ends with a SetAside when the file breaks off. */
  readonly chunks: Chunks;
  /** Bytes read of the file as it lies there (compressed), and all of them; null for a stream. */
  progress(): { readonly done: number; readonly total: number } | null;
}

/** Opens a file, standard input or an address. Throws SetAside when there is nothing to read or it is no text. */
export async function open({ path, url, encoding }: FileOptions, io: CollectorIo): Promise<Opened> {
  const opened = (name: string, bytes: Chunks, progress: Opened["progress"] = () => null): Opened => ({
    name,
    chunks: asUtf8(unpacked(bytes, name), name, encoding),
    progress,
  });
  if (url !== undefined) {
    const { body } = await io.fetch(url, { signal: io.signal });
    return opened(url, Readable.from([body]));
  }
  if (path === "-") return opened("standard input", addAbortSignal(io.signal, process.stdin));
  const total = await sizeOf(path!);
  let done = 0;
  const counted = async function* () {
    // 256 KiB a read: fewer turns of the event loop than the 64 KiB of the default, and still little memory.
    for await (const chunk of createReadStream(path!, { signal: io.signal, highWaterMark: 1 << 18 })) {
      done += (chunk as Buffer).length;
      yield chunk as Buffer;
    }
  };
  return opened(path!, counted(), () => ({ done, total }));
}

async function sizeOf(path: string): Promise<number> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new SetAside(`${path} is a folder; name the files in it`);
    return found.size;
  } catch (error) {
    if (error instanceof SetAside) throw error;
    const why =
      (error as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : (error as Error).message;
    throw new SetAside(`${path} cannot be read: ${why}`, { cause: error });
  }
}

/** Gzip is told by its first two bytes, whatever the name says. */
async function* unpacked(source: Chunks, name: string): AsyncGenerator<Uint8Array> {
  const { start, whole } = await peek(source, 4);
  if (start[0] === 0x50 && start[1] === 0x4b && start[2] === 3) {
    throw new SetAside(`${name} is a ZIP archive; unpack it and import the files in it`);
  }
  if (start[0] !== 0x1f || start[1] !== 0x8b) {
    yield* whole;
    return;
  }
  // `pipeline` carries a failure of either side to the reader; it is told where the chunks are read, not here.
  const plain = pipeline(Readable.from(whole, { objectMode: false }), createGunzip(), () => {});
  try {
    for await (const chunk of plain) yield chunk as Buffer;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code?.startsWith("Z_") !== true) throw error;
    throw new SetAside(
      `${name} breaks off inside its compressed data (${(error as Error).message}); what came before it was read. Get the file anew`,
      { cause: error },
    );
  }
}

/** UTF-16 is told by its mark; other encodings are named by the user. UTF-8 goes through as it is, to be checked line by line. */
async function* asUtf8(
  source: Chunks,
  name: string,
  encoding: string | undefined,
): AsyncGenerator<Uint8Array> {
  const { start, whole } = await peek(source, 512);
  const wide =
    start[0] === 0xff && start[1] === 0xfe
      ? "utf-16le"
      : start[0] === 0xfe && start[1] === 0xff
        ? "utf-16be"
        : null;
  const label = wide ?? encoding ?? "utf-8";
  if (wide === null && !label.startsWith("utf-16") && start.includes(0)) {
    throw new SetAside(`${name} is no text: it holds the bytes of something else`);
  }
  const decoder = new TextDecoder(label);
  if (decoder.encoding === "utf-8") {
    yield* whole;
    return;
  }
  for await (const chunk of whole) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

/** The first bytes of a stream (fewer when it is shorter), and the stream whole; a failure comes where it stands in it. */
export async function peek(
  source: Chunks,
  count: number,
): Promise<{ readonly start: Uint8Array; readonly whole: AsyncGenerator<Uint8Array> }> {
  const iterator = source[Symbol.asyncIterator]();
  const read: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  let failure: { readonly error: unknown } | null = null;
  while (size < count && !ended && failure === null) {
    try {
      const next = await iterator.next();
      ended = next.done === true;
      if (next.done !== true) {
        read.push(next.value);
        size += next.value.length;
      }
    } catch (error) {
      failure = { error };
    }
  }
  const whole = async function* () {
    try {
      yield* read;
      if (failure !== null) throw failure.error;
      while (!ended) {
        const next = await iterator.next();
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  };
  return { start: Buffer.concat(read).subarray(0, count), whole: whole() };
}
