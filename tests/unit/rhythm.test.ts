import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rhythmIn } from "../../collectors/rss/rhythm.ts";
import { configSchema } from "../../config/schema.ts";
import { scheduleOf, scheduleProblems } from "../../pipelines/schedules.ts";
import { outsideSkipped, pauseOf, type Rhythm, rhythmAfter } from "../../text/rhythm.ts";
import { nextRun } from "../../text/schedule.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.parse("2026-03-02T12:00:00Z");
const BOUNDS = { least_ms: 5 * MINUTE, most_ms: 6 * HOUR };
const NO_HINT = { least_ms: null, skip_hours: [], skip_days: [] };

const every = (gap: number, over: Partial<Rhythm> = {}): Rhythm => ({
  ...rhythmAfter(
    null,
    Array.from({ length: 20 }, (_, i) => NOW - i * gap),
    NO_HINT,
  ),
  ...over,
});

describe("the pause before a source is asked again", () => {
  it("is half of the usual gap between its posts, within the bounds", () => {
    expect(pauseOf(every(40 * MINUTE), BOUNDS, NOW)).toBe(20 * MINUTE);
    expect(pauseOf(every(MINUTE), BOUNDS, NOW)).toBe(5 * MINUTE);
    expect(pauseOf(every(100 * HOUR), BOUNDS, NOW)).toBe(6 * HOUR);
  });

  it("is short until the rhythm is known, and grows while nothing comes", () => {
    expect(pauseOf(null, BOUNDS, NOW)).toBe(5 * MINUTE);
    expect(pauseOf(rhythmAfter(null, [NOW, NOW - HOUR], null), BOUNDS, NOW)).toBe(5 * MINUTE);
    expect(pauseOf(every(10 * MINUTE), BOUNDS, NOW + 16 * HOUR)).toBe(2 * HOUR);
  });

  it("is never shorter than the source asks for, up to a day", () => {
    expect(pauseOf(every(MINUTE, { least_ms: HOUR }), BOUNDS, NOW)).toBe(HOUR);
    expect(pauseOf(every(MINUTE, { least_ms: 12 * HOUR }), BOUNDS, NOW)).toBe(12 * HOUR);
    expect(pauseOf(null, BOUNDS, NOW)).toBe(5 * MINUTE);
    expect(pauseOf(every(MINUTE, { least_ms: 1e12 }), BOUNDS, NOW)).toBe(24 * HOUR);
  });

  it("ends outside the hours and days in which the source publishes nothing, and always ends", () => {
    const at = Date.parse("2026-03-07T22:30:00Z");
    const rhythm = { ...every(HOUR), skip_hours: [22, 23, 0, 1], skip_days: [0] };
    expect(new Date(outsideSkipped(at, rhythm)).toISOString()).toBe("2026-03-09T02:00:00.000Z");
    fc.assert(
      fc.property(
        fc.subarray(Array.from({ length: 24 }, (_, hour) => hour)),
        fc.subarray([0, 1, 2, 3, 4, 5, 6]),
        (skip_hours, skip_days) => {
          const then = outsideSkipped(at, { ...every(HOUR), skip_hours, skip_days });
          expect(then).toBeGreaterThanOrEqual(at);
          expect(then - at).toBeLessThan(7 * 24 * HOUR);
        },
      ),
    );
  });
});

describe("every: auto", () => {
  const config = (schedule: object) =>
    configSchema.parse({
      sources: [{ name: "feed", collector: "rss", url: "http://a.example", every: "auto" }],
      schedule,
    });
  const schedule = scheduleOf(config({}).sources[0]!, config({}));

  it("crawls at once what was never crawled, then by the rhythm, within the window", () => {
    expect(nextRun(schedule, null, NOW)).toBe(NOW);
    expect(nextRun(schedule, NOW, NOW, every(40 * MINUTE))).toBe(NOW + 20 * MINUTE);
    expect(nextRun({ ...schedule, until: NOW + MINUTE }, NOW, NOW, every(HOUR))).toBeNull();
    // What was missed while nothing ran is due now.
    expect(nextRun(schedule, NOW - HOUR, NOW, every(20 * MINUTE))!).toBeLessThanOrEqual(NOW);
  });

  it("is checked: its bounds", () => {
    expect(scheduleProblems(config({}))).toEqual([]);
    expect(scheduleProblems(config({ auto: { least: "2h", most: "1h" } }))).toMatchObject([
      { path: "schedule.auto.most" },
    ]);
  });
});

describe("what a feed says of how often to ask", () => {
  const feed = (channel: string) =>
    `<rss><channel>${channel}<item><ttl>1</ttl><title>x</title></item></channel></rss>`;

  it("is its ttl, its sy:updatePeriod, or the freshness of its answer, whichever is longest", () => {
    expect(rhythmIn(feed("<ttl>60</ttl>"), {}).least_ms).toBe(HOUR);
    const sy = "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>";
    expect(rhythmIn(feed(`<ttl>60</ttl>${sy}`), {}).least_ms).toBe(6 * HOUR);
    expect(rhythmIn(feed(""), { "cache-control": "public, max-age=900", age: "300" }).least_ms).toBe(
      10 * MINUTE,
    );
    expect(rhythmIn(feed(""), { "cache-control": "no-cache, max-age=900" }).least_ms).toBeNull();
    expect(rhythmIn(feed("<ttl>soon</ttl>"), {})).toEqual(NO_HINT);
  });

  it("is the hours and days that it skips", () => {
    const skips =
      "<skipHours><hour>0</hour><hour>24</hour><hour>5</hour><hour>x</hour></skipHours><skipDays><day>Sunday</day><day>Nonday</day></skipDays>";
    expect(rhythmIn(feed(skips), {})).toEqual({ least_ms: null, skip_hours: [0, 5], skip_days: [0] });
  });
});
