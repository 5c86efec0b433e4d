import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Role } from "../../pipelines/runner.ts";
import { writeCrowd } from "../pipeline/crowd.ts";
import type { FeederArgument } from "./feeder.ts";
import { copyId } from "./probes.ts";
import type { Installation, Stage } from "./stage.ts";

export interface Flow {
  readonly installation: Installation;
  readonly feeder: ChildProcess;
  /** Resolves when everything was brought. */
  readonly brought: Promise<void>;
}

/** Two analyse, as the bars have it. */
export const ROLES: readonly Role[] = ["schedule", "collect", "analyze", "analyze", "trace", "notify"];

/** So many posts a second, for so long. */
export interface Pace {
  readonly rate: number;
  readonly seconds: number;
}

/** An installation into which posts flow. */
export async function startFlow(
  stage: Stage,
  name: string,
  texts: readonly string[],
  pace: Pace,
): Promise<Flow> {
  return flowInto(await stage.install(name, ROLES), texts, pace);
}

export async function flowInto(
  installation: Installation,
  texts: readonly string[],
  { rate, seconds }: Pace,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Flow> {
  const file = path.join(installation.dir, "feed.jsonl");
  const crowd = path.join(installation.dir, "crowd.jsonl");
  await writeCrowd(crowd, texts, 0, Math.ceil(rate * (seconds + 2)));
  const argument: FeederArgument = {
    ...{ config: installation.config, file, crowd },
    ...{ posts_a_second: rate, seconds },
  };
  const feeder = spawn(
    process.execPath,
    [path.join(import.meta.dirname, "feeder.ts"), JSON.stringify(argument)],
    { env, stdio: ["ignore", "ignore", "inherit"] },
  );
  const brought = once(feeder, "exit").then(([code]) => {
    if (code !== 0) throw new Error(`the feeder ended with ${code}`);
  });
  return { installation, feeder, brought };
}

/** What happened to the probes, milliseconds after each was collected. */
export interface Latencies {
  readonly searchable: number[];
  readonly explained: number[];
  readonly raised: number[];
  /** Sent to a channel, by what was sent first; a channel's guard against floods puts the rest into a digest. */
  readonly told: number[];
  /** Of how many. */
  readonly probes: number;
}

/** How often it is looked whether a search finds a probe. */
const LOOK_MS = 100;

/** Looks for the probes until `over`, as somebody in Kibana would who pressed the button ten times a second. */
export async function watchProbes(
  stage: Stage,
  { installation }: Flow,
  over: Promise<unknown>,
): Promise<Latencies> {
  const { parts, options } = installation;
  const seen = new Map<string, { searchable: number; explained: number | null }>();
  let looking = true;
  void over.then(() => {
    looking = false;
  });
  let next = 0;
  for (let last = false; ; ) {
    // The next few that have not been explained; earlier ones first.
    const open: string[] = [];
    for (let batch = next; open.length < 60; batch++) {
      if (seen.get(copyId(batch))?.explained == null) open.push(copyId(batch));
    }
    while (seen.get(copyId(next))?.explained != null) next++;
    const answer = await stage.elasticsearch.ask((client) =>
      client.search<{ id: string; story?: string }>({
        index: `${options.prefix}-posts`,
        query: { terms: { id: open } },
        size: open.length,
        _source: ["id", "story"],
      }),
    );
    const now = Date.now();
    for (const { _source } of answer.hits.hits) {
      const { id, story } = _source!;
      const known = seen.get(id);
      const explained = story == null ? null : now;
      if (known === undefined) seen.set(id, { searchable: now, explained });
      else if (known.explained === null) known.explained = explained;
    }
    if (last) break;
    if (!looking) {
      // What was brought last is given its time.
      await parts.queue.idle();
      await pause(3_000);
      last = true;
    } else await pause(LOOK_MS);
  }
  const collected = new Map<string, number>();
  for (const { post } of await parts.store.getPosts([...seen.keys()]))
    collected.set(post.id, Date.parse(post.collected_at));
  const of = (id: string, at: number) => at - collected.get(id)!;
  return {
    searchable: [...seen].map(([id, { searchable }]) => of(id, searchable)),
    explained: [...seen].flatMap(([id, { explained }]) => (explained === null ? [] : [of(id, explained)])),
    ...(await alertsAfter(installation, collected)),
    probes: seen.size,
  };
}

async function alertsAfter(
  { parts: { store } }: Installation,
  collected: ReadonlyMap<string, number>,
): Promise<Pick<Latencies, "raised" | "told">> {
  const sent = new Map<string, number>();
  for await (const { alert, sent_at } of store.find("deliveries", { kind: "all" })) {
    if (sent_at !== null) sent.set(alert, Math.min(sent.get(alert) ?? Infinity, Date.parse(sent_at)));
  }
  const [raised, told]: [number[], number[]] = [[], []];
  for await (const { id, items, raised_at } of store.find("alerts", { kind: "all" })) {
    const copy = items.find((item) => collected.has(item));
    if (copy === undefined) continue;
    raised.push(Date.parse(raised_at) - collected.get(copy)!);
    const at = sent.get(id);
    if (at !== undefined) told.push(at - collected.get(copy)!);
  }
  return { raised, told };
}
