import type { Entry, ZipFile } from "yauzl";
import { SetAside } from "../../contracts/errors.ts";

/** One file of an archive. */
export interface Packed {
  readonly name: string;
  /** Bytes it takes in the archive. */
  readonly size: number;
  read(): AsyncIterable<Uint8Array>;
}

export interface Zip {
  readonly files: readonly Packed[];
  close(): void;
}

/** More files are no export, and a table of contents of millions fills the memory. */
const MOST_FILES = 10_000;
/** Text packs to a tenth, tables that repeat themselves to a fiftieth; what unpacks to more is made to fill disks. */
const HIGHEST_RATIO = 200;
/** Smaller files may repeat themselves as they like. */
const HARMLESS = 10_000_000;

/** Opens a ZIP archive by its table of contents. Throws SetAside for one that is damaged, locked or made to do harm. */
export async function openZip(source: string | Uint8Array, name: string): Promise<Zip> {
  try {
    const { fromBufferPromise, openPromise } = await import("yauzl");
    const zip = await (typeof source === "string"
      ? openPromise(source, { autoClose: false })
      : fromBufferPromise(Buffer.from(source), { autoClose: false }));
    const files: Packed[] = [];
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith("/")) continue;
      if (files.length >= MOST_FILES)
        throw new SetAside(`${name} holds more than ${MOST_FILES} files; it is no export`);
      files.push(packed(zip, entry, name));
    }
    return { files, close: () => zip.close() };
  } catch (error) {
    if (error instanceof SetAside) throw error;
    throw new SetAside(
      `${name} is a ZIP archive that cannot be opened: ${(error as Error).message}. Get it anew`,
      {
        cause: error,
      },
    );
  }
}

function packed(zip: ZipFile, entry: Entry, name: string): Packed {
  const { fileName, compressedSize, uncompressedSize } = entry;
  const where = `${name}/${fileName}`;
  return {
    name: fileName,
    size: compressedSize,
    async *read() {
      if (entry.isEncrypted())
        throw new SetAside(`${where} is locked with a password; unpack it and import the files`);
      if (uncompressedSize > HARMLESS && uncompressedSize > compressedSize * HIGHEST_RATIO) {
        throw new SetAside(
          `${where} unpacks to ${uncompressedSize.toLocaleString("en")} bytes, which no export does`,
        );
      }
      try {
        // The library stops where more comes than the table of contents says.
        for await (const chunk of await zip.openReadStreamPromise(entry)) yield chunk as Buffer;
      } catch (error) {
        throw new SetAside(`${where} cannot be unpacked to its end: ${(error as Error).message}`, {
          cause: error,
        });
      }
    },
  };
}
