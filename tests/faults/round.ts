import { setTimeout as pause } from "node:timers/promises";
import { randomFrom } from "../../bench/simulator/random.ts";
import type { Elasticsearch } from "../servers/elasticsearch.ts";
import type { RedisServer } from "../servers/redis.ts";
import { madeCorpus } from "../support/corpus.ts";
import { all, differences, findings, findingsOf, importLines, temporaryFolder } from "../support/pipeline.ts";
import type { Fault } from "./kinds.ts";
import { openWorld, type World } from "./world.ts";

export interface Verdict {
  readonly faults: ReadonlyMap<string, number>;
  readonly issued: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly invented: readonly string[];
  /** What differs from the same posts in one process without a fault. */
  readonly different: readonly string[];
  /** Jobs that were set aside and run again, whatever the reason. */
  readonly replayed: number;
  /** Whether a post that came after everything went through. */
  readonly alive: boolean;
}

/** Posts issued before each fault, so that there is work to be disturbed. */
const POSTS_A_FAULT = 5;

/**
 * Issues posts while faults are injected, lets everything come to rest, and judges: what was issued is owed, nothing else
 * is there, nothing is there twice, and it is understood as it would have been without a fault.
 */
export async function round(
  servers: { readonly redis: RedisServer; readonly elasticsearch: Elasticsearch },
  { seed, faults }: { readonly seed: string; readonly faults: readonly Fault[] },
): Promise<Verdict> {
  using alone = temporaryFolder();
  const lines = madeCorpus(seed, faults.length * POSTS_A_FAULT + 20);
  await importLines(alone.dir, lines);
  const expected = await findings(alone.dir);
  const world = await openWorld(servers, randomFrom(seed), `faults-${seed}`);
  try {
    const injected = new Map<string, number>();
    await world.issue(lines.slice(0, 20));
    for (const [i, fault] of faults.entries()) {
      await world.issue(lines.slice(20 + i * POSTS_A_FAULT, 20 + (i + 1) * POSTS_A_FAULT));
      await pause(world.random.between(0, 700));
      await fault.inject(world);
      injected.set(fault.name, (injected.get(fault.name) ?? 0) + 1);
    }
    const replayed = await world.drain();
    await world.settle();
    const issued = new Set(lines.map((line) => idOf(line)));
    const ids = (await all(world.store, "posts")).map(({ post }) => post.id);
    const found = new Set(ids);
    return {
      faults: injected,
      issued: issued.size,
      lost: [...issued].filter((id) => !found.has(id)),
      doubled: ids.filter((id, i) => ids.indexOf(id) !== i),
      invented: [...found].filter((id) => !issued.has(id)),
      different: differences(await findingsOf(world.store), expected),
      replayed,
      alive: await isAlive(world, `${seed}-after`),
    };
  } finally {
    await world.close();
  }
}

async function isAlive(world: World, seed: string): Promise<boolean> {
  const [line] = madeCorpus(seed, 1);
  await world.issue([line!]);
  await world.drain();
  const [stored] = await world.store.getPosts([idOf(line!)]);
  return stored?.findings != null;
}

function idOf(line: string): string {
  const { platform, id } = JSON.parse(line) as { platform: string; id: string };
  return `${platform}:${id}`;
}
