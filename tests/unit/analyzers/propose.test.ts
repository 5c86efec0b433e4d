import { expect, it } from "vitest";
import { proposeParents } from "../../../analyzers/trace/propose.ts";

it("proposes the first carriers and the one whose edit a copy carries, however large the story", () => {
  const passage = [1, 2, 3, 4, 5, 6];
  const edit = [101, 102];
  const members = Array.from({ length: 500 }, (_, i) =>
    Uint32Array.from([...passage, ...(i === 250 || i === 400 ? edit : []), 1000 + i]),
  );
  const pairs = proposeParents(members);
  const of = (member: number) => pairs.filter(([later]) => later === member).map(([, earlier]) => earlier);
  expect(of(400)).toContain(250);
  expect(of(300)).toContain(0);
  expect(of(0)).toEqual([]);
  expect(pairs.every(([later, earlier]) => earlier < later)).toBe(true);
  expect(pairs.length).toBeLessThanOrEqual(500 * 6);
});
