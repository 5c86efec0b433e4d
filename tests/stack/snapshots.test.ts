import { describe, expect, it } from "vitest";
import { snapshotName } from "../../stack/snapshots.ts";

describe("the name of a snapshot", () => {
  it("has its second, and what Elasticsearch allows", () => {
    const name = snapshotName("headwater", new Date("2026-11-26T12:34:56.789Z"));
    expect(name).toBe("headwater-2026-11-26t123456");
  });
});
