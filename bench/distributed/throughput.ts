import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import type { Role } from "../../pipelines/runner.ts";
import { recover } from "../../pipelines/runner.ts";
import { analyzeJobs, collectJob } from "../../pipelines/steps/jobs.ts";
import { count, table } from "../copies/tables.ts";
import { writeCrowd } from "../pipeline/crowd.ts";
import { apart } from "./cores.ts";
import { difference, redisBytes, type Spent, spentBy, total } from "./meters.ts";
import { bulkAlone, documentsOf, type PeerTime, queueAlone } from "./peers.ts";
import type { Installation, Stage } from "./stage.ts";

/** Crawled side by side, so that collecting is no queue of one. */
const SOURCES = 4;
/** Posts of other words, taken in before the clock starts: what is measured has worked for a while. */
const WARM_UP = { name: "warm-up", posts: 2_000, from: 10_000_000 };
/** The bar is about as many analyse workers; these others are shown beside it. */
const JUDGED = 2;
const OTHERS = [1, 4] as const;

interface Round {
  readonly workers: number;
  readonly seconds: number;
  readonly spent: Spent;
  readonly redisBytes: number;
  /** How busy the machine was, all that runs on it taken together. */
  readonly load: number;
}

export interface Throughput {
  readonly text: string;
  /** Posts a second with two workers: what half load is half of. */
  readonly rate: number;
}

/** Bulk alone and the whole pipeline, on the same cores. */
interface Compared {
  readonly round: Round;
  readonly bulk: PeerTime;
}

/** How many posts a second go from file to trace, and what doing nothing costs in the same run. */
export async function throughput(
  stage: Stage,
  texts: readonly string[],
  posts: number,
  say: (line: string) => void,
): Promise<Throughput> {
  const folder = await mkdtemp(path.join(tmpdir(), "headwater-bench-"));
  try {
    return await measured(stage, await crowds(folder, texts, posts), posts, say);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measured(
  stage: Stage,
  sources: Awaited<ReturnType<typeof crowds>>,
  posts: number,
  say: (line: string) => void,
): Promise<Throughput> {
  const jobs = sources.slice(0, SOURCES).map(({ name }) => collectJob(name));
  let number = 0;

  async function round<T>(
    workers: number,
    isApart: boolean,
    afterwards: (round: Round, installation: Installation) => Promise<T>,
  ): Promise<T> {
    const roles: readonly Role[] = ["collect", "trace", "notify", ...Array<Role>(workers).fill("analyze")];
    const installation = await stage.install(`round-${number++}`, roles, sources);
    const together = isApart ? await apart(stage, installation) : () => {};
    try {
      const timing = await timed(stage, installation, workers, jobs);
      say(`${workers} workers${isApart ? ", apart" : ""}: ${count(posts / timing.seconds)} posts/s`);
      return await afterwards(timing, installation);
    } finally {
      together();
      await installation.remove();
    }
  }

  async function withBulkAlone(timing: Round, installation: Installation): Promise<Compared> {
    const documents = await documentsOf(stage, installation);
    const bulks: PeerTime[] = [];
    for (let turn = 0; turn < 3; turn++) bulks.push(await bulkAlone(stage, installation, documents));
    const held = posts + WARM_UP.posts;
    say(`bulk alone: ${bulks.map(({ seconds }) => count(held / seconds)).join(", ")} posts/s`);
    return { round: timing, bulk: bulks.toSorted((a, b) => a.seconds - b.seconds)[1]! };
  }

  const alone = async (timing: Round) => timing;
  // The first round is not counted: Elasticsearch is slower until its code is compiled.
  await round(JUDGED, false, alone);
  const rounds: Round[] = [];
  for (const workers of OTHERS) rounds.push(await round(workers, false, alone));
  // The one that is judged comes late, when the server's code is compiled, and what it is compared with right after it.
  const judged = await round(JUDGED, false, withBulkAlone);
  rounds.push(judged.round);
  const onOwnCore = await round(JUDGED, true, withBulkAlone);
  const queue = await queueAlone(
    stage,
    analyzeJobs(Array.from({ length: posts }, (_, i) => `telegram:${i}`)),
  );
  const text = told(posts, rounds, judged, onOwnCore, queue);
  return { text, rate: posts / judged.round.seconds };
}

/** The sources that are crawled, and last what the installation is warmed up with. */
async function crowds(folder: string, texts: readonly string[], posts: number) {
  const source = (name: string) => ({ name, collector: "file", path: path.join(folder, `${name}.jsonl`) });
  const all = [...Array.from({ length: SOURCES }, (_, i) => source(`crowd-${i}`)), source(WARM_UP.name)];
  const share = Math.ceil(posts / SOURCES);
  for (const [i, { path: to }] of all.entries()) {
    const from = i < SOURCES ? i * share : WARM_UP.from;
    await writeCrowd(to, texts, from, i < SOURCES ? Math.min(posts, from + share) : from + WARM_UP.posts);
  }
  return all;
}

async function timed(
  stage: Stage,
  installation: Installation,
  workers: number,
  jobs: readonly ReturnType<typeof collectJob>[],
): Promise<Round> {
  const { parts } = installation;
  // An index that is filled from the store for the first time does so before the clock starts.
  await (await parts.keys()).generation();
  await parts.queue.push([collectJob(WARM_UP.name)]);
  await parts.queue.idle();
  const bytes = await redisBytes(stage);
  const before = await spentBy(stage, installation);
  const started = performance.now();
  await parts.queue.push(jobs);
  await parts.queue.idle();
  const seconds = (performance.now() - started) / 1000;
  const spent = difference(await spentBy(stage, installation), before);
  const dead = await parts.queue.dead();
  if (dead.length > 0) throw new Error(`${dead.length} jobs were set aside: ${dead[0]!.reason}`);
  if ((await recover(parts)) > 0) throw new Error("posts were left that nobody analysed");
  await parts.queue.idle();
  return { workers, seconds, spent, redisBytes: (await redisBytes(stage)) - bytes, load: loadavg()[0]! };
}

function told(
  posts: number,
  rounds: readonly Round[],
  { round: judged, bulk }: Compared,
  onOwnCore: Compared,
  queue: { readonly seconds: number; readonly cpuSeconds: number; readonly jobs: number },
): string {
  const perPost = (seconds: number) => ((seconds * 1000) / posts).toFixed(2);
  // What an installation holds is what it was warmed up with as well.
  const held = posts + WARM_UP.posts;
  const alone = held / bulk.seconds;
  const own = { pipeline: posts / onOwnCore.round.seconds, alone: held / onOwnCore.bulk.seconds };
  const server = { alone: bulk.elasticsearch / held, within: judged.spent.elasticsearch / posts };
  return [
    `${count(posts)} posts made from the words of real ones (a quarter are copies, some edited) in ${SOURCES} files: collected, stored, analysed, traced, ` +
      "by `headwater work` in processes of one role each (one collects, one traces, one notifies), with one Elasticsearch of 1 GB of heap and one Redis with its append-only file on the same machine. " +
      `The clock starts when ${count(WARM_UP.posts)} others have gone through.`,
    "",
    table(
      [
        "analyse workers",
        "posts/s",
        "× bulk alone",
        "processor ms a post",
        "of it workers",
        "Elasticsearch",
        "Redis",
        "Redis bytes a post",
        "load of the machine",
      ],
      rounds
        .toSorted((a, b) => a.workers - b.workers)
        .map(({ workers, seconds, spent, redisBytes: bytes, load }) => [
          String(workers),
          count(posts / seconds),
          (posts / seconds / alone).toFixed(2),
          perPost(total(spent)),
          perPost(spent.workers),
          perPost(spent.elasticsearch),
          perPost(spent.redis),
          count(bytes / posts),
          load.toFixed(0),
        ]),
    ),
    "",
    `Doing nothing else, in the same run: Elasticsearch takes the ${count(bulk.documents)} documents that ${JUDGED} workers left (${(bulk.bytes / held / 1000).toFixed(1)} kB a post, each document once, into the same mappings, two bulk requests of 5 MB under way; median of 3) ` +
      `at ${count(alone)} posts/s and ${((bulk.cpuSeconds * 1000) / held).toFixed(2)} ms of processor a post. ` +
      `The whole pipeline with ${JUDGED} workers reaches **${Math.round((100 * posts) / judged.seconds / alone)} %** of that (bar: 50 %); ` +
      `of Elasticsearch's own processor time it takes ${(server.within / server.alone).toFixed(1)} × as much a post.`,
    "",
    `The same with Elasticsearch on a core of its own and all else on the rest, as where it has its own machine: bulk alone ${count(own.alone)} posts/s, the whole pipeline ${count(own.pipeline)} posts/s, ` +
      `**${Math.round((100 * own.pipeline) / own.alone)} %** of it; a post takes ${perPost(onOwnCore.round.spent.elasticsearch)} ms on that core and ${perPost(total(onOwnCore.round.spent) - onOwnCore.round.spent.elasticsearch)} ms on the others.`,
    "",
    `BullMQ takes ${queue.seconds.toFixed(2)} s for ${queue.jobs} jobs with nothing in them, batched and chained in the same way: **${((100 * queue.seconds) / judged.seconds).toFixed(1)} %** of the run (bar: 10 %), and ${((100 * queue.cpuSeconds) / total(judged.spent)).toFixed(1)} % of its processor time.`,
  ].join("\n");
}
