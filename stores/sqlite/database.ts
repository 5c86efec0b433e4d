import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StopAll, UsageError } from "../../contracts/errors.ts";
import { takeWriteLock } from "./lock.ts";
import { MIGRATIONS } from "./migrations.ts";

export interface Database {
  readonly raw: DatabaseSync;
  /** All of `work` or nothing of it. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** 64 MiB of pages in memory, in KiB: the busy part of the indexes of a few million posts. */
const CACHE_KIB = 65_536;
/** Pages before the write-ahead log is folded back: 32 MiB, so that a long import does it seldom. */
const CHECKPOINT_PAGES = 8_192;
/** The log file is cut back to this many bytes when it has been folded. */
const LOG_BYTES = 64 << 20;
/** How long a reader and the writer wait for one another, milliseconds. */
const PATIENCE_MS = 5_000;

/** `write`: the one process that writes; `read`: any other; `beside`: another for one small write, in a transaction. */
export type Access = "write" | "read" | "beside";

/** Opens the file; to write, makes it when it is not there, and brings its tables up to date. */
export function openDatabase(file: string, access: Access): Database {
  const inMemory = file === ":memory:";
  const writes = access === "write";
  if (!writes && !inMemory && !existsSync(file)) {
    throw new UsageError(
      `there is no data in ${path.dirname(file)} yet; crawl or import something first, or give --data the folder that has it`,
      66,
    );
  }
  const unlock = !writes || inMemory ? () => {} : lockFolder(file);
  try {
    const raw = new DatabaseSync(file, { readOnly: access === "read", timeout: PATIENCE_MS });
    try {
      raw.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
      if (writes) {
        raw.exec(`
          PRAGMA journal_mode = WAL;
          PRAGMA synchronous = NORMAL;
          PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};
          PRAGMA journal_size_limit = ${LOG_BYTES};
        `);
      }
      migrate(raw, file, access);
    } catch (error) {
      raw.close();
      throw error;
    }
    return {
      raw,
      transaction: (work) => transaction(raw, work),
      close: () => {
        if (raw.isOpen) raw.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

function lockFolder(file: string): () => void {
  const folder = path.dirname(file);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(`the folder ${folder} cannot be made: ${(error as Error).message}`, 73, {
      cause: error,
    });
  }
  return takeWriteLock(file);
}

function migrate(raw: DatabaseSync, file: string, access: Access): void {
  const version = Number(raw.prepare("PRAGMA user_version").get()!.user_version);
  if (version > MIGRATIONS.length) {
    throw new StopAll(
      `${file} was written by a newer Headwater; run that one, or give --data another folder`,
    );
  }
  if (version === MIGRATIONS.length) return;
  if (access !== "write") {
    throw new UsageError(
      `${file} was written by an older Headwater; run \`headwater up --once\` to bring it up to date`,
    );
  }
  for (const [i, step] of MIGRATIONS.entries()) {
    if (i < version) continue;
    transaction(raw, () => raw.exec(`${step}; PRAGMA user_version = ${i + 1}`));
  }
}

function transaction<T>(raw: DatabaseSync, work: () => T): T {
  raw.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    raw.exec("COMMIT");
    return result;
  } catch (error) {
    // A full disk may already have ended the transaction.
    if (raw.isTransaction) raw.exec("ROLLBACK");
    throw error;
  }
}
