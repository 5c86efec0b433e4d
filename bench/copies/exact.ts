import type { PeerAnswer } from "../peers/protocol.ts";
import {
  DATASKETCH,
  NPM_MINHASH,
  OURS,
  OURS_NEAR,
  type Peer,
  PeerMissing,
  RENSA_16,
  RENSA_32,
  runPeer,
} from "../peers/run.ts";
import { randomFrom } from "../simulator/random.ts";
import { CHINESE, sampleTexts, TWEETS } from "./corpus.ts";
import { Groups } from "./groups.ts";
import { joinExactly } from "./join.ts";
import { containment, jaccard, type ShingleSets, shingleSets } from "./shingles.ts";
import { count, median, ratio, share, table } from "./tables.ts";

const THRESHOLD = 0.7;
const SHINGLE = 5;
/** Texts below this share no fifth of the smaller one's shingles: whatever tied them, it was not copying. */
const UNRELATED = 0.2;
/** npm minhash needs minutes for what the others do in seconds; its speed and quality are taken on so many. */
const SLOW_PEER_TEXTS = 6_000;
const ROUNDS = 3;

interface Contest {
  readonly peer: Peer;
  readonly answers: PeerAnswer[];
  missing: string | null;
}

/** Finds all pairs exactly, then lets every contender stream the same texts, in turns. */
export async function exactPairs(
  dataDir: string,
  each: number,
  say: (line: string) => void,
): Promise<string> {
  const choice = { count: each, least: 20, seed: "copies" };
  const zh = sampleTexts(dataDir, CHINESE, choice);
  const tweets = sampleTexts(dataDir, TWEETS, choice);
  const texts = randomFrom("order").shuffled([...zh, ...tweets]);
  if (texts.length === 0) return "No set of posts was found, so pairs were not measured.";
  say(`${texts.length} texts; finding every pair with Jaccard ≥ ${THRESHOLD} exactly`);
  const sets = shingleSets(
    texts.map(({ folded }) => folded),
    () => SHINGLE,
  );
  const truth = joinExactly(sets, THRESHOLD);
  say(`${truth.length} such pairs; ${ROUNDS} rounds of all contenders in turn`);
  const contests: Contest[] = [OURS, OURS_NEAR, RENSA_16, RENSA_32, DATASKETCH].map((peer) => ({
    peer,
    answers: [],
    missing: null,
  }));
  for (let round = 1; round <= ROUNDS; round++) {
    for (const contest of contests) {
      if (contest.missing !== null) continue;
      const documents = texts.map(({ text, folded }) => (contest.peer === OURS ? text : folded));
      await enter(contest, { task: "stream", documents });
      const last = contest.answers.at(-1);
      if (last !== undefined)
        say(`round ${round}, ${contest.peer.name}: ${count(texts.length / last.seconds)} posts a second`);
    }
  }
  const npm: Contest = { peer: NPM_MINHASH, answers: [], missing: null };
  const fewer = texts.slice(0, SLOW_PEER_TEXTS);
  await enter(npm, { task: "stream", documents: fewer.map(({ folded }) => folded) });
  const someTruth = truth.filter(([a]) => a < fewer.length);

  const of = (peer: Peer) => contests.find((contest) => contest.peer === peer)!;
  const base = speedOf(of(DATASKETCH), texts.length);
  const rows = contests.flatMap((contest) => rowsOf(contest, sets, truth, texts.length, base));
  rows.push(
    ...rowsOf(npm, sets, someTruth, fewer.length, base).map((row) => [
      `${row[0]}, first ${count(fewer.length)}`,
      ...row.slice(1),
    ]),
  );
  const ours = contests[0]!;
  return [
    `${count(zh.length)} Chinese posts and ${count(tweets.length)} tweets, wordings all different and at least 20 characters; ${count(truth.length)} pairs with Jaccard ≥ ${THRESHOLD} ` +
      `(${count(truth.filter(([a, b]) => jaccard(sets, a, b) >= 0.8).length)} with ≥ 0.8) over ${SHINGLE}-character shingles, found by an exact join. ` +
      "Streaming: each post asks and is added. The peers and our near twins are given the folded text; the pipeline's way of Headwater folds the raw one, aligns every candidate, and its time includes that. " +
      `Posts a second of processor time, medians of ${ROUNDS} interleaved rounds. ${versionsOf([...contests, npm])}.`,
    "",
    table(
      [
        "contender",
        "posts/s",
        "× datasketch",
        "× rensa 32",
        "recall ≥ 0.7",
        "recall ≥ 0.8",
        "of returned: ≥ 0.7",
        "of returned: unrelated",
        "MB",
      ],
      withRensa(rows, contests, texts.length),
    ),
    "",
    ...stories(ours, sets, truth, texts.length),
    ...[...contests, npm].filter(({ missing }) => missing !== null).map(({ missing }) => `${missing}.`),
  ].join("\n");
}

/** The peers' own versions; npm's stand in the lock file, PyPI's only here. */
function versionsOf(contests: readonly Contest[]): string {
  const named = contests.flatMap(({ peer, answers }) =>
    peer === OURS || peer === OURS_NEAR || answers[0] === undefined
      ? []
      : [`${peer.name.split(" ")[0]} ${answers[0].version}`],
  );
  return named.length === 0 ? "No peer could be run" : `Peers: ${[...new Set(named)].join(", ")}`;
}

async function enter(contest: Contest, task: Parameters<typeof runPeer>[1]): Promise<void> {
  try {
    contest.answers.push(await runPeer(contest.peer, task));
  } catch (error) {
    if (!(error instanceof PeerMissing)) throw error;
    contest.missing = error.message;
  }
}

function speedOf(contest: Contest, texts: number): number | null {
  return contest.answers.length === 0 ? null : texts / median(contest.answers.map(({ seconds }) => seconds));
}

function withRensa(
  rows: readonly (readonly string[])[],
  contests: readonly Contest[],
  texts: number,
): readonly (readonly string[])[] {
  const rensa = speedOf(contests.find(({ peer }) => peer === RENSA_32)!, texts);
  return rows.map(([name, speed, times, ...rest]) => [
    name!,
    speed!,
    times!,
    ratio(Number(speed!.replaceAll(" ", "")), rensa),
    ...rest,
  ]);
}

function rowsOf(
  contest: Contest,
  sets: ShingleSets,
  truth: readonly (readonly [number, number])[],
  texts: number,
  base: number | null,
): readonly string[][] {
  const speed = speedOf(contest, texts);
  const answer = contest.answers.at(-1);
  if (speed === null || answer === undefined) return [];
  const numbers = (which: (pair: number) => boolean) => {
    const returned = returnedPairs(answer, which);
    const among = (pairs: readonly (readonly [number, number])[]) =>
      share(pairs.filter(([a, b]) => returned.has(key(a, b))).length, pairs.length);
    const all = [...returned].map((pair) => [Math.floor(pair / 2 ** 26), pair % 2 ** 26] as const);
    return [
      among(truth),
      among(truth.filter(([a, b]) => jaccard(sets, a, b) >= 0.8)),
      share(all.filter(([a, b]) => jaccard(sets, a, b) >= THRESHOLD - 1e-9).length, all.length),
      share(all.filter(([a, b]) => containment(sets, a, b) < UNRELATED).length, all.length),
    ];
  };
  const speeds = [count(speed), ratio(speed, base)];
  const memory = count(answer.grown_mb);
  const { status, overlaps } = answer;
  if (status === undefined || overlaps === undefined)
    return [[contest.peer.name, ...speeds, ...numbers(() => true), memory]];
  return [
    [`${contest.peer.name}, all links`, ...speeds, ...numbers(() => true), memory],
    [`${contest.peer.name}, asserted`, ...speeds, ...numbers((i) => status[i] === 2), memory],
    [`${contest.peer.name}, copy and near-copy`, ...speeds, ...numbers((i) => overlaps[i]! >= 700), memory],
  ];
}

/** Whether the true pairs end in one story, and how often a link ties what is unrelated. */
function stories(
  contest: Contest,
  sets: ShingleSets,
  truth: readonly (readonly [number, number])[],
  texts: number,
): readonly string[] {
  const answer = contest.answers.at(-1);
  if (answer?.status === undefined) return [];
  const tied = new Groups(texts);
  const near = new Groups(texts);
  const falseLinks = [0, 0, 0];
  for (let i = 0; i < answer.status.length; i++) {
    const [a, b] = [answer.pairs[2 * i]!, answer.pairs[2 * i + 1]!];
    near.join(a, b);
    if (answer.status[i] === 2) tied.join(a, b);
    if (containment(sets, a, b) < UNRELATED) falseLinks[answer.status[i]!]!++;
  }
  const pairs = (texts * (texts - 1)) / 2 / 1e6;
  const together = (groups: Groups) =>
    share(truth.filter(([a, b]) => groups.of(a) === groups.of(b)).length, truth.length);
  const stages = Object.entries(answer.stages).map(
    ([stage, value]) => `${stage} ${stage === "candidates" ? count(value) : `${value.toFixed(2)} s`}`,
  );
  return [
    `Pairs whose posts end in one story: ${together(tied)} along asserted links, ${together(near)} along all. Links that tie unrelated texts (they share less than ${UNRELATED * 100} % ` +
      `of the smaller one's shingles), a million pairs: ${(falseLinks[2]! / pairs).toFixed(4)} asserted, ${(falseLinks[1]! / pairs).toFixed(4)} suggested. Time of the last round: ${stages.join(", ")}.`,
  ];
}

function returnedPairs(answer: PeerAnswer, which: (pair: number) => boolean): ReadonlySet<number> {
  const found = new Set<number>();
  for (let i = 0; i * 2 < answer.pairs.length; i++)
    if (which(i)) found.add(key(answer.pairs[2 * i]!, answer.pairs[2 * i + 1]!));
  return found;
}

function key(a: number, b: number): number {
  return Math.max(a, b) * 2 ** 26 + Math.min(a, b);
}
