import { createHash } from "node:crypto";
import { rm, stat, truncate } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { sha256 } from "./digest.ts";
import { OPEN, warcFiles, writerOf } from "./files.ts";
import { excerptName, seal } from "./manifest.ts";
import { uuidOf } from "./record.ts";
import { scan } from "./scan.ts";
import { openHere } from "./writer.ts";

/** A process closes its file at least this often; one untouched for longer was left by a process that ended, on whatever machine. */
export const LEFT_AFTER_MS = 26 * 3_600_000;

/**
 * Closes files that ended processes left open: cuts off a record that was being written, and writes the manifest. Calls
 * `mended` with each.
 */
export async function mendLeft(folder: string, mended: (closed: string, cut: number) => void): Promise<void> {
  for (const { file, open } of await warcFiles(folder)) {
    const closed = path.join(folder, ...file.split("/"));
    if (!open || openHere.has(closed + OPEN) || !(await isLeft(closed + OPEN))) continue;
    const cut = await mend(closed);
    if (cut !== null) mended(closed, cut);
  }
}

/** How many bytes were cut off; null when nothing was left of it. */
async function mend(closed: string): Promise<number | null> {
  const whole = createHash("sha256");
  const excerpts = new Map<string, string>();
  const { size } = await stat(closed + OPEN);
  let end = 0;
  let last: { readonly id: string; readonly packed: Buffer } | null = null;
  for await (const part of scan(closed + OPEN)) {
    if ("problem" in part) {
      if (part.torn) break;
      // Kept as it is: what it was may be seen yet, and the manifest has no hash of it.
      whole.update(part.packed);
      continue;
    }
    const { record, packed } = part;
    const of = uuidOf(record.headers.get("warc-concurrent-to") ?? "");
    // A request belongs to the answer before it.
    last =
      last !== null && of === last.id
        ? { id: last.id, packed: Buffer.concat([last.packed, packed]) }
        : { id: record.id, packed };
    excerpts.set(excerptName(last.id), sha256(last.packed));
    whole.update(packed);
    end = part.offset + part.length;
  }
  if (end === 0) {
    await rm(closed + OPEN);
    return null;
  }
  if (end < size) await truncate(closed + OPEN, end);
  await seal(closed, whole.digest("hex"), excerpts);
  return size - end;
}

/** Whether nobody writes it any more: its process is none of this machine's, or it is too old to be written by any. */
async function isLeft(file: string): Promise<boolean> {
  const writer = writerOf(file);
  const here = os.hostname().replace(/[^A-Za-z0-9.]/g, "_");
  // Our own number was another's before us.
  if (writer?.host === here) return writer.pid === process.pid || !isRunning(writer.pid);
  const { mtimeMs } = await stat(file);
  return Date.now() - mtimeMs > LEFT_AFTER_MS;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
