import { describe, expect, it } from "vitest";
import { configSchema } from "../../../config/schema.ts";
import { checkConfig } from "../../../pipelines/check.ts";
import { lastPrune, pruneDue } from "../../../pipelines/steps/prune.ts";
import { openSqliteStore } from "../../../stores/sqlite/index.ts";

/** Asks at each time, and takes what is due as done. */
async function asked(retention: object, times: readonly string[]): Promise<readonly string[]> {
  const store = await openSqliteStore(":memory:");
  const config = configSchema.parse({ retention, schedule: { zone: "America/Toronto" } });
  const due: string[] = [];
  for (const time of times) {
    const jobs = await pruneDue({ config, store, now: () => new Date(`${time}:00Z`) });
    if (jobs.length === 0) continue;
    due.push(time);
    await store.cursors.write("prune: last", { ...(await lastPrune({ store })), state: "done" });
  }
  await store.close();
  return due;
}

const NIGHTLY = { keep_days: 100, every: "30 3 * * *" };
const WEEK = ["05-01T12:00", "05-02T07:29", "05-02T07:30", "05-02T07:31", "05-05T00:00", "05-05T00:01"].map(
  (time) => `2027-${time}`,
);

describe("pruning by the schedule", () => {
  it("is due at its ticks, from the first after it was asked for, and once after downtime", async () => {
    expect(await asked(NIGHTLY, WEEK)).toEqual(["2027-05-02T07:30", "2027-05-05T00:00"]);
    expect(await asked({ ...NIGHTLY, zone: "UTC" }, WEEK)).toEqual(["2027-05-02T07:29", "2027-05-05T00:00"]);
  });

  it("is never due unless the config says when and what", async () => {
    expect(await asked({ keep_days: 100 }, WEEK)).toEqual([]);
    expect(await asked({}, WEEK)).toEqual([]);
  });

  it("is due again while it was begun and did not end, and no more when it failed", async () => {
    const store = await openSqliteStore(":memory:");
    const config = configSchema.parse({ retention: NIGHTLY });
    const at = (time: string) => pruneDue({ config, store, now: () => new Date(`2027-05-${time}:00Z`) });
    await at("01T12:00");
    for (const time of ["02T03:30", "02T03:31", "02T14:00"]) expect(await at(time)).toHaveLength(1);
    await store.cursors.write("prune: last", { ...(await lastPrune({ store })), state: "failed" });
    expect(await at("03T03:29")).toEqual([]);
    expect(await at("03T03:30")).toHaveLength(1);
    await store.close();
  });

  it("needs an expression, a zone and days that fit", () => {
    const problems = (retention: object) =>
      checkConfig(configSchema.parse({ retention })).map(({ path, sentence }) => `${path}: ${sentence}`);
    expect(problems(NIGHTLY)).toEqual([]);
    expect(problems({ every: "30 3 * * *" })).toEqual([
      expect.stringMatching(/^retention\.every: .*`retention\.keep_days`/),
    ]);
    expect(problems({ ...NIGHTLY, every: "auto" })).toEqual([expect.stringMatching(/^retention\.every: /)]);
    expect(problems({ ...NIGHTLY, every: "nightly" })).toEqual([expect.stringContaining("no cron")]);
    expect(problems({ ...NIGHTLY, zone: "Toronto" })).toEqual([expect.stringContaining("no time zone")]);
    expect(problems({ holds: ["source:a", "((a"] })).toEqual([
      expect.stringMatching(/^retention\.holds\[1\]: /),
    ]);
  });
});
