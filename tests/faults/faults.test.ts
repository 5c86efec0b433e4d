import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Random, randomFrom } from "../../bench/simulator/random.ts";
import { type Elasticsearch, startElasticsearch } from "../servers/elasticsearch.ts";
import { type RedisServer, startRedis } from "../servers/redis.ts";
import { FAULTS, type Fault } from "./kinds.ts";
import { keepResults } from "./results.ts";
import { round, type Verdict } from "./round.ts";

/** Faults of a round: enough to meet each other, few enough that a failure can be read. */
const A_ROUND = 25;
/** CI injects some; `FAULTS=500 npm run test:faults` as many as it says. */
const WANTED = Number(process.env.FAULTS ?? 25);
const SEED = process.env.FAULTS_SEED ?? "headwater";
/** A fault takes seconds, and a round ends only when everything has come to rest. */
const PATIENCE_MS = 1_200_000;

/** So many injected come of each kind at least one, however rare it is. */
const EACH_AT_LEAST_ONCE = 100;

/** All faults of a run in their order, as many of each as its weight says; of the given names only when there are some. */
function planned(random: Random): readonly Fault[] {
  const only = process.env.FAULTS_ONLY;
  const among = FAULTS.filter(({ name }) => only === undefined || name.includes(only));
  const all = among.reduce((sum, { weight }) => sum + weight, 0);
  const least = WANTED < EACH_AT_LEAST_ONCE ? 0 : 1;
  const due = among.flatMap((fault) => {
    const times = Math.max(least, Math.floor((fault.weight / all) * WANTED));
    return Array<Fault>(times).fill(fault);
  });
  while (due.length < WANTED) {
    let left = random.next() * all;
    const drawn = among.find(({ weight }) => {
      left -= weight;
      return left < 0;
    });
    due.push(drawn ?? among[0]!);
  }
  return random.shuffled(due);
}

describe("posts under faults", () => {
  let redis: RedisServer;
  let elasticsearch: Elasticsearch;
  const verdicts: Verdict[] = [];
  beforeAll(async () => {
    redis = await startRedis();
    elasticsearch = await startElasticsearch();
  }, PATIENCE_MS);
  afterAll(async () => {
    await redis.stop();
    await elasticsearch.stop();
  });

  const plan = planned(randomFrom(`${SEED} faults`));
  const rounds = Math.ceil(WANTED / A_ROUND);
  for (let i = 0; i < rounds; i++) {
    const faults = plan.slice(i * A_ROUND, Math.min(WANTED, (i + 1) * A_ROUND));
    it(
      `round ${i + 1} of ${rounds}: after ${faults.length} faults nothing is lost, doubled or understood otherwise`,
      async () => {
        const seed = `${SEED}-${i}`;
        const verdict = await round({ redis, elasticsearch }, { seed, faults });
        verdicts.push(verdict);
        keepResults(verdicts, SEED);
        const { lost, doubled, invented, different, alive } = verdict;
        expect({ lost, doubled, invented, different, alive }).toEqual({
          lost: [],
          doubled: [],
          invented: [],
          different: [],
          alive: true,
        });
      },
      PATIENCE_MS,
    );
  }
});
