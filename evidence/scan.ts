import { type FileHandle, open } from "node:fs/promises";
import { CutShort, Damaged, nextMember, readMember } from "./gzip.ts";
import { readRecord, type WarcRecord } from "./record.ts";

/** A record with where it lies in its file, compressed. */
export interface Placed {
  readonly offset: number;
  readonly length: number;
  readonly record: WarcRecord;
  /** Compressed, as it lies there. */
  readonly packed: Buffer;
}

/** What lies there and is no record. `torn` is the end of a file that a crash cut. */
export interface Broken {
  readonly offset: number;
  readonly length: number;
  readonly problem: string;
  readonly packed: Buffer;
  readonly torn: boolean;
}

/** Read at once; a record that is larger is read again with twice as much. */
const WINDOW = 1 << 20;
/** A record that seems to go on for longer than this is damaged: no body that is kept comes near it. */
const LARGEST_WINDOW = 1 << 28;

/** Every record of a file in order, and what is damaged between them: reading goes on after it. */
export async function* scan(path: string): AsyncGenerator<Placed | Broken> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    let at = 0;
    let wanted = WINDOW;
    while (at < size) {
      const window = await readBytes(file, at, Math.min(wanted, size - at));
      const whole = at + window.length >= size;
      let here = 0;
      while (here < window.length) {
        const read = tryRead(window, here);
        if (read instanceof CutShort && !whole && wanted < LARGEST_WINDOW) break;
        if (!(read instanceof Error)) {
          yield { offset: at + here, length: read.length, record: read.record, packed: read.packed };
          here += read.length;
          continue;
        }
        const next = nextRecord(window, here + 1, whole);
        const torn = read instanceof CutShort && whole && next < 0;
        const length = (next < 0 ? window.length : next) - here;
        const packed = window.subarray(here, here + length);
        yield { offset: at + here, length, problem: read.message, packed, torn };
        here += length;
      }
      wanted = here === 0 ? wanted * 2 : WINDOW;
      at += here;
    }
  } finally {
    await file.close();
  }
}

/** The records within a stretch of a file. Throws Damaged or CutShort. */
export async function readRecords(path: string, offset: number, length: number): Promise<readonly Placed[]> {
  const file = await open(path, "r");
  try {
    const bytes = await readBytes(file, offset, length);
    if (bytes.length < length) throw new CutShort("ends before it");
    const placed: Placed[] = [];
    for (let at = 0; at < bytes.length; ) {
      const read = tryRead(bytes, at);
      if (read instanceof Error) throw read;
      placed.push({ offset: offset + at, length: read.length, record: read.record, packed: read.packed });
      at += read.length;
    }
    return placed;
  } finally {
    await file.close();
  }
}

function tryRead(bytes: Buffer, at: number) {
  try {
    const { content, length } = readMember(bytes, at);
    return { record: readRecord(content), length, packed: bytes.subarray(at, at + length) };
  } catch (error) {
    if (error instanceof CutShort || error instanceof Damaged) return error;
    throw error;
  }
}

/** Where the next record begins. One that the window cuts may be one, unless the window is all there is. */
function nextRecord(bytes: Buffer, from: number, whole: boolean): number {
  for (let at = nextMember(bytes, from); at >= 0; at = nextMember(bytes, at + 1)) {
    const read = tryRead(bytes, at);
    if (!(read instanceof Error) || (read instanceof CutShort && !whole)) return at;
  }
  return -1;
}

async function readBytes(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await file.read(buffer, read, length - read, position + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return buffer.subarray(0, read);
}
