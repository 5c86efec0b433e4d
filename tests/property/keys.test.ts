import fc from "fast-check";
import { expect, it } from "vitest";
import { createMemoryKeys } from "../../keys/memory.ts";

// Few distinct keys and many posts, so that hubs form, grow and change their representatives.
const entries = fc
  .array(fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 }), {
    minLength: 70,
    maxLength: 140,
  })
  .map((all) =>
    all.map((keys, i) => ({
      post: `t:${i}`,
      keys: { fingerprints: Uint32Array.from(keys.sort()), names: [] },
    })),
  );

it("invariant 1: which pairs share enough depends on the posts that are there, not on their order or batches", async () => {
  await fc.assert(
    fc.asyncProperty(
      entries,
      fc.infiniteStream(fc.nat()),
      fc.integer({ min: 1, max: 50 }),
      async (all, numbers, batch) => {
        const shuffled = all
          .map((entry) => [numbers.next().value!, entry] as const)
          .sort((a, b) => a[0] - b[0])
          .map(([, entry]) => entry);
        const pairs = all.flatMap((a, i) => all.slice(i + 1).map((b) => [a.post, b.post] as const));
        const [first, second] = [createMemoryKeys(), createMemoryKeys()];
        const proposed = new Set<string>();
        for (const entry of all) await first.addAndAsk([entry]);
        for (let i = 0; i < shuffled.length; i += batch) {
          const chunk = shuffled.slice(i, i + batch);
          const { candidates } = await second.addAndAsk(chunk);
          for (const [j, others] of candidates.entries())
            for (const other of others) proposed.add([chunk[j]!.post, other].sort().join());
        }
        const shared = await second.share(pairs);
        expect(shared).toEqual(await first.share(pairs));
        // Invariant 4: every pair that shares enough in the end was proposed when the later of the two arrived.
        const missed = pairs.filter((pair, i) => shared[i] && !proposed.has([...pair].sort().join()));
        expect(missed).toEqual([]);
      },
    ),
    { numRuns: 25 },
  );
});
