import { describe, expect, it } from "vitest";
import { tail, usual } from "../../../analyzers/alerts/usual.ts";

/** Days from the first of September 2021 on, with these counts. */
function series(...counts: number[]): ReadonlyMap<string, number> {
  return new Map(
    counts.flatMap((count, i) =>
      count === 0 ? [] : [[`2021-09-${String(i + 1).padStart(2, "0")}`, count] as const],
    ),
  );
}

describe("what is usual", () => {
  it("is not known before a week has passed since the first day, which is no part of it", () => {
    expect(usual(series(9, 1, 1, 1, 1, 1, 1, 50), "2021-09-08", 28)).toEqual({
      insufficient: "insufficient data: 6 earlier days, 7 needed",
      days: 6,
      count: 50,
    });
    expect(usual(series(9, 1, 1, 1, 1, 1, 1, 1, 50), "2021-09-09", 28)).toMatchObject({
      days: 7,
      mean: 1,
      first: "2021-09-02",
      last: "2021-09-08",
    });
    expect(usual(new Map(), "2021-09-09", 28)).toMatchObject({ days: 0, count: 0 });
  });

  it("counts days without posts as zero, and looks back no further than told", () => {
    expect(usual(series(1, 0, 0, 0, 0, 7, 0, 0, 3), "2021-09-09", 28)).toMatchObject({ days: 7, mean: 1 });
    expect(usual(series(1, 99, 1, 1, 1, 1, 1, 1, 1, 1, 1), "2021-09-11", 7)).toMatchObject({
      days: 7,
      mean: 1,
    });
  });

  it("needs more to stand out the more the days differ among themselves", () => {
    const even = usual(series(1, 4, 4, 4, 4, 4, 4, 4, 12), "2021-09-09", 28);
    const uneven = usual(series(1, 0, 10, 0, 9, 0, 8, 1, 12), "2021-09-09", 28);
    expect(even).toMatchObject({ mean: 4, p: expect.any(Number) });
    expect((even as { p: number }).p).toBeLessThan(0.01);
    expect((uneven as { p: number }).p).toBeGreaterThan(0.02);
  });

  it("is the exact posterior predictive of a Poisson rate when the days are even", () => {
    // Seven days of 4: the rate is Gamma(28.5, 7), the next count negative binomial with size 28.5 and p 7/8.
    const by = (k: number): number => {
      let p = (7 / 8) ** 28.5;
      for (let i = 0; i < k; i++) p *= ((28.5 + i) / (i + 1)) * (1 / 8);
      return p;
    };
    const below = Array.from({ length: 12 }, (_, k) => by(k)).reduce((sum, p) => sum + p, 0);
    const mean = 28.5 / 7;
    expect(tail(12, mean, mean * (8 / 7))).toBeCloseTo(1 - below, 12);
  });

  it("stays a probability for large and small numbers", () => {
    expect(tail(0, 3, 4)).toBe(1);
    expect(tail(100_000, 100_000, 100_100)).toBeGreaterThan(0.45);
    expect(tail(100_000, 100_000, 100_100)).toBeLessThan(0.55);
    expect(tail(5_000, 10, 11)).toBe(0);
    expect(tail(30, 1, 8)).toBeGreaterThan(0);
  });

  it("raises a false alarm no more often than p says", () => {
    // Poisson days of rate 3, from a fixed generator: of 4,000 days, about 4 in 1,000 would be told at p = 0.004 or less.
    let state = 12345;
    const random = () => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return state / 2147483648;
    };
    const poisson = (rate: number) => {
      let [k, product] = [0, random()];
      for (const limit = Math.exp(-rate); product > limit; k++) product *= random();
      return k;
    };
    let told = 0;
    const tried = 4_000;
    for (let i = 0; i < tried; i++) {
      const found = usual(series(1, ...Array.from({ length: 28 }, () => poisson(3))), "2021-09-29", 28);
      if ("p" in found && found.p <= 0.01) told++;
    }
    expect(told / tried).toBeLessThan(0.012);
    expect(told).toBeGreaterThan(0);
  });
});
