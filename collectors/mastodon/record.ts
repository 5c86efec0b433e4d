import type { Fields } from "../fields.ts";

/** One status as `collect` yields it. */
export interface StatusRecord {
  /** The server that showed it: short names and numbers are its own. */
  readonly server: string;
  readonly status: Fields;
  readonly sha256: string;
}
