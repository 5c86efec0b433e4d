import { describe, expect, it } from "vitest";
import { judge } from "../../bench/origins/cascades.ts";
import { analyseInMemory, rootOf } from "../../bench/origins/driver.ts";
import { textOf } from "../../bench/pipeline/crowd.ts";
import { simulate } from "../../bench/simulator/cascade.ts";
import { randomFrom } from "../../bench/simulator/random.ts";

const options = { seed: "test", stories: 12, hidden: 0, wrongClocks: 0 };

describe("the cascade simulator", () => {
  it("makes the same posts from the same seed", () => {
    expect(simulate(options)).toEqual(simulate(options));
    expect(simulate({ ...options, seed: "other" }).drafts).not.toEqual(simulate(options).drafts);
  });

  it("knows the parent of every copy, and the parent came first", () => {
    const { drafts, truth } = simulate(options);
    const at = new Map(drafts.map(({ id, published_at }) => [id!, published_at!]));
    expect(new Set(drafts.map(({ id }) => id)).size).toBe(drafts.length);
    for (const [child, parent] of truth.parents) {
      // Days without an hour are as wide as a day.
      if (at.get(child)!.length > 10) expect(at.get(parent!)! < at.get(child)!).toBe(true);
    }
    const members = truth.stories.reduce((sum, story) => sum + story.members.length, 0);
    expect(members + truth.chatter.size).toBe(drafts.length);
  });

  it("leaves hidden origins out of the posts and not out of the truth", () => {
    const { drafts, truth } = simulate({ ...options, hidden: 1 });
    expect(truth.stories.every(({ origin }) => origin === null)).toBe(true);
    const ids = new Set(drafts.map(({ id }) => id));
    for (const parent of truth.parents.values()) if (parent !== null) expect(ids.has(parent)).toBe(true);
    expect([...truth.parents.values()].filter((parent) => parent === null).length).toBeGreaterThan(12);
  });

  it("arrives out of order", () => {
    const times = simulate(options).drafts.map(({ published_at }) => published_at!);
    expect([...times].sort()).not.toEqual(times);
  });

  it("is judged post by post, each in one column", async () => {
    const simulation = simulate(options);
    const analysed = await analyseInMemory(simulation.drafts);
    const score = judge(simulation, analysed);
    const sum = score.right + score.twin + score.wrong + score.undetermined + score.missed + score.outside;
    expect(sum).toBe(score.copies);
    expect(score.copies).toBe(simulation.truth.parents.size);
    expect(score.right / score.copies).toBeGreaterThan(0.5);
    const [trace] = analysed.traces;
    const last = trace!.order.at(-1)!;
    expect(trace!.parents[rootOf(last, trace!).post]!.parent).toBeNull();
  });
});

describe("the made crowd", () => {
  it("gives a numbered post the same text in any range, and copies some", () => {
    const texts = [
      "a grain terminal stands by the river",
      "nobody sold a ticket on the ferry today",
      "the teacher counts lanterns",
    ];
    const made = Array.from({ length: 400 }, (_, i) => textOf(i, texts));
    expect(textOf(300, texts)).toBe(made[300]);
    expect(new Set(made).size).toBeLessThan(made.length);
  });
});

describe("seeded chance", () => {
  it("repeats itself and stays in bounds", () => {
    const [a, b] = [randomFrom("same"), randomFrom("same")];
    for (let i = 0; i < 100; i++) {
      const value = a.between(3, 7);
      expect(value).toBe(b.between(3, 7));
      expect(value).toBeGreaterThanOrEqual(3);
      expect(value).toBeLessThanOrEqual(7);
    }
    expect([...randomFrom("s").shuffled([1, 2, 3, 4])].sort()).toEqual([1, 2, 3, 4]);
    expect(randomFrom("w").wait(10)).toBeGreaterThanOrEqual(0);
  });
});
