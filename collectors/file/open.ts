import { createReadStream } from "node:fs";
import { open as openFile, stat } from "node:fs/promises";
import { addAbortSignal, pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { CollectorIo } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import { type Pages, sorted } from "./contents.ts";
import type { FileOptions } from "./options.ts";
import { openZip } from "./zip.ts";

type Chunks = AsyncIterable<Uint8Array>;

export interface Opened {
  /** How messages call it. */
  readonly name: string;
  /** Its bytes, unpacked: of a WARC file as they are, of all else as UTF-8. Ends with a SetAside when the file breaks off. */
  readonly chunks: Chunks;
  readonly isWarc: boolean;
  /** Of a collection of captures, the addresses that were looked at; null where nobody says. */
  readonly pages: Pages;
  /** Bytes read of the file as it lies there (compressed), and all of them; null for a stream. */
  progress(): { readonly done: number; readonly total: number } | null;
}

/** Opens a file, standard input or an address, or the files in an archive. Throws SetAside when there is nothing to read. */
export async function* open(options: FileOptions, io: CollectorIo): AsyncGenerator<Opened> {
  const { path, url, encoding } = options;
  if (url !== undefined) {
    const { body } = await io.fetch(url, { signal: io.signal });
    if (isZip(body)) yield* unzipped(body, url, body.length, encoding, io);
    else yield await opened(url, Readable.from([body]), encoding);
    return;
  }
  if (path === "-") {
    yield await opened("standard input", addAbortSignal(io.signal, process.stdin), encoding);
    return;
  }
  const total = await sizeOf(path!);
  if (await beginsAsZip(path!)) {
    yield* unzipped(path!, path!, total, encoding, io);
    return;
  }
  let done = 0;
  const counted = async function* () {
    // 256 KiB a read: fewer turns of the event loop than the 64 KiB of the default, and still little memory.
    for await (const chunk of createReadStream(path!, { signal: io.signal, highWaterMark: 1 << 18 })) {
      done += (chunk as Buffer).length;
      yield chunk as Buffer;
    }
  };
  yield { ...(await opened(path!, counted(), encoding)), progress: () => ({ done, total }) };
}

async function opened(name: string, bytes: Chunks, encoding: string | undefined): Promise<Opened> {
  const { start, whole } = await peek(unpacked(bytes, name), 5);
  const isWarc = Buffer.from(start).toString("latin1") === "WARC/";
  return {
    name,
    chunks: isWarc ? whole : asUtf8(whole, name, encoding),
    isWarc,
    pages: null,
    progress: () => null,
  };
}

/** What an archive holds beside its records is counted and told. */
async function* unzipped(
  source: string | Uint8Array,
  name: string,
  total: number,
  encoding: string | undefined,
  io: CollectorIo,
): AsyncGenerator<Opened> {
  const zip = await openZip(source, name);
  try {
    const { records, pages, left } = await sorted(zip.files, name);
    let done = 0;
    for (const file of records) {
      const one = await opened(`${name}/${file.name}`, file.read(), encoding);
      const before = done;
      yield { ...one, pages, progress: () => ({ done: before, total }) };
      done += file.size;
    }
    if (left !== null) io.warn(name, left);
    if (records.length === 0)
      throw new SetAside(`${name} is an archive without a file that posts could be in`);
  } finally {
    zip.close();
  }
}

const isZip = (start: Uint8Array): boolean =>
  start[0] === 0x50 && start[1] === 0x4b && (start[2] === 3 || start[2] === 5);

async function beginsAsZip(path: string): Promise<boolean> {
  const file = await openFile(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return isZip(buffer);
  } finally {
    await file.close();
  }
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
  if (isZip(start)) {
    throw new SetAside(`${name} is a ZIP archive, which is read only from a file; save it, or unpack it`);
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
