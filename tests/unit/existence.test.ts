import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Visit } from "../../contracts/revisit.ts";
import { APART_MS, existenceOf } from "../../text/existence.ts";

const HOUR = 3_600_000;
const START = Date.parse("2026-03-01T00:00:00Z");

function visit(hours: number, found: Visit["found"], over: Partial<Visit> = {}): Visit {
  const at = new Date(START + hours * HOUR).toISOString();
  const by = found === "gone" ? "unknown" : null;
  return {
    post: "web:1",
    at,
    found,
    by,
    reason: found === "seen" ? null : `${found} at ${hours}`,
    sha256: null,
    ...over,
  };
}
const stateOf = (...visits: Visit[]) => existenceOf(visits)?.state ?? null;

describe("whether a post is still there", () => {
  it("is not known before anybody looks", () => {
    expect(existenceOf([])).toBeNull();
  });

  it("is never `deleted` on one finding, nor on several close together", () => {
    expect(stateOf(visit(0, "seen"), visit(6, "gone"))).toBe("unconfirmed");
    expect(stateOf(visit(6, "gone"), visit(6.4, "gone"), visit(6.9, "gone"))).toBe("unconfirmed");
    expect(stateOf(visit(6, "gone"), visit(7, "gone"))).toBe("deleted");
  });

  it("is not decided by what could not be reached", () => {
    expect(stateOf(visit(0, "seen"), visit(6, "unreachable"), visit(24, "unreachable"))).toBe("unreachable");
    expect(stateOf(visit(6, "gone"), visit(9, "unreachable"))).toBe("unconfirmed");
    expect(stateOf(visit(6, "gone"), visit(9, "unreachable"), visit(12, "gone"))).toBe("deleted");
  });

  it("begins anew when it is seen", () => {
    expect(stateOf(visit(6, "gone"), visit(9, "gone"), visit(12, "seen"))).toBe("present");
    expect(stateOf(visit(6, "gone"), visit(9, "seen"), visit(12, "gone"))).toBe("unconfirmed");
  });

  it("keeps who took it away and in whose words, and the bounds of when", () => {
    const said = { by: "author", reason: "deleted by its author", sha256: "ab" } as const;
    expect(existenceOf([visit(1, "seen"), visit(6, "gone", said), visit(24, "gone")])).toEqual({
      state: "deleted",
      ...said,
      seen_at: new Date(START + HOUR).toISOString(),
      since: new Date(START + 6 * HOUR).toISOString(),
      visited_at: new Date(START + 24 * HOUR).toISOString(),
      missed: 2,
    });
  });

  it("does not depend on the order in which findings come, and `deleted` always rests on two apart", () => {
    const visits = fc.array(
      fc
        .record({
          hours: fc.integer({ min: 0, max: 100 }),
          found: fc.constantFrom("seen", "gone", "unreachable"),
        })
        .map(({ hours, found }) => visit(hours / 4, found as Visit["found"])),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(
        visits.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([all, other]) => {
          expect(existenceOf(other)).toEqual(existenceOf(all));
          if (existenceOf(all)?.state !== "deleted") return;
          const times = all.filter(({ found }) => found === "gone").map(({ at }) => Date.parse(at));
          expect(Math.max(...times) - Math.min(...times)).toBeGreaterThanOrEqual(APART_MS);
        },
      ),
    );
  });
});
