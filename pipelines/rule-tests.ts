import { healthOf } from "../analyzers/health/index.ts";
import type { RuleConfig } from "../config/alerts.ts";
import type { Config } from "../config/schema.ts";
import type { Post } from "../contracts/post.ts";
import type { Visit } from "../contracts/revisit.ts";
import type { Run } from "../contracts/run.ts";
import { openSqliteStore } from "../stores/sqlite/index.ts";
import { runsOf } from "./alerts/facts.ts";
import { rulesOf } from "./alerts/parts.ts";
import { assemble } from "./assembly.ts";
import { EXAMPLES_COLLECTED_AT, examplePost } from "./examples.ts";
import { Judge } from "./judge/judge.ts";
import { analyzeStep } from "./steps/analyze.ts";
import { analyzeJobs } from "./steps/jobs.ts";
import { traceWaiting } from "./steps/trace.ts";

type TestConfig = RuleConfig["tests"][number];

/** One test of a rule, and whether it did what it says. */
export interface RuleTest {
  readonly rule: string;
  readonly test: string;
  readonly passed: boolean;
  /** What went otherwise, or could not be read; null when it passed. */
  readonly problem: string | null;
}

/** Runs the tests of the named rules, or of all, each in a store of its own through the steps that posts go through. */
export async function testRules(config: Config, names: readonly string[]): Promise<readonly RuleTest[]> {
  const results: RuleTest[] = [];
  for (const rule of config.alerts.rules) {
    if (names.length > 0 && !names.includes(rule.name)) continue;
    for (const test of rule.tests) {
      const fired = await firedBy(config, rule, test);
      const problem =
        typeof fired === "string"
          ? fired
          : (fired === 0) === test.fires
            ? test.fires
              ? "it raises no alert"
              : `it raises ${fired === 1 ? "an alert" : `${fired} alerts`}`
            : null;
      results.push({ rule: rule.name, test: test.name, passed: problem === null, problem });
    }
  }
  return results;
}

/** How many alerts the rule raises, or why that cannot be told. */
async function firedBy(config: Config, rule: RuleConfig, test: TestConfig): Promise<number | string> {
  const only = { ...rule, enabled: true, channels: [] };
  const [made] = rulesOf({ ...config.alerts, rules: [only] });
  if (made!.of.on === "source") return firedByRuns(made!, test);
  if (made!.of.on === "watch" && test.days.length > 0) return firedByDays(made!, test);
  if (test.posts.length === 0) return "it has no posts";
  return firedByPosts({ ...config, alerts: { ...config.alerts, rules: [only], channels: [] } }, test);
}

type Made = ReturnType<typeof rulesOf>[number];

function firedByRuns({ of, options }: Made, test: TestConfig): number | string {
  if (of.on !== "source") return 0;
  if (test.runs.length === 0) return "it has no runs";
  const now = Date.parse(EXAMPLES_COLLECTED_AT);
  const runs = test.runs.map((run, i) => runOf(run, i, now));
  const health = healthOf({ source: "example", runs, every_ms: null, has_token: false, now });
  return of.fire({ source: "example", runs: runsOf(runs)!, health, now }, options).length;
}

function runOf({ hours_ago, added, failed }: TestConfig["runs"][number], i: number, now: number): Run {
  const at = new Date(now - hours_ago * 3_600_000).toISOString();
  return {
    run: String(i),
    source: "example",
    collector: "example",
    started_at: at,
    ended_at: at,
    status: failed ? "failed" : "done",
    seen: added,
    buckets: { added, undated: 0, changed: 0, known: 0, rejected: 0 },
    unknown_fields: {},
    problems: failed ? ["example: it failed"] : [],
  };
}

function firedByDays({ of, options }: Made, { days }: TestConfig): number {
  if (of.on !== "watch") return 0;
  const today = Date.parse("2100-01-01");
  const dayOf = (back: number) => new Date(today - back * 86_400_000).toISOString().slice(0, 10);
  const counted = days.map((count, i) => [dayOf(days.length - 1 - i), count] as const);
  const by_day = new Map(counted.filter(([, count]) => count > 0));
  const [watch = "example"] = of.watches(options).names;
  const facts = { watch, title: watch, category: "other", day: dayOf(0), posts: [], by_day };
  return of.fire(facts, options).length;
}

function visitsOf({ visits }: TestConfig, posts: readonly Post[]): readonly Visit[] {
  const collected = Date.parse(EXAMPLES_COLLECTED_AT);
  return visits.map(({ post, hours, found, by }) => ({
    post: posts[post - 1]!.id,
    at: new Date(collected + hours * 3_600_000).toISOString(),
    found,
    by: found === "gone" ? by : null,
    reason: found === "seen" ? null : found,
    sha256: null,
  }));
}

const quiet = { info: () => {}, warn: () => {}, error: () => {}, progress: () => {} };

async function firedByPosts(config: Config, test: TestConfig): Promise<number | string> {
  const posts: Post[] = [];
  for (const [i, written] of test.posts.entries()) {
    const read = examplePost(written, config, `example-${i + 1}`);
    if ("rejected" in read) return `posts[${i}] is no post: ${read.rejected}`;
    posts.push(read.post);
  }
  const unknown = test.visits.find(({ post }) => post > posts.length);
  if (unknown !== undefined) return `a visit is of post ${unknown.post}, and it has ${posts.length}`;
  const store = await openSqliteStore(":memory:");
  const now = () => new Date(EXAMPLES_COLLECTED_AT);
  const parts = await assemble(config, { log: quiet, sources: [], now, store });
  try {
    await store.savePosts(posts);
    const judge = new Judge(parts);
    for (const job of analyzeJobs(posts)) await analyzeStep(parts, judge)(job);
    while (await traceWaiting(parts));
    await store.saveVisits(visitsOf(test, posts));
    while (await traceWaiting(parts));
    return await store.count("alerts", { kind: "text", field: "holds", value: "true", prefix: false });
  } finally {
    await parts.close();
  }
}
