/** What stands in the place of a part of a record that a platform has changed, or that somebody made up. */
const DAMAGE: readonly unknown[] = [
  null,
  0,
  -1,
  1e300,
  "",
  "x",
  "\ud800",
  "http://[",
  "https://page.example/%",
  "9".repeat(400),
  "<div".repeat(50),
  true,
  [],
  {},
  [null],
  [[]],
  { a: {} },
  [{}, {}],
];

/** Deeper than this nothing is damaged: what a record holds there is handed on whole. */
const DEEPEST = 12;

/** Copies of a record, each with up to three of its parts gone or replaced; the same for the same record. */
export function damaged(record: unknown, copies: number): readonly unknown[] {
  let seed = 20_26;
  const below = (limit: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * limit);
  };
  return Array.from({ length: copies }, (_, i) => {
    const copy = structuredClone(record);
    for (let parts = 0; parts <= i % 3; parts++) damage(copy, below);
    return copy;
  });
}

function damage(record: unknown, below: (limit: number) => number): void {
  let at = record as Record<string, unknown>;
  for (let depth = 0; depth < DEEPEST; depth++) {
    const keys = typeof at === "object" && at !== null ? Object.keys(at) : [];
    const key = keys[below(keys.length)];
    if (key === undefined) return;
    const inside = at[key];
    if (typeof inside === "object" && inside !== null && below(4) > 0) {
      at = inside as Record<string, unknown>;
      continue;
    }
    if (below(7) === 0) delete at[key];
    else at[key] = structuredClone(DAMAGE[below(DAMAGE.length)]);
    return;
  }
}
