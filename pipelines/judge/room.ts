import { totalmem } from "node:os";

const MB = 1024 * 1024;
/** A month of a busy collection is compared without reading a post twice. */
const MOST = 352 * MB;
/** Beside it a process holds what it is just about: pages of posts, requests, and what nobody needs any more. */
const SHARE = 8;
/** This goes to posts prepared, in so many bytes a character; the rest to gists of those let go of. */
const PREPARED = 5 / 11;
const BYTES_A_CHARACTER = 14;

/** What a desk may keep. */
export interface Room {
  /** Of text that is kept prepared. */
  readonly characters: number;
  /** Bytes of the gists of posts that are no longer kept prepared. Of a million short posts each has one. */
  readonly gists: number;
}

/** Of `analysis.cache_mb`; where that is null, of what this process may have by its container or machine. */
export function roomIn(megabytes: number | null): Room {
  const memory = process.constrainedMemory() || totalmem();
  const bytes = megabytes === null ? Math.min(MOST, memory / SHARE) : megabytes * MB;
  const prepared = bytes * PREPARED;
  return { characters: Math.floor(prepared / BYTES_A_CHARACTER), gists: bytes - prepared };
}
