import type { Run } from "../../contracts/run.ts";

/** A run that failed, or one in which not a single record could be read: pages that are refused one by one. */
export function isFailure({ status, seen, buckets }: Run): boolean {
  return status === "failed" || (seen > 0 && buckets.rejected === seen);
}
