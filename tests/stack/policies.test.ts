import { describe, expect, it } from "vitest";
import { lifecyclePolicy, snapshotPolicy } from "../../stack/lifecycle.ts";
import { API_KEYS } from "../../stack/privileges.ts";

describe("what the set-up asks Elasticsearch for", () => {
  it("keeps every month unless told otherwise, and snapshots for so many days", () => {
    const phases = (posts_days: number | null) =>
      lifecyclePolicy({ posts_days, snapshots_days: 14 }).policy.phases;
    expect(Object.keys(phases(null))).toEqual(["hot", "warm"]);
    expect(phases(730)).toMatchObject({ delete: { min_age: "730d" } });
    expect(snapshotPolicy({ posts_days: null, snapshots_days: 14 }).retention.expire_after).toBe("14d");
  });

  it("gives no key more than it needs", () => {
    const privileges = (name: keyof typeof API_KEYS) =>
      API_KEYS[name].indices.flatMap(({ privileges: all }): readonly string[] => all);
    expect(privileges("reader")).toEqual(["read", "view_index_metadata"]);
    expect(privileges("writer")).not.toContain("all");
    expect(privileges("writer")).not.toContain("delete_index");
    for (const { indices } of Object.values(API_KEYS)) {
      expect(indices.flatMap(({ names }) => names)).toEqual(["headwater-*"]);
    }
  });
});
