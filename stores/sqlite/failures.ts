import path from "node:path";
import { RetryLater, StopAll } from "../../contracts/errors.ts";

/** SQLite's primary result codes, https://sqlite.org/rescode.html; the higher bits of `errcode` say more. */
const BUSY = 5;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

/** The primary result code of an error of node:sqlite, or null for any other error. */
export function resultCode(error: unknown): number | null {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return null;
  return error.errcode & 0xff;
}

export function isBusy(error: unknown): boolean {
  return resultCode(error) === BUSY;
}

/** The error that says what to do about a failure of the database; any other error as it is. */
export function explained(error: unknown, file: string): unknown {
  const folder = path.dirname(file);
  const options = { cause: error };
  switch (resultCode(error)) {
    case FULL:
      return new StopAll(
        `The disk that holds ${folder} is full; free some space and start again, nothing stored is lost`,
        options,
      );
    case CORRUPT:
    case NOTADB:
      return new StopAll(
        `${file} is damaged or is not a Headwater database; move it away and import again, or restore a copy of it`,
        options,
      );
    case IOERR:
      return new StopAll(
        `${file} cannot be read or written (${told(error)}); check the disk, then start again`,
        options,
      );
    case READONLY:
    case CANTOPEN:
      return new StopAll(
        `${file} cannot be opened for writing; check who owns ${folder} and its permissions`,
        options,
      );
    case BUSY:
      // Only one process writes; a reader may stand in the way of a checkpoint for a moment.
      return new RetryLater(`${file} is busy`, 1_000, options);
    default:
      return error;
  }
}

function told(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
