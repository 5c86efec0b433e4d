/** Of a passage's earlier carriers, so many of the first and so many of the latest are looked at. */
const FIRST = 4;
const LATEST = 4;
/** So many of those that share the most are proposed for each member. */
const PROPOSED = 6;

/**
 * For each member of a large story the earlier members most likely to be its parent: those that share its fingerprints,
 * a rare one counting more, looked for among the first and the latest carriers of each: a copy of a copy carries its
 * edits, and few others do. The key index joins a large story
 * through a few representatives chosen by hash; which of its posts copied which is found here, from all of them.
 *
 * Takes the members' fingerprints in order of time and gives pairs `[later, earlier]` of their places. Time is linear
 * in the fingerprints.
 */
export function proposeParents(fingerprints: readonly Uint32Array[]): readonly (readonly [number, number])[] {
  const carriers = new Map<number, number[]>();
  const pairs: (readonly [number, number])[] = [];
  const scores = new Float64Array(fingerprints.length);
  for (const [member, own] of fingerprints.entries()) {
    const met: number[] = [];
    const meet = (other: number, rarity: number) => {
      if (scores[other] === 0) met.push(other);
      scores[other]! += rarity;
    };
    for (const fingerprint of own) {
      const earlier = carriers.get(fingerprint);
      if (earlier === undefined) {
        carriers.set(fingerprint, [member]);
        continue;
      }
      const rarity = 1 / earlier.length;
      const latestFrom = Math.max(FIRST, earlier.length - LATEST);
      for (let i = 0; i < Math.min(FIRST, earlier.length); i++) meet(earlier[i]!, rarity);
      for (let i = latestFrom; i < earlier.length; i++) meet(earlier[i]!, rarity);
      earlier.push(member);
    }
    met.sort((a, b) => scores[b]! - scores[a]! || a - b);
    for (const other of met.slice(0, PROPOSED)) pairs.push([member, other]);
    for (const other of met) scores[other] = 0;
  }
  return pairs;
}
