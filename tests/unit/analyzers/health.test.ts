import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { healthOf } from "../../../analyzers/health/index.ts";
import { atMost } from "../../../analyzers/health/shape.ts";
import { troubleOf } from "../../../analyzers/health/trouble.ts";
import { CARRIED, type Run } from "../../../contracts/run.ts";
import { sampleRun } from "../../contracts/store.samples.ts";

const HOUR = 3_600_000;
const START = Date.parse("2026-03-01T00:00:00Z");

function run(hours: number, added: number, over: Partial<Run> = {}): Run {
  const at = (ms: number) => new Date(START + hours * HOUR + ms).toISOString();
  const seen = Math.max(added, 10);
  return sampleRun(`r${hours}`, {
    source: "feed",
    started_at: at(0),
    ended_at: at(60_000),
    status: "done",
    seen,
    buckets: { added, undated: 0, changed: 0, known: seen - added, rejected: 0 },
    ...over,
  });
}
const failed = (hours: number, problem: string) =>
  run(hours, 0, { status: "failed", seen: 0, problems: [problem] });
const carried = (records: number, less: Partial<Record<(typeof CARRIED)[number], number>> = {}) => ({
  carried: {
    ...(Object.fromEntries(CARRIED.map((field) => [field, records])) as NonNullable<Run["carried"]>),
    ...less,
  },
});
const hourly = (hours: number, added = 4, over: Partial<Run> = {}) =>
  Array.from({ length: hours }, (_, i) => run(i, added, over));
const at = (hours: number, runs: readonly Run[], has_token = false) =>
  healthOf({ source: "feed", runs, every_ms: HOUR, has_token, now: START + hours * HOUR });

describe("how a source is", () => {
  it("is not known before it is read, and well when it gives what it gives", () => {
    expect(at(0, []).state).toBe("new");
    expect(at(30, hourly(30))).toMatchObject({ state: "well", last_success: "2026-03-02T05:01:00.000Z" });
  });

  it("is weather when one run fails, and failing when two do; a refusal and a token are told at once", () => {
    const passing = "http://a.example answered 503 4 times; it can be tried again in 300 s.";
    expect(at(29.9, [...hourly(29), failed(29, passing)]).state).toBe("well");
    expect(at(31, [...hourly(29), failed(29, passing), failed(30, passing)])).toMatchObject({
      state: "failing",
      since: "2026-03-02T05:00:00.000Z",
      why: [{ say: "health.failing", with: { runs: 2, problem: passing } }],
    });
    const asked = "http://a.example answered 401: it asks for a log-in, and no log-in is passed.";
    expect(at(30, [...hourly(29), failed(29, asked)]).state).toBe("blocked");
    expect(at(30, [...hourly(29), failed(29, asked)], true).state).toBe("expired");
  });

  it("is a refusal, too, when every page is refused one by one", () => {
    const buckets = { added: 0, undated: 0, changed: 0, known: 0, rejected: 10 };
    const refused = run(29, 0, {
      buckets,
      problems: ["instead of the article the site sent a verification page"],
    });
    expect(at(30, [...hourly(29), refused]).state).toBe("blocked");
  });

  it("tells that a field which was always there is gone, and which", () => {
    const runs = hourly(29, 4, carried(10));
    expect(at(30, [...runs, run(29, 4, carried(10, { text: 9 }))]).state).toBe("well");
    expect(at(30, [...runs, run(29, 4, carried(10, { text: 0 }))])).toMatchObject({
      state: "changed-shape",
      since: "2026-03-02T05:00:00.000Z",
      why: [{ say: "health.fell", with: { field: "text", before: 100, now: 0, records: 10 } }],
    });
    // The share of what never was there for all may vary.
    const some = hourly(29, 4, carried(10, { media: 4 }));
    expect(at(30, [...some, run(29, 4, carried(10, { media: 0 }))]).state).toBe("well");
    // Few records before say nothing of what is usual.
    expect(
      at(3, [run(0, 4, carried(10)), run(1, 4, carried(10)), run(2, 4, carried(10, { text: 0 }))]).state,
    ).toBe("well");
  });

  it("is late when nobody read it, silent when it was read and gave nothing for twice its usual", () => {
    expect(at(34, hourly(30)).state).toBe("late");
    const empty = [30, 31, 32].map((hour) => run(hour, 0));
    expect(at(32.5, [...hourly(30), ...empty])).toMatchObject({
      state: "silent",
      since: "2026-03-02T05:00:00.000Z",
      usual_gap_ms: HOUR,
    });
    const [night] = [[6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]];
    const days = [0, 1, 2, 3, 4].flatMap((day) =>
      Array.from({ length: 24 }, (_, hour) => run(day * 24 + hour, night!.includes(hour) ? 3 : 0)),
    );
    // A source that sleeps from seven to six is not silent at four in the morning.
    expect(at(5 * 24 + 4, [...days, ...[0, 1, 2, 3, 4].map((hour) => run(120 + hour, 0))]).state).not.toBe(
      "late",
    );
  });

  it("gives little when a window has far less than its usual, however much one burst brought", () => {
    const steady = Array.from({ length: 40 }, (_, i) => run(i, i === 20 ? 400 : 18 + (i % 5)));
    expect(at(40, steady).state).toBe("well");
    const low = at(41, [...steady, run(40, 1)]);
    expect(low).toMatchObject({ state: "low", yield: { median: 20, latest: 1, by_hour: false } });
  });

  it("does not depend on the order of runs", () => {
    const runs = [...hourly(29, 4, carried(10)), run(29, 4, carried(10, { date: 0 })), failed(30, "503")];
    fc.assert(
      fc.property(fc.shuffledSubarray(runs, { minLength: runs.length }), (other) => {
        expect(at(31, other)).toEqual(at(31, runs));
      }),
      { numRuns: 20 },
    );
  });
});

describe("what a problem tells of", () => {
  it.each([
    ["https://t.example has changed shape: its messages have no number any more.", "changed-shape"],
    ["the access token has expired", "expired"],
    ["feed: its token is missing: the variable TOKEN is not set", "expired"],
    ["https://a.example answered 403 Forbidden: the site refuses us.", "blocked"],
    ["a verification page (环境异常) stands in place of the article", "blocked"],
    ["robots.txt of a.example forbids https://a.example/x.", "blocked"],
    ["https://a.example/feed is an HTML page, not a feed, and it names none.", "changed-shape"],
    ["https://a.example could not be reached", "failing"],
  ])("%s", (problem, trouble) => {
    expect(troubleOf(problem, false)).toBe(trouble);
  });
});

it("the tail of a binomial is a probability, and that of all trials is one", () => {
  expect(atMost(0, 3, 0.99)).toBeCloseTo(1e-6, 9);
  expect(atMost(2, 4, 0.5)).toBeCloseTo(11 / 16, 12);
  expect(atMost(10, 10, 0.3)).toBe(1);
  expect(atMost(0, 100_000, 0.9)).toBe(0);
});
