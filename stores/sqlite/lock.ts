import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { UsageError } from "../../contracts/errors.ts";
import { isBusy } from "./failures.ts";

/**
 * Makes this process the only one that writes beside `file`; the returned function gives that up. The lock is an
 * open exclusive transaction on a file of its own, so the operating system drops it with the process, however that
 * ends, and readers of the database never meet it. Throws UsageError (75: try again later) when another has it.
 */
export function takeWriteLock(file: string): () => void {
  const lock = new DatabaseSync(`${file}.lock`, { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new UsageError(
      `another headwater process is writing in ${path.dirname(file)}; wait for it, or give --data another folder`,
      75,
      { cause: error },
    );
  }
  return () => {
    if (lock.isOpen) lock.close();
  };
}
