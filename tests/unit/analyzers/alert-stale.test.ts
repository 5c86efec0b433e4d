import { describe, expect, it } from "vitest";
import { ruleKinds } from "../../../analyzers/alerts/index.ts";
import { healthOf } from "../../../analyzers/health/index.ts";
import { runsOf } from "../../../pipelines/alerts/facts.ts";
import { sampleRun } from "../../contracts/store.samples.ts";

describe("source-stale", () => {
  const run = (at: string, added: number, status: "done" | "failed" = "done") =>
    sampleRun(at, {
      started_at: at,
      status,
      buckets: { added, undated: 0, changed: 0, known: 0, rejected: 0 },
      problems: status === "failed" ? ["it answered 503"] : [],
    });
  const rule = ruleKinds["source-stale"]!;
  const staleAt = (
    now: string,
    runs: readonly ReturnType<typeof run>[],
    options: object = { after: "24h" },
  ) => {
    if (rule.on !== "source") throw new Error("no rule for sources");
    const at = Date.parse(now);
    const health = healthOf({ source: "feed", runs, every_ms: 3_600_000, has_token: false, now: at });
    return rule.fire(
      { source: "feed", runs: runsOf(runs)!, health, now: at },
      rule.info.options.parse(options),
    );
  };

  it("fires after so long without anything new, and says whether crawls failed", () => {
    const runs = [run("2021-09-01T00:00:00.000Z", 5), run("2021-09-01T12:00:00.000Z", 0)];
    expect(staleAt("2021-09-01T23:00:00Z", runs)).toEqual([]);
    const [quiet] = staleAt("2021-09-02T01:00:00Z", runs);
    expect(quiet!.why.map(({ say }) => say)).toEqual(["stale.source", "stale.empty"]);
    const [failed] = staleAt("2021-09-04T01:00:00Z", [...runs, run("2021-09-02T00:00:00.000Z", 0, "failed")]);
    expect(failed).toMatchObject({ size: 3 });
    expect(failed!.why[1]).toEqual({ say: "stale.failed", with: { runs: 1, problem: "it answered 503" } });
    expect(staleAt("2021-09-04T01:00:00Z", [...runs, run("2021-09-03T12:00:00.000Z", 1)])).toEqual([]);
    expect(staleAt("2021-09-03T01:00:00Z", [run("2021-09-01T00:00:00.000Z", 0)])[0]!.why[0]!.say).toBe(
      "stale.never",
    );
  });
});

describe("source-stale by the source's own rhythm", () => {
  const rule = ruleKinds["source-stale"]!;
  const HOUR = 3_600_000;
  const start = Date.parse("2026-03-01T00:00:00Z");
  const run = (hours: number, added: number, over: object = {}) =>
    sampleRun(String(hours), {
      source: "feed",
      started_at: new Date(start + hours * HOUR).toISOString(),
      ended_at: new Date(start + hours * HOUR + 1000).toISOString(),
      status: "done",
      seen: Math.max(added, 5),
      buckets: { added, undated: 0, changed: 0, known: Math.max(0, 5 - added), rejected: 0 },
      ...over,
    });
  const fired = (hours: number, runs: readonly ReturnType<typeof run>[]) => {
    if (rule.on !== "source") throw new Error("no rule for sources");
    const now = start + hours * HOUR;
    const health = healthOf({ source: "feed", runs, every_ms: HOUR, has_token: false, now });
    const facts = { source: "feed", runs: runsOf(runs)!, health, now };
    return rule.fire(facts, rule.info.options.parse({}));
  };
  const every = (step: number, until: number, added = 1) =>
    Array.from({ length: Math.floor(until / step) + 1 }, (_, i) => run(i * step, added));

  it("fires after two usual intervals of each source, and not before", () => {
    const hourly = [...every(1, 20), run(21, 0), run(22, 0)];
    expect(fired(21.9, hourly)).toEqual([]);
    expect(fired(22, hourly)[0]!.why.map(({ say }) => say)).toEqual(["stale.source", "stale.empty"]);
    // A source that brings something once a day is not stale after two hours.
    const daily = [...every(24, 240), run(250, 0), run(286, 0)];
    expect(fired(287, daily)).toEqual([]);
    expect(fired(288, daily)).toHaveLength(1);
  });

  it("tells at once that it is refused, that a token is needed, that records lack what they always had", () => {
    const refused = run(21, 0, {
      status: "failed",
      problems: ["http://feed.example answered 403 Forbidden: the site refuses us."],
    });
    expect(fired(21, [...every(1, 20), refused])[0]!.why[0]).toEqual({
      say: "stale.state",
      with: { source: "feed", state: "blocked" },
    });
    const busy = run(21, 0, { status: "failed", problems: ["http://feed.example answered 503 4 times"] });
    expect(fired(21, [...every(1, 20), busy])).toEqual([]);
  });
});
