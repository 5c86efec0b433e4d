import type { Existence } from "../contracts/revisit.ts";

/** When posts are looked at again. Times are milliseconds. */
export interface RevisitTimes {
  /** After the wording was first seen, the shortest first. */
  readonly after: readonly number[];
  /** After a visit that told nothing for sure. */
  readonly confirm: number;
}

/** What cannot be reached so often is left to the plain times. */
const MOST_RETRIES = 6;

/**
 * When a post is to be looked at next, null for never again. A time that has passed means now: one visit makes up for all
 * that were missed. What was found gone, or not reached, is looked at again soon, with growing pauses.
 */
export function nextVisit(
  first_seen: string,
  existence: Existence | null,
  { after, confirm }: RevisitTimes,
): string | null {
  const seen = Date.parse(first_seen);
  const last = existence === null ? seen : Math.max(seen, Date.parse(existence.visited_at));
  const planned = after.map((time) => seen + time).find((at) => at > last) ?? null;
  const soon =
    existence !== null &&
    (existence.state === "unconfirmed" || existence.state === "unreachable") &&
    existence.missed <= MOST_RETRIES
      ? last + confirm * 2 ** (existence.missed - 1)
      : null;
  if (planned === null && soon === null) return null;
  return new Date(Math.min(planned ?? Infinity, soon ?? Infinity)).toISOString();
}
