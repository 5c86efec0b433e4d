import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { configSchema } from "../../config/schema.ts";
import { scheduleOf, scheduleProblems } from "../../pipelines/schedules.ts";
import {
  cronProblem,
  localInstant,
  nextRun,
  nextTick,
  runsAfter,
  type Schedule,
} from "../../text/schedule.ts";

const MINUTE = 60_000;
const at = (iso: string) => Date.parse(iso);
const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString().replace(":00.000Z", "Z"));

function schedule(over: Partial<Schedule> = {}): Schedule {
  return {
    name: "a source",
    every: "*/30 * * * *",
    auto: { least_ms: 5 * 60_000, most_ms: 6 * 3_600_000 },
    zone: "America/Toronto",
    jitter_ms: 0,
    from: null,
    until: null,
    catch_up: true,
    ...over,
  };
}

function ticks(every: string, from: string, count: number): readonly (string | null)[] {
  return runsAfter(schedule({ every }), at(from), count).map(iso);
}

describe("the next tick", () => {
  it("comes once on the day that clocks go forward, after the hour that is skipped", () => {
    expect(ticks("30 2 * * *", "2027-03-13T12:00Z", 3)).toEqual([
      "2027-03-14T07:30Z",
      "2027-03-15T06:30Z",
      "2027-03-16T06:30Z",
    ]);
  });

  it("comes once on the day that clocks go back", () => {
    expect(ticks("30 1 * * *", "2027-11-06T12:00Z", 3)).toEqual([
      "2027-11-07T05:30Z",
      "2027-11-08T06:30Z",
      "2027-11-09T06:30Z",
    ]);
  });

  it("keeps a pace of minutes through both changes", () => {
    expect(ticks("*/30 * * * *", "2027-11-07T04:40Z", 6)).toEqual([
      "2027-11-07T05:00Z",
      "2027-11-07T05:30Z",
      "2027-11-07T06:00Z",
      "2027-11-07T06:30Z",
      "2027-11-07T07:00Z",
      "2027-11-07T07:30Z",
    ]);
    expect(ticks("*/30 * * * *", "2027-03-14T06:20Z", 4)).toEqual([
      "2027-03-14T06:30Z",
      "2027-03-14T07:00Z",
      "2027-03-14T07:30Z",
      "2027-03-14T08:00Z",
    ]);
  });

  it("is always later than the time it is asked for, whatever the zone and the season", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("*/15 * * * *", "30 2 * * *", "0 */6 * * *", "5 1,2,3 * * 0"),
        fc.constantFrom("America/Toronto", "America/St_Johns", "Asia/Shanghai", "Australia/Lord_Howe", "UTC"),
        fc.integer({ min: at("2026-01-01T00:00Z"), max: at("2028-12-31T00:00Z") }),
        (every, zone, after) => {
          const tick = nextTick(every, zone, after);
          expect(tick).toBeGreaterThan(after);
          // Around a change of half an hour a tick may be passed over; it is never repeated, and never the last.
          if (zone !== "Australia/Lord_Howe") expect(nextTick(every, zone, tick! - 1)).toBe(tick);
        },
      ),
      { numRuns: 150, examples: [["5 1,2,3 * * 0", "Australia/Lord_Howe", at("2026-04-04T14:05Z")]] },
    );
  });
});

describe("the next run", () => {
  const now = at("2026-03-02T12:10Z");

  it("of a source never crawled is now", () => {
    expect(nextRun(schedule(), null, now)).toBe(now);
  });

  it("after downtime is one, however many ticks were missed", () => {
    let last: number | null = now - 3 * 24 * 60 * MINUTE;
    let clock = now;
    const runs: string[] = [];
    for (let asked = 0; asked < 90; asked++) {
      const next: number | null = nextRun(schedule(), last, clock);
      if (next !== null && next <= clock) {
        runs.push(iso(clock)!);
        last = clock;
      }
      clock += MINUTE;
    }
    expect(runs).toEqual([
      "2026-03-02T12:10Z",
      "2026-03-02T12:30Z",
      "2026-03-02T13:00Z",
      "2026-03-02T13:30Z",
    ]);
  });

  it("without catch-up waits for the next tick, and misses none while it is asked every minute", () => {
    const patient = schedule({ catch_up: false });
    expect(iso(nextRun(patient, now - 3 * 24 * 60 * MINUTE, now))).toBe("2026-03-02T12:30Z");
    expect(nextRun(patient, now, at("2026-03-02T12:30:40Z"))).toBe(at("2026-03-02T12:30Z"));
  });

  it("keeps to the window, in the source's zone, the last day whole", () => {
    const zone = "America/Toronto";
    const window = schedule({
      every: "0 */6 * * *",
      from: localInstant("2026-03-03", zone, { end: false }),
      until: localInstant("2026-03-04", zone, { end: true }),
    });
    expect(iso(nextRun(window, null, now))).toBe("2026-03-03T05:00Z");
    expect(runsAfter(window, now, 99).map(iso)).toEqual([
      "2026-03-03T05:00Z",
      "2026-03-03T11:00Z",
      "2026-03-03T17:00Z",
      "2026-03-03T23:00Z",
      "2026-03-04T05:00Z",
      "2026-03-04T11:00Z",
      "2026-03-04T17:00Z",
      "2026-03-04T23:00Z",
    ]);
    expect(nextRun(window, at("2026-03-04T23:00Z"), at("2026-03-06T00:00Z"))).toBeNull();
    expect(nextRun(window, null, at("2026-03-06T00:00Z"))).toBeNull();
    // Down over the end of the window: what was missed in it is still made up for, once.
    const later = at("2026-03-06T00:00Z");
    expect(nextRun(window, at("2026-03-04T05:00Z"), later)).toBeLessThanOrEqual(later);
    expect(nextRun(window, later, later)).toBeNull();
  });

  it("has a jitter of its own for each source, always the same", () => {
    const jitter_ms = 10 * MINUTE;
    const names = Array.from({ length: 50 }, (_, i) => `source ${i}`);
    const runs = names.map((name) => nextRun(schedule({ name, jitter_ms }), now, now)!);
    const tick = at("2026-03-02T12:30Z");
    expect(runs.every((run) => run >= tick && run <= tick + jitter_ms)).toBe(true);
    expect(new Set(runs).size).toBeGreaterThan(40);
    expect(names.map((name) => nextRun(schedule({ name, jitter_ms }), now, now))).toEqual(runs);
  });

  it("is not put off by a last crawl in the future, which a wrong clock left", () => {
    expect(iso(nextRun(schedule(), at("2036-01-01T00:00Z"), now))).toBe("2026-03-02T12:30Z");
  });
});

describe("schedules in the config", () => {
  const config = configSchema.parse({
    schedule: {
      every: "0 * * * *",
      jitter: "1m",
      groups: [
        {
          name: "by-election",
          every: "*/5 * * * *",
          zone: "America/Toronto",
          from: "2026-03-01",
          to: "2026-03-20",
        },
      ],
    },
    sources: [
      { name: "plain", collector: "rss", url: "https://a.example/feed" },
      { name: "grouped", collector: "rss", url: "https://a.example/feed", group: "by-election" },
      {
        name: "own",
        collector: "rss",
        url: "https://a.example/feed",
        group: "by-election",
        every: "7 7 * * *",
        schedule: { jitter: "0s", to: "2026-03-10T18:00", catch_up: false },
      },
    ],
  });

  it("go from the source over its group to all", () => {
    const [plain, grouped, own] = config.sources.map((source) => scheduleOf(source, config));
    expect(plain).toMatchObject({
      every: "0 * * * *",
      zone: "UTC",
      jitter_ms: MINUTE,
      from: null,
      catch_up: true,
    });
    expect(grouped).toMatchObject({
      every: "*/5 * * * *",
      zone: "America/Toronto",
      from: at("2026-03-01T05:00Z"),
    });
    expect(iso(grouped!.until)).toBe("2026-03-21T04:00Z");
    expect(own).toMatchObject({
      every: "7 7 * * *",
      jitter_ms: 0,
      until: at("2026-03-10T22:00Z"),
      catch_up: false,
    });
  });

  it("are checked: expressions, zones, windows, groups, jitter", () => {
    expect(scheduleProblems(config)).toEqual([]);
    const wrong = configSchema.parse({
      schedule: {
        groups: [
          { name: "g", zone: "Toronto" },
          { name: "g", from: "2026-03-02", to: "2026-03-01" },
        ],
      },
      sources: [{ name: "a", collector: "rss", every: "* * *", group: "h" }],
    });
    expect(scheduleProblems(wrong).map(({ path }) => path)).toEqual([
      "schedule.groups[0].zone",
      "schedule.groups[1].to",
      "schedule.groups[1].name",
      "sources[0].every",
      "sources[0].group",
    ]);
    const slow = configSchema.parse({
      schedule: { jitter: "15m" },
      sources: [{ name: "a", collector: "rss" }],
    });
    expect(scheduleProblems(slow)[0]!.sentence).toContain("not shorter than the 900 s between two ticks");
  });

  it.each([
    ["*/15 * * * *", null],
    ["@daily", null],
    ["0 30 7 * * 1-5", null],
    ["61 * * * *", "range 0-59"],
    ["whenever", "1 fields"],
  ])("reads %s", (written, problem) => {
    if (problem === null) expect(cronProblem(written)).toBeNull();
    else expect(cronProblem(written)).toContain(problem);
  });
});
