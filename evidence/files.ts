import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

/** While it is written a file has this at its end. */
export const OPEN = ".open";
/** Beside each closed file: the hash of the file and of every answer in it, as `sha256sum` writes them. */
export const MANIFEST = ".sha256";
/** Beside the manifest: its RFC 3161 timestamp. */
export const STAMP = ".sha256.tsr";

/** Who writes: no two processes that run at once on machines with different names have the same. */
export function writerName(): string {
  const host = os.hostname().replace(/[^A-Za-z0-9.]/g, "_") || "host";
  return `${host}-${process.pid}`;
}

/** `2026-11/headwater-20261126135201-desk-4711-1.warc.gz`: sorted by name they are sorted by time. */
export function fileName(at: Date, writer: string, serial: number): string {
  const digits = at.toISOString().replace(/\D/g, "").slice(0, 14);
  return `${at.toISOString().slice(0, 7)}/headwater-${digits}-${writer}-${serial}.warc.gz`;
}

const NAMED = /^headwater-\d{14}-(.+)-(\d+)-\d+\.warc\.gz(?:\.open)?$/;

/** The host and process that a file's name says it was written by. */
export function writerOf(file: string): { readonly host: string; readonly pid: number } | null {
  const match = NAMED.exec(path.posix.basename(file));
  return match === null ? null : { host: match[1]!, pid: Number(match[2]) };
}

/** Every WARC file below the folder, by name and so by time, whether it is still written or not. */
export async function warcFiles(
  folder: string,
): Promise<readonly { readonly file: string; readonly open: boolean }[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const months = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const found: { file: string; open: boolean }[] = [];
  for (const month of months.filter((name) => /^\d{4}-\d\d$/.test(name))) {
    for (const name of await readdir(path.join(folder, month))) {
      if (!NAMED.test(name)) continue;
      const open = name.endsWith(OPEN);
      found.push({ file: `${month}/${open ? name.slice(0, -OPEN.length) : name}`, open });
    }
  }
  return found.toSorted((a, b) => (a.file < b.file ? -1 : 1));
}

/** Where a file lies: under its own name, or with `.open` while it is written; null when it is not here. */
export function placeOf(folder: string, file: string): string | null {
  const closed = path.join(folder, ...file.split("/"));
  if (existsSync(closed)) return closed;
  return existsSync(closed + OPEN) ? closed + OPEN : null;
}

/** A closed file goes with its manifest and its timestamp; what is gone already is no matter. The file itself goes last. */
export async function removeFile(folder: string, file: string): Promise<void> {
  const closed = path.join(folder, ...file.split("/"));
  for (const end of [STAMP, MANIFEST, ""]) await rm(closed + end, { force: true });
}
