import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import path from "node:path";
import type { Headers } from "../contracts/capture.ts";
import { StopAll } from "../contracts/errors.ts";
import { sha256 } from "./digest.ts";
import { warcinfo } from "./exchange-records.ts";
import { fileName, OPEN } from "./files.ts";
import { excerptName, seal } from "./manifest.ts";

export interface WriterOptions {
  readonly folder: string;
  /** A file is closed when it has reached so many bytes, or has been open for so long. */
  readonly file_bytes: number;
  readonly file_ms: number;
  /** Part of each file's name. */
  readonly writer: string;
  /** Fields of each file's warcinfo record. */
  readonly info: Headers;
  readonly now: () => Date;
  /** Called with each file that was closed. */
  readonly closed: (path: string) => void;
}

export interface Place {
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

export interface WarcWriter {
  /** `make` is given the UUID of the file's warcinfo record. Resolves once the bytes are on disk. */
  write(id: string, make: (info: string) => Promise<Buffer>): Promise<Place>;
  close(): Promise<void>;
}

/** Paths of the files that this process writes just now: nobody else's to close. */
export const openHere: Set<string> = new Set();

interface Open {
  readonly file: string;
  readonly path: string;
  readonly handle: FileHandle;
  readonly info: string;
  readonly until: number;
  readonly whole: ReturnType<typeof createHash>;
  readonly excerpts: Map<string, string>;
  size: number;
}

interface Waiting {
  readonly id: string;
  readonly make: (info: string) => Promise<Buffer>;
  readonly done: (place: Place) => void;
  readonly failed: (error: unknown) => void;
}

/** Writes the WARC files of one process, one after the other. What waits together is brought to disk together. */
export function createWriter(options: WriterOptions): WarcWriter {
  const { folder, file_bytes, file_ms, now } = options;
  let current: Open | null = null;
  let serial = 0;
  let waiting: Waiting[] = [];
  let working: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;

  async function opened(): Promise<Open> {
    if (current !== null && current.size < file_bytes && now().getTime() < current.until) return current;
    await finish();
    const at = now();
    for (;;) {
      const file = fileName(at, options.writer, ++serial);
      const closed = path.join(folder, ...file.split("/"));
      await mkdir(path.dirname(closed), { recursive: true });
      // "x": a process before us had the same number, in the same second.
      const handle = await open(closed + OPEN, "ax").catch((error: NodeJS.ErrnoException) => {
        if (error.code === "EEXIST") return null;
        throw error;
      });
      if (handle === null) continue;
      const info = randomUUID();
      const until = at.getTime() + file_ms;
      const fresh: Open = {
        ...{ file, path: closed, handle, info, until, size: 0 },
        whole: createHash("sha256"),
        excerpts: new Map(),
      };
      current = fresh;
      openHere.add(closed + OPEN);
      await append(fresh, [
        { id: info, bytes: await warcinfo(info, at.toISOString(), path.basename(closed), options.info) },
      ]);
      // A file is closed, and stamped, in its time also when nothing more comes.
      timer = setTimeout(() => enqueue(async () => current === fresh && finish()), file_ms).unref();
      return fresh;
    }
  }

  async function append(to: Open, parts: readonly { readonly id: string; readonly bytes: Buffer }[]) {
    const bytes = Buffer.concat(parts.map((part) => part.bytes));
    try {
      await to.handle.appendFile(bytes);
      await to.handle.datasync();
    } catch (error) {
      // Half a record would cut all that follows off from what is before.
      await to.handle.truncate(to.size).catch(() => {});
      throw error;
    }
    to.size += bytes.length;
    to.whole.update(bytes);
    for (const part of parts) to.excerpts.set(excerptName(part.id), sha256(part.bytes));
  }

  async function finish(): Promise<void> {
    const closing = current;
    current = null;
    if (timer !== null) clearTimeout(timer);
    if (closing === null) return;
    await closing.handle.close();
    await seal(closing.path, closing.whole.digest("hex"), closing.excerpts);
    openHere.delete(closing.path + OPEN);
    options.closed(closing.path);
  }

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        const to = await opened();
        const parts = await Promise.all(
          batch.map(async ({ id, make }) => ({ id, bytes: await make(to.info) })),
        );
        let offset = to.size;
        await append(to, parts);
        for (const [i, { bytes }] of parts.entries()) {
          batch[i]!.done({ file: to.file, offset, length: bytes.length });
          offset += bytes.length;
        }
      } catch (cause) {
        const error = cannotKeep(folder, cause);
        for (const { failed } of batch) failed(error);
      }
    }
  }

  /** One thing at a time happens to the file. */
  function enqueue(next: () => Promise<unknown>): Promise<void> {
    const before = working ?? Promise.resolve();
    const mine = before.then(async () => void (await next()));
    working = mine.catch(() => {});
    return mine;
  }

  return {
    write: (id, make) =>
      new Promise((done, failed) => {
        waiting.push({ id, make, done, failed });
        if (waiting.length === 1) void enqueue(work);
      }),
    close: () => enqueue(finish),
  };
}

function cannotKeep(folder: string, cause: unknown): StopAll {
  const why =
    (cause as NodeJS.ErrnoException).code === "ENOSPC" ? "the disk is full" : (cause as Error).message;
  return new StopAll(
    `evidence cannot be written to ${folder}: ${why}. What is collected is not kept without it: make room, or set \`evidence.keep: false\`.`,
    { cause },
  );
}
