import type { Confidence } from "../../contracts/link.ts";
import type { PostId } from "../../contracts/post.ts";
import { count, share, table } from "../copies/tables.ts";
import { type Simulation, simulate } from "../simulator/cascade.ts";
import { type Analysed, analyseInMemory } from "./driver.ts";

/** What was judged of the copies of a simulation. */
export interface Score {
  copies: number;
  right: number;
  /** Named another post with the very wording of the true parent: nothing could tell the two apart. */
  twin: number;
  wrong: number;
  /** Said that it cannot tell, or named no parent although the true one was collected. */
  undetermined: number;
  missed: number;
  /** True parent never collected, and it said so. */
  outside: number;
  outsideOf: number;
  falseOutside: number;
  readonly calibration: Record<Confidence, { right: number; all: number }>;
  stories: number;
  origins: number;
  hiddenStories: number;
  hiddenFound: number;
  visibleStories: number;
  visibleAsOutside: number;
  whole: number;
  chatter: number;
  chatterTied: number;
}

/** Scenarios as the report names them; each is made anew from the seed. */
const SCENARIOS = [
  { name: "every origin collected", hidden: 0, wrongClocks: 0.02 },
  { name: "30 % of origins never collected", hidden: 0.3, wrongClocks: 0.02 },
  { name: "every origin collected, 10 % of clocks wrong", hidden: 0, wrongClocks: 0.1 },
] as const;

export async function simulatedCascades(
  stories: number,
  seed: string,
  say: (line: string) => void,
): Promise<string> {
  const scores: { name: string; score: Score; posts: number }[] = [];
  for (const { name, hidden, wrongClocks } of SCENARIOS) {
    const simulation = simulate({ seed: `${seed} ${name}`, stories, hidden, wrongClocks });
    const analysed = await analyseInMemory(simulation.drafts);
    scores.push({ name, score: judge(simulation, analysed), posts: simulation.drafts.length });
    say(`simulated, ${name}: done`);
  }
  const rows = scores.map(({ name, score, posts }) => [
    name,
    count(posts),
    share(score.right + score.outside, score.copies),
    share(score.right + score.outside + score.twin, score.copies),
    share(score.wrong, score.copies),
    share(score.undetermined + score.missed, score.copies),
    score.outsideOf === 0 ? "–" : share(score.outside, score.outsideOf),
    share(score.falseOutside, score.copies - score.outsideOf),
  ]);
  const storyRows = scores.map(({ name, score }) => [
    name,
    share(score.origins, score.visibleStories),
    score.hiddenStories === 0 ? "–" : share(score.hiddenFound, score.hiddenStories),
    share(score.visibleAsOutside, score.visibleStories),
    share(score.whole, score.stories),
    share(score.chatterTied, score.chatter),
  ]);
  const calibration = scores.map(({ name, score }) => [
    name,
    ...(["high", "moderate", "low"] as const).map(
      (word) =>
        `${share(score.calibration[word].right, score.calibration[word].all)} of ${count(score.calibration[word].all)}`,
    ),
  ]);
  return [
    `${count(stories)} seeded stories a scenario, half Chinese, half English, in words of the bench's own: a state outlet or an agency with its sister pages, relays that copy it or each ` +
      "other with edits that accumulate, credits that are carried along, chatter on the same event, wrong clocks, days without hours, late arrivals. A tenth of the relays copies word for word.",
    "",
    table(
      [
        "parents",
        "posts",
        "right",
        "right or a twin of it",
        "wrong",
        "named none",
        "hidden parent called outside",
        "collected parent called outside",
      ],
      rows,
    ),
    "",
    table(
      [
        "stories",
        "origin right",
        "hidden origin called outside",
        "collected origin called outside",
        "whole in one story",
        "chatter tied in",
      ],
      storyRows,
    ),
    "",
    table(["parents named with confidence", "high: right", "moderate: right", "low: right"], calibration),
  ].join("\n");
}

export function judge({ truth, drafts }: Simulation, analysed: Analysed): Score {
  const score = newScore();
  const texts = new Map(drafts.map(({ id, text }) => [id!, text]));
  for (const [child, parent] of truth.parents) {
    score.copies++;
    const choice = analysed.traceOf.get(child)?.parents[child] ?? null;
    const named = choice?.parent ?? null;
    if (parent === null) score.outsideOf++;
    const right = parent === null ? choice?.status === "outside-collection" : named === parent;
    if (named !== null) {
      score.calibration[choice!.confidence].all++;
      if (right) score.calibration[choice!.confidence].right++;
    }
    if (right && parent === null) score.outside++;
    else if (right) score.right++;
    else if (named !== null && parent !== null && texts.get(named) === texts.get(parent)) score.twin++;
    else if (named !== null) score.wrong++;
    else if (choice?.status === "undetermined") score.undetermined++;
    else score.missed++;
    if (parent !== null && choice?.status === "outside-collection") score.falseOutside++;
  }
  judgeStories(truth, analysed, score);
  for (const id of truth.chatter) {
    score.chatter++;
    if (analysed.traceOf.has(id)) score.chatterTied++;
  }
  return score;
}

function judgeStories(truth: Simulation["truth"], { traceOf }: Analysed, score: Score): void {
  for (const { origin, members } of truth.stories) {
    if (members.length < 2) continue;
    score.stories++;
    const traces = members.map((id) => traceOf.get(id) ?? null);
    if (traces.every((trace) => trace !== null && trace === traces[0])) score.whole++;
    const main = mostCommon(traces.filter((trace) => trace !== null));
    if (origin === null) {
      score.hiddenStories++;
      if (main?.origin_status === "outside-collection") score.hiddenFound++;
    } else {
      score.visibleStories++;
      if (main?.origin === (origin as PostId)) score.origins++;
      if (main?.origin_status === "outside-collection") score.visibleAsOutside++;
    }
  }
}

function mostCommon<T>(values: readonly T[]): T | null {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

function newScore(): Score {
  const none = () => ({ right: 0, all: 0 });
  return {
    copies: 0,
    right: 0,
    twin: 0,
    wrong: 0,
    undetermined: 0,
    missed: 0,
    outside: 0,
    outsideOf: 0,
    falseOutside: 0,
    calibration: { low: none(), moderate: none(), high: none() },
    stories: 0,
    origins: 0,
    hiddenStories: 0,
    hiddenFound: 0,
    visibleStories: 0,
    visibleAsOutside: 0,
    whole: 0,
    chatter: 0,
    chatterTied: 0,
  };
}
