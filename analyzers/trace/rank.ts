import { byTime, type Member, overlapInTime } from "./member.ts";
import type { Scored } from "./score.ts";

/** Two candidates whose scores differ by less than two Han characters or four letters cannot be told apart. */
export const TIE = 4;

export interface Ranked {
  /** Best first. */
  readonly order: readonly Scored[];
  /** How many of the first explain the child equally well. */
  readonly tied: number;
  /** Times could not tell the first of the tied either, and the larger audience decided which is named first. */
  readonly byAudience: boolean;
}

/**
 * Candidates best first. Of those that explain the child equally well one written the same to the letter goes before
 * others, and before those one that also has one of its links; then the earliest; and of the earliest whose times overlap, the one whose account most people follow: what
 * is copied is mostly copied from where many read it. That is a guess, and is told as one.
 */
export function rankCandidates(child: Member, scored: readonly Scored[]): Ranked {
  const best = scored.reduce((most, { score }) => Math.max(most, score), -Infinity);
  const near = scored.filter(({ score }) => best - score <= TIE);
  const toTheLetter = near.filter(({ parent }) => parent.letter === child.letter);
  const withALink = toTheLetter.filter(
    ({ ordered, parent }) => ordered && parent.links.some((link) => child.links.includes(link)),
  );
  const pool = [withALink, toTheLetter, near].find((some) => some.length > 0) ?? near;
  const earliest = pool.reduce((first, other) => (byTime(other.parent, first.parent) < 0 ? other : first));
  const level = pool.filter(
    (other) => other.ordered === earliest.ordered && overlapInTime(other.parent, earliest.parent),
  );
  const byAudience = level.length > 1 && level.every(({ parent }) => parent.audience !== null);
  const places = new Map<Scored, number>(near.map((one) => [one, 2]));
  for (const one of pool) places.set(one, 1);
  for (const one of level) places.set(one, 0);
  const keyed = scored.map((one) => {
    const place = places.get(one) ?? 3;
    return { one, place, audience: byAudience && place === 0 ? one.parent.audience! : 0 };
  });
  keyed.sort(
    (a, b) =>
      a.place - b.place ||
      (a.place === 3 ? b.one.score - a.one.score : 0) ||
      b.audience - a.audience ||
      byTime(a.one.parent, b.one.parent),
  );
  return { order: keyed.map(({ one }) => one), tied: near.length, byAudience };
}
