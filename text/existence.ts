import type { Existence, Remover, Visit } from "../contracts/revisit.ts";

/**
 * Two findings so far apart are two: a server that is being mended, or a front door that has lost its pages, is back by
 * then as a rule.
 */
export const APART_MS = 3_600_000;

/**
 * What visits add up to, whatever the order they are given in; null for none. A post is deleted when, since it was last
 * seen, it was found gone at least twice, an hour or more apart; what could not be reached in between says nothing.
 */
export function existenceOf(visits: readonly Visit[]): Existence | null {
  const all = inOrder(visits);
  const last = all.at(-1);
  if (last === undefined) return null;
  const seen = all.findLastIndex(({ found }) => found === "seen");
  const after = all.slice(seen + 1);
  const gone = after.filter(({ found }) => found === "gone");
  const seen_at = seen < 0 ? null : all[seen]!.at;
  const known = { seen_at, visited_at: last.at, missed: after.length };
  const [first, latest] = [gone[0], gone.at(-1)];
  if (first !== undefined && latest !== undefined) {
    const apart = Date.parse(latest.at) - Date.parse(first.at);
    const state = gone.length > 1 && apart >= APART_MS ? "deleted" : "unconfirmed";
    return { state, ...saying(gone), since: first.at, ...known };
  }
  if (last.found === "unreachable") {
    return {
      state: "unreachable",
      by: null,
      reason: last.reason,
      sha256: null,
      since: after[0]!.at,
      ...known,
    };
  }
  return { state: "present", by: null, reason: null, sha256: null, since: last.at, ...known };
}

/** Whether people see a difference: another state, remover or bound. */
export function differs(before: Existence | null, after: Existence | null): boolean {
  const told = (each: Existence | null) => [each?.state ?? "present", each?.by ?? null];
  return JSON.stringify(told(before)) !== JSON.stringify(told(after));
}

/** The latest that says by whom; a bare absence does not outweigh it. */
function saying(gone: readonly Visit[]): { by: Remover; reason: string | null; sha256: string | null } {
  const visit = gone.findLast(({ by }) => by !== null && by !== "unknown") ?? gone.at(-1)!;
  return { by: visit.by ?? "unknown", reason: visit.reason, sha256: visit.sha256 };
}

function inOrder(visits: readonly Visit[]): readonly Visit[] {
  const key = (visit: Visit) => `${visit.at} ${visit.found} ${visit.by} ${visit.reason}`;
  return visits.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
